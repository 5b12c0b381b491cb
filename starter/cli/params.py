"""Parameters that many commands take, and how their words are read."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from domain.errors import Code, InputError
from domain.values import OFFICE_ZONE
from starter.numbers import case_id


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


CaseId = Annotated[str, typer.Argument(metavar="ID", parser=case_id)]
AsUser = Annotated[str | None, typer.Option("--as", metavar="USER", envvar="YISHEN_USER")]
CommandId = Annotated[str | None, typer.Option("--command-id", metavar="TEXT")]
On = Annotated[date | None, typer.Option("--on", metavar="DATE", parser=day)]
EvidenceText = Annotated[list[str] | None, typer.Option("--evidence", metavar="TEXT")]
EvidenceFile = Annotated[list[Path] | None, typer.Option("--file", metavar="PATH")]
ExpectedSeq = Annotated[int | None, typer.Option("--expected-seq", metavar="N", min=0)]
