"""Who came in, and by which way, as far as this machine knows."""

import os
from functools import cache
from getpass import getuser

from sqlalchemy.orm import Session

from domain.case.people import (
    COMMAND_LINE,
    Actor,
    AskedBy,
    Role,
    account_of,
    on_command_line,
    way_of,
)
from domain.case.second_person import DECISIONS
from domain.errors import Code, Refusal
from register.reads import queries

SIGNING = DECISIONS | {"entry_approved", "entry_refused", "conflict_kept"}
"""What an office may want asked for by nobody but the person themselves."""


@cache
def at_command_line() -> AskedBy:
    """The command line of this process: by the account it really runs under, which no variable
    of the environment names otherwise."""
    return on_command_line(_account())


def account() -> str:
    """Who acts where nobody is named: the account of this machine, which is all that is known."""
    return f"account:{account_of(at_command_line())}"


def require_admin(session: Session, user: str) -> None:
    """Refusal(unknown_user, not_an_admin)."""
    person = queries.actor(session, user)
    if not any(grant.role is Role.ADMIN for grant in person.grants):
        raise Refusal(Code.NOT_AN_ADMIN, user=user)


def check_way(session: Session, actor: Actor, organ: str, kind: str) -> None:
    """Whether the organ lets an act be asked for that way. Refusal(not_on_command_line)"""
    if kind not in SIGNING or actor.asked_by is None or way_of(actor.asked_by) != COMMAND_LINE:
        return
    if not queries.signs_on_command_line(session, organ):
        raise Refusal(Code.NOT_ON_COMMAND_LINE, act=kind, organ=organ)


def _account() -> str:
    try:
        import pwd
    except ImportError:  # no such list on this system
        return getuser()
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"
