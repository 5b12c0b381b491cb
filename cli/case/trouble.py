"""Cases that can't go on, as every list of the command line marks and tells them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from cli.frame import show
from cli.frame.session import settings
from cli.frame.words import say
from domain.errors import Code
from domain.values import OFFICE_ZONE
from speech.words import spoken
from texts.sentences import in_the_way

if TYPE_CHECKING:
    from register.reads.troubles import TroubleLine


def as_json(found: "Sequence[TroubleLine]") -> list[dict[str, Any]]:
    """For machines, with what to do."""
    return [asdict(line) | {"remedy": remedy(line)} for line in found]


def remedy(line: "TroubleLine") -> str:
    """What is wrong and what to do, in one sentence."""
    code = line.code if line.code in set(Code) else Code.NOT_RECORDABLE
    if code in (Code.RECORD_CONFLICT, Code.RECORD_GAP):
        return say(f"trouble.{code}")
    detail = in_the_way(spoken(), line.detail)
    return say(f"trouble.{line.what}", detail=detail, folder=settings().mail_drop)


def print_troubles(found: "Sequence[TroubleLine]") -> None:
    """One line each; nothing where all is well."""
    for line in found:
        since = f"{line.since.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
        key = "trouble.line_mail" if line.what == "mail" else "trouble.line"
        show.line(say(key, number=line.number, since=since, remedy=remedy(line)))
