"""Parameters that many commands take, and how their words are read."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.case.number import case_id_of
from domain.errors import Code, InputError
from domain.values import OFFICE_ZONE, legal_day
from office.legal_time import legal_now

if TYPE_CHECKING:
    from domain.clock import Receipt
    from domain.statute import Channel


def day(written: str) -> date:
    """A day as 2026-01-31; typer hands over values already parsed as they are."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError as error:
        raise InputError(Code.BAD_DATE, given=written) from error


def moment(written: str) -> datetime:
    """An instant as 2026-01-31T09:30, in the office's zone unless it carries another offset."""
    try:
        read = datetime.fromisoformat(written.strip())
    except ValueError as error:
        raise InputError(Code.BAD_DATE, given=written) from error
    return read if read.tzinfo else read.replace(tzinfo=OFFICE_ZONE)


def arrival(channel: "Channel", received: str | None, clock_offset: int = 0) -> "Receipt":
    """Day and, where given, instant of arrival; left out: today. InputError(bad_date)."""
    from domain.clock import Receipt

    if received is None:
        return Receipt(channel=channel, arrived=legal_now(clock_offset).date())
    if "T" not in received and " " not in received.strip():
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
