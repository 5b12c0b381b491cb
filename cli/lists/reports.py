"""Figures and proof: `yishen annual`, `yishen verify`."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from cli.case.trouble import as_json, print_troubles
from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.session import open_desk
from cli.frame.words import say
from cli.lists.commands import now, print_cases, reading
from cli.remedies.outcomes import print_disputes
from domain.errors import Unreachable
from speech.figures import check_words, mapped_words
from speech.names import NameBook, names
from speech.refusals import message
from speech.words import say as told
from speech.words import spoken
from texts.figures import row_name, unit_name

if TYPE_CHECKING:
    from office.answers.figures import OpenedRow
    from office.cases.comparing import Verified
    from register.reads.annual import Report


def commands() -> Iterator[Command]:
    """Commands that read the whole record."""
    yield Command("annual", "look", annual, reads=True)
    yield Command("verify", "office", verify)


def annual(
    year: Annotated[int, typer.Argument(metavar="YEAR", min=1, max=9999)],
    organ: Annotated[str | None, typer.Option("--organ", metavar="ID")] = None,
    open_row: Annotated[str | None, typer.Option("--open", metavar="ROW")] = None,
    as_user: params.AsUser = None,
) -> None:
    from office.answers.figures import behind_row, year_report
    from office.people.names import filter_ids
    from register.reads.visible import viewer_of
    from register.reads.words import shown

    with reading() as session:
        organ, _, _ = filter_ids(session, organ)
        if open_row is not None:
            who = viewer_of(session, str(as_user))
            behind = shown(session, behind_row(session, who, year, open_row, organ, now()))
            _print_behind(year, open_row, behind, names(session))
            return
        report = year_report(session, year, organ)
    if show.wants_json():
        show.emit(report.as_json())
        return
    show.line(say("annual.title", organ=report.organ, year=report.year))
    headings = [say(f"column.{c}") for c in ("id", "row", "unit", "figure", "cumulative")]
    show.table(
        headings,
        [
            [
                row.code,
                row_name(spoken(), row.key),
                unit_name(spoken(), row.unit) or "",
                _number(row.year),
                _number(row.cumulative),
            ]
            for row in report.rows
        ],
    )
    _print_check(report)


def _print_behind(year: int, row: str, found: "OpenedRow", known: NameBook) -> None:
    cases = [asdict(line) for line in found.cases]
    if found.disputes is not None:
        print_disputes(year, row, found.disputes, found.hidden, known, cases=cases)
        return
    if show.wants_json():
        show.emit({"year": year, "row": row, "cases": cases, "hidden": found.hidden})
        return
    show.line(say("annual.open_title", row=row, n=len(found.cases)))
    if found.cases:
        print_cases(found.cases, known, now())
    if found.hidden:
        show.note(told("annual.hidden", n=found.hidden))


def _print_check(report: "Report") -> None:
    """The cross-checks of what is printed, and what an older law put into which row."""
    for check in report.checks:
        (show.line if check.holds else show.note)(check_words(check))
    for line in mapped_words(report.rows, report.mapped):
        show.line(line)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def verify(
    offline: Annotated[bool, typer.Option("--offline")] = False,
) -> None:
    from register.reads.troubles import troubles

    done = asyncio.run(_verify(offline))
    record, differences, compared = done.record, done.differences, done.running.cases
    trouble = message(done.trouble) if done.trouble else ""
    no_keys = message(done.no_keys) if done.no_keys else ""
    skipped = [(case, message(why)) for case, why in done.running.skipped]
    with reading() as session:
        stuck = troubles(session, of_cases=True)
    if show.wants_json():
        show.emit(
            {
                "ok": not differences and not stuck and done.complete,
                "troubles": as_json(stuck),
                "cases": record.cases,
                "events": record.events,
                "compared_with_engine": compared,
                "note": trouble or no_keys,
                "skipped": [{"case": case, "why": why} for case, why in skipped],
                "differences": [asdict(difference) for difference in differences],
            }
        )
    else:
        for difference in differences:
            show.line(
                say("verify.problem", **{k: _short(v) for k, v in asdict(difference).items()})
            )
        counted = {"cases": record.cases, "events": record.events, "compared": compared}
        for case, why in skipped:
            show.line(say("verify.skipped", case=case, detail=why))
        key = "verify.found" if differences else "verify.ok"
        show.line(say(key, n=len(differences), **counted))
        print_troubles(stuck)
        if trouble:
            show.note(say("verify.engine_skipped", detail=trouble))
        if no_keys:
            show.note(say("verify.index_skipped", detail=no_keys))
    if differences or stuck:
        raise typer.Exit(1)
    if not done.complete:
        raise typer.Exit(Unreachable.exit_code)


async def _verify(offline: bool) -> "Verified":
    from office.cases.comparing import verified

    async with open_desk() as desk:
        return await verified(desk, offline=offline)


def _short(value: object) -> str:
    words = str(value)
    return words if len(words) <= 80 else words[:79] + "…"
