"""`yishen corrections`: what was corrected in the record, by whom, and how often."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import params, show
from cli.frame.asked import of_account
from cli.frame.command import Command
from cli.frame.session import acting_user, open_register
from cli.frame.words import say
from domain.case.reading import CasePart
from domain.values import OFFICE_ZONE
from speech.names import NameBook, names
from speech.words import say as told
from speech.words import term

if TYPE_CHECKING:
    from register.reads.corrections import CorrectionLine


def commands() -> Iterator[Command]:
    """The one command."""
    yield Command("corrections", "look", corrections)


def corrections(
    first: Annotated[date | None, typer.Option("--from", metavar="DATE", parser=params.day)] = None,
    last: Annotated[date | None, typer.Option("--to", metavar="DATE", parser=params.day)] = None,
    as_user: params.AsUser = None,
) -> None:
    from office.access.access_log import organs_open_to
    from office.people.names import acting_id
    from register.reads.corrections import corrections as read

    with open_register() as register:
        with register.reading() as session:
            user = acting_id(session, acting_user(as_user))
        organs = organs_open_to(register, user, None, CasePart.CORRECTIONS)
        with register.reading() as session:
            found = read(session, organs, first, last)
            known = names(session)
    if show.wants_json():
        show.emit({"corrections": [asdict(line) for line in found]})
    elif not found:
        show.line(say("corrections.none"))
    else:
        _print(found, known)


def _print(found: "Sequence[CorrectionLine]", known: NameBook) -> None:
    often = Counter((line.person, line.kind) for line in found)
    rows = [
        [known.person(person), term("kind", kind), str(times)]
        for (person, kind), times in sorted(often.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    show.table([say(f"column.{c}") for c in ("person", "act", "times")], rows)
    show.line()
    lines = [
        [
            f"{line.at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}",
            known.person(line.person) + of_account(line.asked_by),
            term("kind", line.kind),
            line.number,
            told("detail.entry", seq=line.seq),
        ]
        for line in found
    ]
    show.table([say(f"column.{c}") for c in ("when", "person", "act", "case", "seq")], lines)
