"""Setting up: `yishen init`."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import show
from cli.frame.command import Command
from cli.frame.session import settings
from cli.frame.words import say
from cli.office.staffing import said_of, staffing
from domain.errors import Code, InputError

if TYPE_CHECKING:
    from office.directory_file import Change
    from register.writes.access import Attempt


def commands() -> Iterator[Command]:
    """Commands of whoever sets up the office."""
    yield Command("init", "office", init)


def init(
    office_file: Annotated[Path | None, typer.Argument(metavar="[FILE]")] = None,
    example: Annotated[bool, typer.Option("--example")] = False,
) -> None:
    from office.directory_file import example_office, load_office, read_office
    from office.private import tighten

    if example:
        if show.wants_json():
            show.emit({"example": example_office()})
        else:
            print(example_office(), end="")
        return
    if office_file is None:
        detail = say("usage.one_of", options="FILE, --example")
        raise InputError(Code.USAGE, detail=detail, help="yishen init --help")
    office = read_office(office_file)
    from register.engine import open_register
    from register.migrate import current, newest, upgrade
    from register.writes.access import log_access

    tighten(settings().data)
    url = settings().register
    migrated = not settings().register_exists or current(url) != newest()
    upgrade(url)
    register = open_register(url, wait=settings().timeout)
    try:
        with register.writing() as session:
            changes = load_office(session, office)
        for change in changes:
            log_access(register, _attempt(change))
        name = register.name
    finally:
        register.close()
    staff = staffing()
    if show.wants_json():
        fields = ("what", "id", "name", "added", "fields")
        rows = [{f: getattr(change, f) for f in fields} for change in changes]
        done = {"register": name, "migrated": migrated, "changes": rows}
        show.emit(done | asdict(staff))
        return
    if migrated:
        show.line(say("init.migrated", register=name))
    for change in changes:
        what = say(f"init.{change.what}")
        if change.added:
            show.line(say("init.added", what=what, id=change.id, name=change.name))
        else:
            changed = say("joiner").join(say(f"office_field.{f}") for f in change.fields)
            show.line(
                say("init.updated", what=what, id=change.id, name=change.name, fields=changed)
            )
    if not changes:
        show.line(say("init.unchanged"))
    for line in said_of(staff):
        show.note(line)


def _attempt(change: "Change") -> "Attempt":
    """A change of the office for the access log: by the account, which is all that is known."""
    from getpass import getuser

    from register.writes.access import Attempt

    detail = f"{change.what} {change.id}: {', '.join(change.fields)}"
    return Attempt(
        person=f"account:{getuser()}", command="office_changed", outcome="ok", detail=detail
    )
