"""Who may come in, and by which way."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from domain.case.people import (
    COMMAND_LINE,
    DESK,
    Actor,
    AskedBy,
    Role,
    account_of,
    method_of,
    way_of,
)
from domain.case.second_person import DECISIONS
from domain.errors import Code, Refusal
from domain.signing_in import WITH_FACTOR, SignInMethod, is_fresh
from register.reads import roster
from register.reads.signing_in import asks_fresh_factor, session_named

SIGNING = DECISIONS | {"entry_approved", "entry_refused", "conflict_kept"}
"""What an office may want asked for by nobody but the person themselves."""


def require_admin(session: Session, user: str) -> None:
    """Refusal(unknown_user, not_an_admin)."""
    person = roster.actor(session, user)
    if not any(grant.role is Role.ADMIN for grant in person.grants):
        raise Refusal(Code.NOT_AN_ADMIN, user=user)


def check_way(session: Session, actor: Actor, organ: str, kind: str) -> None:
    """Whether the organ lets an act be asked for that way. Refusal(not_on_command_line,
    second_factor_needed)"""
    if actor.asked_by is None:
        return
    way = way_of(actor.asked_by)
    if way == COMMAND_LINE and kind in SIGNING:
        if not roster.signs_on_command_line(session, organ):
            raise Refusal(Code.NOT_ON_COMMAND_LINE, act=kind, organ=organ)
    elif way == DESK and kind in WITH_FACTOR and asks_fresh_factor(session, organ):
        _check_factor(session, actor.asked_by)


def _check_factor(session: Session, asked_by: AskedBy) -> None:
    if method_of(asked_by) == SignInMethod.DEMO:  # where nobody has one
        return
    line = session_named(session, account_of(asked_by))
    if line is None or not is_fresh(line.factor_at, datetime.now(UTC)):
        raise Refusal(Code.SECOND_FACTOR_NEEDED)
