"""Readings that take a right and leave a trace: each is in the access log, permitted or not."""

from dataclasses import replace

from domain.case.reading import may_read
from domain.errors import Code, Unreachable, YishenError
from office.attempts import outcome
from office.names import with_names
from register.engine import Register
from register.reads import queries
from register.writes.access import Attempt, log_access


def permit(register: Register, user: str, what: str, case: str, detail: str | None = None) -> None:
    """Let `user` read `what` of a case, and write it down; `detail`: which part of it.

    Raises Refusal (unknown_user, not_your_role, not_your_case) and InputError(unknown_case), both
    on record; Unreachable(register_not_writable): nothing is read that can't be written down.
    """
    attempt = Attempt(person=user, command=what, outcome="ok", case_id=case, detail=detail)
    try:
        with register.reading() as session:
            line = queries.case(session, case).line
            actor = queries.actor(session, user)
        may_read(what, actor, line.organ, line.department, line.handler)
    except YishenError as error:
        log_access(register, replace(attempt, outcome=outcome(error), code=error.code))
        with register.reading() as session:
            with_names(session, error)
        raise
    if not log_access(register, attempt):
        raise Unreachable(Code.REGISTER_NOT_WRITABLE, register=register.name, detail=what)
