"""Parameters that many commands take, and how their words are read."""

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.case.number import case_id_of
from domain.errors import InputError
from domain.values import legal_day
from office.legal_time import legal_now
from office.written import written_day, written_moment

if TYPE_CHECKING:
    from domain.clock import Receipt
    from domain.statute import Channel


def day(written: str) -> date:
    """A day as 2026-01-31, or in another habit of people; one without a year is the nearest."""
    return written_day(written, legal_now().date())


def moment(written: str) -> datetime:
    """An instant as 2026-01-31T09:30, or in another habit of people, in the office's zone unless it
    carries another offset."""
    return written_moment(written, legal_now().date())


def arrival(channel: "Channel", received: str | None, clock_offset: int = 0) -> "Receipt":
    """Day and, where given, instant of arrival; left out: today. InputError(bad_date)."""
    from domain.clock import Receipt

    if received is None:
        return Receipt(channel=channel, arrived=legal_now(clock_offset).date())
    with suppress(InputError):
        return Receipt(channel=channel, arrived=day(received))
    # A time without zone is the office's own.
    at = moment(received)
    return Receipt(channel=channel, arrived=legal_day(at), arrived_at=at)


CaseId = Annotated[str, typer.Argument(metavar="ID", parser=case_id_of)]
AsUser = Annotated[str | None, typer.Option("--as", metavar="USER", envvar="YISHEN_USER")]
CommandIdOption = Annotated[str | None, typer.Option("--command-id", metavar="TEXT")]
On = Annotated[date | None, typer.Option("--on", metavar="DATE", parser=day)]
EvidenceText = Annotated[list[str] | None, typer.Option("--evidence", metavar="TEXT")]
EvidenceFile = Annotated[list[Path] | None, typer.Option("--file", metavar="PATH")]
ExpectedSeq = Annotated[int | None, typer.Option("--expected-seq", metavar="N", min=0)]
DoneBy = Annotated[str | None, typer.Option("--done-by", metavar="USER")]
AfterEntry = Annotated[int | None, typer.Option("--after-entry", metavar="SEQ", min=1)]
Yes = Annotated[bool, typer.Option("--yes")]
DryRun = Annotated[bool, typer.Option("--dry-run")]
