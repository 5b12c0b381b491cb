"""`yishen access`: who did or tried what, on which case, and how it ended."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import params, show
from cli.frame.asked import of_account
from cli.frame.command import Command
from cli.frame.session import acting_user, open_register
from cli.frame.words import say
from domain.case.number import case_id_of
from domain.case.reading import CasePart
from domain.values import OFFICE_ZONE
from speech.names import NameBook, names
from speech.words import term

if TYPE_CHECKING:
    from register.reads.attempts import AttemptLine


class Ended(StrEnum):
    """How an attempt ended."""

    ACCEPTED = "accepted"
    OK = "ok"
    REPEATED = "repeated"
    REFUSED = "refused"
    NOT_FOUND = "not_found"
    UNANSWERED = "unanswered"


def commands() -> Iterator[Command]:
    """The one command."""
    yield Command("access", "office", access)


def access(
    case: Annotated[str | None, typer.Argument(metavar="[ID]", parser=case_id_of)] = None,
    person: Annotated[str | None, typer.Option("--person", metavar="USER")] = None,
    outcome: Annotated[Ended | None, typer.Option("--outcome")] = None,
    first: Annotated[date | None, typer.Option("--from", metavar="DATE", parser=params.day)] = None,
    last: Annotated[date | None, typer.Option("--to", metavar="DATE", parser=params.day)] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=5000)] = 50,
    page: Annotated[int, typer.Option("--page", metavar="N", min=1, max=100_000)] = 1,
    as_user: params.AsUser = None,
) -> None:
    from office.access.access_log import organs_open_to
    from office.access.reading import went_out
    from office.people.names import acting_id
    from register.reads.attempts import Looked, attempts

    with open_register() as register:
        with register.reading() as session:
            user = acting_id(session, acting_user(as_user))
            # Also a word nobody bears any more: whoever tried under it is in the log.
            whom = acting_id(session, person) if person else None
        organs = organs_open_to(register, user, case)
        went_out(register, user, CasePart.ACCESS, case, whom)
        wanted = Looked(
            organs=organs,
            case_id=case,
            person=whom,
            outcome=Ended(outcome).value if outcome else None,
            first=first,
            last=last,
            limit=limit + 1,
            offset=(page - 1) * limit,
        )
        with register.reading() as session:
            found = attempts(session, wanted)
            known = names(session)
    more = len(found) > limit
    found = found[:limit]
    if show.wants_json():
        show.emit({"page": page, "more": more, "attempts": [asdict(line) for line in found]})
    elif not found:
        show.line(say("access.none"))
    else:
        columns = ("when", "person", "act", "case", "access_outcome", "detail")
        show.table([say(f"column.{c}") for c in columns], [_row(line, known) for line in found])
        if more:
            show.note(say("access.more", page=page + 1))


def _row(line: "AttemptLine", known: NameBook) -> list[str]:
    outcome = term("access_outcome", line.outcome)
    if line.code:
        outcome += say("access.code", code=line.code)
    if line.seq is not None:
        outcome += say("access.seq", seq=line.seq)
    return [
        f"{line.at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M:%S}",
        known.person(line.person) + of_account(line.asked_by),
        term("kind", line.command),
        line.case_id or "",
        outcome,
        line.detail or "",
    ]
