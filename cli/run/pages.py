"""`yishen web`: the pages alone; `yishen web certificate`: what browsers know them by."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from cli.frame import show
from cli.frame.command import Command
from cli.frame.session import settings
from cli.frame.words import say
from cli.run.services import web
from domain.values import OFFICE_ZONE


def commands() -> Iterator[Command]:
    """Commands of whoever runs the installation."""
    yield Command("web", "run", web)
    yield Command("certificate", "run", certificate, group="web")


def certificate(name: Annotated[str, typer.Argument(metavar="HOST")]) -> None:
    from office.private import claim
    from starter.web.certificate import certify

    claim(settings().data)
    made = certify(settings().data, name)
    if show.wants_json():
        show.emit(asdict(made))
        return
    until = made.until.astimezone(OFFICE_ZONE).date()
    show.line(say("web_certificate.made", host=made.name, until=until, file=made.certificate))
    key = "install" if made.new_authority else "installed"
    said = {"file": made.authority, "fingerprint": made.fingerprint}
    show.line(say(f"web_certificate.{key}", **said))
    show.line(say("web_certificate.next", host=made.name))
