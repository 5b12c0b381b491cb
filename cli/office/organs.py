"""`yishen organ …`: an organ that was abolished or merged, a department that was dissolved."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import params, show
from cli.frame.asking import ask
from cli.frame.command import Command
from cli.frame.session import acting_user, open_register
from cli.frame.words import say

if TYPE_CHECKING:
    from register.reads.ended import LeftThere

OrganArgument = Annotated[str, typer.Argument(metavar="ORGAN")]
WhichDepartment = Annotated[str | None, typer.Option("--department", metavar="ID")]


def commands() -> Iterator[Command]:
    """The end of an organ or a department, and taking it back."""
    yield Command("end", "office", end, group="organ")
    yield Command("restore", "office", restore, group="organ")


def end(
    organ: OrganArgument,
    department: WhichDepartment = None,
    on: params.On = None,
    yes: params.Yes = False,
    as_user: params.AsUser = None,
) -> None:
    from office.people import ending

    with open_register() as register:
        user = acting_user(as_user)
        there = ending.still_there(register, user, organ, department)
        unasked = ask(ending.doubts(there), yes=yes) if there.ended_on is None else ()
        there = ending.end(register, user, organ, department, on)
    _told("ended", there, unasked)
    if unasked and not show.wants_json():
        show.note(say("organ.left", cases=there.cases, people=there.people))


def restore(
    organ: OrganArgument, department: WhichDepartment = None, as_user: params.AsUser = None
) -> None:
    from office.people import ending

    with open_register() as register:
        there = ending.restore(register, acting_user(as_user), organ, department)
    _told("restored", there)


def _told(key: str, there: "LeftThere", unasked: tuple[str, ...] = ()) -> None:
    if show.wants_json():
        show.emit(asdict(there) | {"warnings": unasked})
    else:
        show.line(say(f"organ.{key}", name=there.name, day=there.ended_on or "-"))
