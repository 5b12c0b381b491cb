"""A list of cases to be forgotten: proposed, and signed by two people."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from domain.case.forgetting import PROPOSERS, SIDES, role_in, signing_role
from domain.case.people import Actor
from domain.errors import Code, InputError, Refusal, YishenError
from office.access.attempts import outcome
from office.access.command_line import at_command_line
from office.forgetting.due import DueState, retention_lines
from office.legal_time import legal_now
from office.people.names import acting_id, with_names
from register.engine import Register
from register.office_chain import Author, hold_chain
from register.reads import roster
from register.reads.forgetting import ListedCase, RetentionList, heads, lists
from register.writes import forgetting as writes
from register.writes.access import Attempt, log_access


def propose(register: Register, user: str, organ: str | None = None) -> RetentionList:
    """A list of all cases of the organ that are due today and not held.

    Refusal: unknown_user, not_your_role, nothing_due; InputError: organ_needed, unknown_organ;
    all on record. Raises Unreachable.
    """
    with logged_here(register, user, "list_proposed"), register.writing() as session:
        hold_chain(session)
        by, actor = _acting(session, user)
        where = _organ(session, actor, organ)
        role_in(actor, where, PROPOSERS, "list_proposed")
        today = by.at.date()
        due = [
            line for line in retention_lines(session, today, where) if line.standing is DueState.DUE
        ]
        if not due:
            raise Refusal(Code.NOTHING_DUE, day=today)
        head = heads(session, [line.case for line in due])
        cases = [
            ListedCase(
                line.case,
                line.retention.rule,
                line.retention.article,
                line.retention.over,
                line.retention.due,
                head[line.case],
            )
            for line in due
            if line.retention.over is not None and line.retention.due is not None
        ]
        number = writes.propose(session, where, today.isoformat(), cases, by)
        session.flush()
        return lists(session)[number]


def sign(register: Register, user: str, number: int) -> RetentionList:
    """Sign a list. Who signs does so for one side, and never twice.

    InputError(unknown_list); Refusal: unknown_user, not_your_role, four_eyes, already_signed; all
    on record. Raises Unreachable.
    """
    with logged_here(register, user, "list_signed"), register.writing() as session:
        hold_chain(session)
        by, actor = _acting(session, user)
        found = list_named(session, number)
        writes.sign(session, found, signing_role(actor, found.organ, found.signed), by)
        session.flush()
        return lists(session)[number]


def list_named(session: Session, number: int) -> RetentionList:
    """The list of that number. InputError(unknown_list)."""
    known = lists(session)
    if number not in known:
        said = ", ".join(map(str, known)) or "-"
        raise InputError(Code.UNKNOWN_LIST, list=number, known=said)
    return known[number]


def known_lists(register: Register, user: str) -> list[RetentionList]:
    """The lists of the organs in which the person may propose or sign one. Refusal(unknown_user,
    not_your_role), on record."""
    roles = frozenset().union(*SIDES)
    with logged_here(register, user, "list_signed"), register.reading() as session:
        _, actor = _acting(session, user)
        organs = {grant.organ for grant in actor.grants if grant.role in roles}
        if not organs:
            raise Refusal(Code.NOT_YOUR_ROLE, act="list_signed", roles=", ".join(sorted(roles)))
        return [found for found in lists(session).values() if found.organ in organs]


@contextmanager
def logged_here(register: Register, user: str, what: str) -> Iterator[None]:
    """Whatever is refused inside stands in the access log, and names people."""
    try:
        yield
    except YishenError as error:
        with register.reading() as session:
            user = acting_id(session, user)
            with_names(session, error)
        log_access(
            register,
            Attempt(user, what, outcome(error), code=error.code, asked_by=at_command_line()),
        )
        raise


def _acting(session: Session, user: str) -> tuple[Author, Actor]:
    user = acting_id(session, user)
    return Author(user, at_command_line(), legal_now()), roster.actor(session, user)


def _organ(session: Session, actor: Actor, given: str | None) -> str:
    known = [organ.id for organ in roster.organs(session)]
    if given is not None:
        if given not in known:
            raise InputError(Code.UNKNOWN_ORGAN, organ=given, known=", ".join(known) or "-")
        return given
    mine = sorted({grant.organ for grant in actor.grants if grant.role in PROPOSERS})
    if len(mine) > 1:
        raise InputError(Code.ORGAN_NEEDED, known=", ".join(mine))
    if not mine:
        roles = ", ".join(sorted(PROPOSERS))
        raise Refusal(Code.NOT_YOUR_ROLE, act="list_proposed", roles=roles)
    return mine[0]
