"""Cases that can't go on, as every list of the command line marks and tells them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from cli.frame import show
from cli.frame.words import say
from domain.case.people import Actor, Role
from domain.errors import Code
from domain.values import OFFICE_ZONE

if TYPE_CHECKING:
    from office.desk import Reading
    from register.reads.troubles import TroubleLine

TOLD = (Role.SUPERVISOR, Role.ADMIN)
"""Who has it among their tasks."""


def troubles(session: "Reading", case_id: str | None = None) -> "list[TroubleLine]":
    """All of now, or those of a case."""
    from register.reads.troubles import troubles as found

    return found(session, case_id)


def as_json(found: "Sequence[TroubleLine]") -> list[dict[str, Any]]:
    """For machines, with what to do."""
    return [asdict(line) | {"remedy": remedy(line)} for line in found]


def told_to(who: Actor, found: "Sequence[TroubleLine]") -> "list[TroubleLine]":
    """Those a supervisor or administrator of the organ hears of."""
    organs = {grant.organ for grant in who.grants if grant.role in TOLD}
    return [line for line in found if line.organ in organs or (organs and not line.organ)]


def remedy(line: "TroubleLine") -> str:
    """What is wrong and what to do, in one sentence."""
    code = line.code if line.code in set(Code) else Code.NOT_RECORDABLE
    if code in (Code.RECORD_CONFLICT, Code.RECORD_GAP):
        return say(f"trouble.{code}")
    return say(f"trouble.{line.what}", detail=line.detail)


def print_troubles(found: "Sequence[TroubleLine]") -> None:
    """One line each; nothing where all is well."""
    for line in found:
        since = f"{line.since.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
        show.line(say("trouble.line", number=line.number, since=since, remedy=remedy(line)))
