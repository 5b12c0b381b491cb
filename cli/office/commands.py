"""Setting up: `yishen init`."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.session import settings
from cli.frame.words import say
from cli.office.account_changes import for_machines, waiting_of
from cli.office.staffing import said_of
from domain.errors import Code, InputError
from speech.words import say as told

if TYPE_CHECKING:
    from office.people.directory_file import OfficeChange


def commands() -> Iterator[Command]:
    """Commands of whoever sets up the office."""
    yield Command("init", "office", init)


def init(
    office_file: Annotated[Path | None, typer.Argument(metavar="[FILE]")] = None,
    example: Annotated[bool, typer.Option("--example")] = False,
    as_user: params.AsUser = None,
) -> None:
    from office.people.directory_file import example_office, read_office

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
    from office.people.setting_up import set_up
    from office.people.staffing import staffing

    done = set_up(settings(), office, (as_user or "").strip() or None)
    staff = staffing(settings())
    if show.wants_json():
        fields = ("what", "id", "name", "added", "fields")
        rows = [{f: getattr(change, f) for f in fields} for change in done.changes]
        said = {"register": done.register, "migrated": done.migrated, "changes": rows}
        said["account_changes"] = [for_machines(change) for change in done.account_changes]
        show.emit(said | asdict(staff))
        return
    if done.migrated:
        show.line(say("init.migrated", register=done.register))
    for change in done.changes:
        what, named = say(f"init.{change.what}"), _named(change)
        if change.added:
            show.line(say("init.added", what=what, named=named))
        else:
            changed = told("joiner").join(say(f"office_field.{f}") for f in change.fields)
            show.line(say("init.updated", what=what, named=named, fields=changed))
    if not done.changes:
        show.line(say("init.unchanged"))
    for line in [*waiting_of(done.account_changes), *said_of(staff)]:
        show.note(line)


def _named(change: "OfficeChange") -> str:
    """The id, and its name where it has another."""
    if change.id == change.name:
        return change.id
    return told("person", name=change.id, user=change.name)
