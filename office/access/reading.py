"""Readings that leave a trace in the access log: those that take a right, permitted or not, and
what goes out as a file."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time

from domain.case.reading import CasePart, may_read
from domain.errors import Code, Unreachable, YishenError
from domain.values import OFFICE_ZONE
from office.access.attempts import outcome
from office.access.door import at_command_line
from office.legal_time import legal_now
from office.people.names import with_names
from register.engine import Register
from register.reads import queries
from register.reads.visible import facts_of, viewer_of
from register.writes.access import Attempt, log_access, read_since


def permit(
    register: Register, user: str, what: CasePart, case: str, detail: str | None = None
) -> None:
    """Let `user` read `what` of a case, and write it down; `detail`: which of it.

    Raises Refusal (unknown_user, case_not_visible, not_your_role, not_your_case) and
    InputError(unknown_case), both on record; Unreachable(register_not_writable): nothing is read
    that can't be written down.
    """
    attempt = Attempt(user, what, "ok", case_id=case, detail=detail, asked_by=at_command_line())
    try:
        with register.reading() as session:
            known = queries.case(session, case).line.id
            who, facts = viewer_of(session, user), facts_of(session, [known])
        may_read(what, who, known, facts[known])
    except YishenError as error:
        log_access(register, replace(attempt, outcome=outcome(error), code=error.code))
        with register.reading() as session:
            with_names(session, error)
        raise
    if not log_access(register, attempt):
        raise Unreachable(Code.REGISTER_NOT_WRITABLE, register=register.name, detail=what)


def went_out(
    register: Register, user: str, what: str, case: str, detail: str | None = None
) -> None:
    """Write down that a file about the case was handed out, where that can be written."""
    asked_by = at_command_line()
    log_access(register, Attempt(user, what, "ok", case_id=case, detail=detail, asked_by=asked_by))


def all_went_out(register: Register, user: str, what: str, cases: Iterable[str]) -> None:
    """The same for one file about many cases, once a day for each: calendars are fetched by the
    hour."""
    morning = datetime.combine(legal_now().date(), time(0), OFFICE_ZONE)
    with register.reading() as session:
        new = sorted({*cases} - read_since(session, user, what, morning))
    asked_by = at_command_line()
    if new:
        read = (Attempt(user, what, "ok", case_id=case, asked_by=asked_by) for case in new)
        log_access(register, *read)
