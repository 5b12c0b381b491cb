"""`yishen user …`: who may sign in at the desk, as far as an administrator says it."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.session import acting_user, open_register
from cli.frame.words import say
from domain.values import OFFICE_ZONE

Person = Annotated[str, typer.Argument(metavar="PERSON")]


def commands() -> Iterator[Command]:
    """Commands of administrators about people."""
    yield Command("invite", "office", invite, group="user")


def invite(
    person: Person,
    address: Annotated[str, typer.Option("--address", metavar="URL")] = "",
    as_user: params.AsUser = None,
) -> None:
    from office.signing_in.invites import invite as make

    with open_register() as register:
        made = make(register, acting_user(as_user), person)
    link = address.rstrip("/") + made.path
    if show.wants_json():
        show.emit({**asdict(made), "link": link})
        return
    until = f"{made.until.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
    show.line(say("user.invited", person=made.name, until=until))
    show.line(link)
