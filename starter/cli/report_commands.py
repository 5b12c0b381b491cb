"""Figures and proof: `yishen annual`, `yishen verify`."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from starter.cli import show
from starter.cli.command import Command
from starter.cli.list_commands import now, print_cases, reading
from starter.cli.names import names
from starter.cli.words import say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from register.annual import Report


def commands() -> Iterator[Command]:
    """Commands that read the whole record."""
    yield Command("annual", "look", annual)


def annual(
    year: Annotated[int, typer.Argument(metavar="YEAR", min=1, max=9999)],
    organ: Annotated[str | None, typer.Option("--organ", metavar="ID")] = None,
    open_row: Annotated[str | None, typer.Option("--open", metavar="ROW")] = None,
) -> None:
    from register.annual import annual_report
    from starter.lawfiles import load_statutes

    with reading() as session:
        if open_row is not None:
            _open(session, year, open_row, organ)
            return
        report = annual_report(session, year, load_statutes(), organ)
    if show.wants_json():
        show.emit_only(report.as_json())
        return
    show.line(say("annual.title", organ=report.organ, year=report.year))
    headings = [say(f"column.{c}") for c in ("id", "row", "unit", "figure", "cumulative")]
    show.table(
        headings,
        [
            [row.name, row.unit or "", _number(row.year), _number(row.cumulative)]
            for row in report.rows
        ],
    )
    _print_check(report)


def _open(session: "Session", year: int, row: str, organ: str | None) -> None:
    from register import queries
    from register.annual import figure_cases
    from starter.lawfiles import load_statutes

    ids = figure_cases(session, year, row, load_statutes(), organ)
    lines = [queries.case(session, case).line for case in ids]
    if show.wants_json():
        show.emit({"year": year, "row": row, "cases": [asdict(line) for line in lines]})
        return
    show.line(say("annual.open_title", row=row, n=len(lines)))
    if lines:
        print_cases(lines, names(session), now())


def _print_check(report: "Report") -> None:
    """The cross-check, where it does not hold: new and carried over = done and carried on."""
    if not report.check.holds:
        show.note(say("annual.check", **asdict(report.check)))


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
