"""Readings by role, of which those that take a right of their own, and what goes out as a file,
leave a trace in the access log: what must be written down isn't shown where it can't be."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time

from sqlalchemy.orm import Session

from domain.case.people import AskedBy
from domain.case.reading import CasePart, Sight, Viewer, may_read, sight
from domain.errors import Code, InputError, Unreachable, YishenError
from domain.values import OFFICE_ZONE
from office.access.attempts import outcome
from office.access.command_line import at_command_line
from office.legal_time import legal_now
from office.people.names import with_names
from register.engine import Register
from register.reads import queries
from register.reads.visible import facts_of, viewer_of
from register.writes.access import Attempt, log_access, on_record, read_since


def sight_in(session: Session, who: Viewer, what: CasePart, case: str) -> Sight:
    """All that the person may read of the case of that id, where `what` is among it; whoever asks
    puts a refusal on record (`refused`).

    Refusal(case_not_visible, not_your_role, not_your_case), InputError(unknown_case).
    """
    facts = facts_of(session, [case]).get(case)
    if facts is None:
        raise InputError(Code.UNKNOWN_CASE, case=case)
    may_read(what, who, case, facts)
    return sight(who, facts)


def refused(
    register: Register,
    user: str,
    what: CasePart,
    case: str,
    error: YishenError,
    asked_by: AskedBy | None = None,
) -> None:
    """Write down that `user` was not let read `what` of a case; `error` names people from then
    on."""
    attempt = Attempt(user, what, "ok", case, asked_by=asked_by or at_command_line())
    _refused(register, attempt, error)


def allow(
    register: Register, user: str, what: CasePart, case: str, asked_by: AskedBy | None = None
) -> Sight:
    """All that `user` may read of a case, where `what` is among it.

    Raises Refusal (unknown_user, case_not_visible, not_your_role, not_your_case) and
    InputError(unknown_case), both on record.
    """
    return _allowed(
        register, Attempt(user, what, "ok", case, asked_by=asked_by or at_command_line())
    )


def permit(
    register: Register,
    user: str,
    what: CasePart,
    case: str,
    detail: str | None = None,
    asked_by: AskedBy | None = None,
    *,
    once: bool = False,
) -> None:
    """The same, and write down that it was read; `detail`: which of it; `once`: unless it stands
    there already for the same way in, which at the desk is a session.

    Raises what `allow` does; Unreachable(register_not_writable): nothing is read that can't be
    written down.
    """
    attempt = Attempt(user, what, "ok", case, detail=detail, asked_by=asked_by or at_command_line())
    _allowed(register, attempt)
    if once:
        with register.reading() as session:
            if on_record(session, attempt):
                return
    _written(register, attempt)


def went_out(
    register: Register,
    user: str,
    what: str,
    case: str | None,
    detail: str | None = None,
    asked_by: AskedBy | None = None,
) -> None:
    """Write down that a file about the case (None: about all of them) is handed out.
    Unreachable(register_not_writable): then it isn't."""
    asked_by = asked_by or at_command_line()
    _written(register, Attempt(user, what, "ok", case, detail=detail, asked_by=asked_by))


def all_went_out(
    register: Register,
    user: str,
    what: str,
    cases: Iterable[str],
    asked_by: AskedBy | None = None,
) -> None:
    """The same for one file about many cases, once a day for each: calendars are fetched by the
    hour."""
    morning = datetime.combine(legal_now().date(), time(0), OFFICE_ZONE)
    with register.reading() as session:
        new = sorted({*cases} - read_since(session, user, what, morning))
    asked_by = asked_by or at_command_line()
    if new:
        _written(register, *(Attempt(user, what, "ok", case, asked_by=asked_by) for case in new))


def _allowed(register: Register, attempt: Attempt) -> Sight:
    """What the person may read; a refusal is in the log, and names people."""
    what, case = CasePart(attempt.command), str(attempt.case_id)
    try:
        with register.reading() as session:
            known = queries.case(session, case).line.id
            return sight_in(session, viewer_of(session, attempt.person), what, known)
    except YishenError as error:
        _refused(register, attempt, error)
        raise


def _refused(register: Register, attempt: Attempt, error: YishenError) -> None:
    log_access(register, replace(attempt, outcome=outcome(error), code=error.code))
    with register.reading() as session:
        with_names(session, error)


def _written(register: Register, *attempts: Attempt) -> None:
    if not log_access(register, *attempts):
        what = attempts[0].command
        raise Unreachable(Code.REGISTER_NOT_WRITABLE, register=register.name, detail=what)
