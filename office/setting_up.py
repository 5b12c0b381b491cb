"""Setting up an office: its register made or brought up to date, its file loaded."""

from dataclasses import dataclass

from office.directory_file import OfficeChange, load_office
from office.door import at_command_line
from office.private import tighten
from office.reading import account
from office.settings import Settings
from register.engine import open_register
from register.migrate import current, newest, upgrade
from register.writes.access import Attempt, log_access
from register.writes.directory import Directory


@dataclass(frozen=True, slots=True)
class SetUp:
    """What was done. `register` without password; `migrated`: tables were made or changed."""

    register: str
    migrated: bool
    changes: tuple[OfficeChange, ...]


def set_up(settings: Settings, office: Directory) -> SetUp:
    """Load `office`; every change is in the access log. Raises Unreachable, and
    Refusal(first_day_fixed) with nothing loaded."""
    tighten(settings.data)
    url = settings.register
    migrated = not settings.register_exists or current(url) != newest()
    upgrade(url)
    register = open_register(url, wait=settings.timeout)
    try:
        with register.writing() as session:
            changes = load_office(session, office)
        for change in changes:
            log_access(register, _attempt(change))
        return SetUp(register.name, migrated, tuple(changes))
    finally:
        register.close()


def _attempt(change: OfficeChange) -> Attempt:
    """A change of the office for the access log."""
    detail = f"{change.what} {change.id}: {', '.join(change.fields)}"
    return Attempt(
        person=account(),
        command="office_changed",
        outcome="ok",
        detail=detail,
        asked_by=at_command_line(),
    )
