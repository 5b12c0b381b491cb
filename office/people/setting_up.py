"""Setting up an office: its register made or brought up to date, its file loaded."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from domain.errors import Code, InputError, Refusal
from office.access.command_line import account, at_command_line
from office.access.door import require_admin
from office.people.directory_file import OfficeChange, load_office
from office.people.guarded_roles import ask_all, held_back
from office.people.names import acting_id
from office.private import tighten
from office.running.key_store import register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from register.migrate import current, newest
from register.reads import roster
from register.reads.account_changes import AccountChange
from register.writes.access import Attempt, log_access
from register.writes.directory import Directory


@dataclass(frozen=True, slots=True)
class SetUp:
    """What was done. `register` without password; `migrated`: tables were made or changed;
    `account_changes`: roles that take two people: they wait for the second, or (`done`) there is
    nobody who could be."""

    register: str
    migrated: bool
    changes: tuple[OfficeChange, ...]
    account_changes: tuple[AccountChange, ...] = ()


def set_up(settings: Settings, office: Directory, user: str | None) -> SetUp:
    """Load `office` as told by `user`, an administrator; where there is none yet, as told by the
    account. Every change is on record, and in the access log.

    Roles that take two people wait for the second.

    Raises Unreachable, InputError(no_user), and Refusal(unknown_user, not_an_admin,
    first_day_fixed, not_for_oneself) with nothing loaded.
    """
    tighten(settings.data)
    url = settings.register
    migrated = not settings.register_exists or current(url) != newest()
    make_ready(settings)
    register = register_at(settings)
    try:
        try:
            with register.writing() as session:
                user = _author(session, user)
                office, asked = held_back(session, office, user)
                changes = load_office(session, office, user)
                waiting = ask_all(session, asked, user)
        except Refusal as no:
            refused = _attempt(user, "")
            log_access(register, replace(refused, outcome="refused", code=no.code, detail=None))
            raise
        for change in changes:
            detail = f"{change.what} {change.id}: {', '.join(change.fields)}"
            log_access(register, _attempt(user, detail))
        return SetUp(register.name, migrated, tuple(changes), tuple(waiting))
    finally:
        register.close()


def _author(session: Session, user: str | None) -> str | None:
    """Whose change it is; None: nobody can vouch for anyone yet."""
    if not roster.has_admin(session):
        return None
    if user is None:
        raise InputError(Code.NO_USER)
    user = acting_id(session, user)
    require_admin(session, user)
    return user


def _attempt(user: str | None, detail: str) -> Attempt:
    """A change of the office for the access log."""
    return Attempt(
        person=user or account(),
        command="office_changed",
        outcome="ok",
        detail=detail,
        asked_by=at_command_line(),
    )
