"""Part 1: a year of a real county, every case through the engine."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from domain.case.people import Role
from domain.errors import Code, Unreachable, YishenError
from office.cases.intake import NewCase
from office.cases.moving_in import Entry, move_in
from register.writes.directory import (
    Directory,
    EnteredFigureEntry,
    OpeningBalanceEntry,
    OrganEntry,
)
from starter.demo.data import Content, Docket, PublishedReport
from starter.demo.docket import DOCUMENT
from starter.demo.stage import DemoStage

ENTERED = 3
"""The first rows of the annex come from no case: documents published."""

LANES = 6
"""Cases moved in at a time."""


async def move_all(
    stage: DemoStage,
    contents: Sequence[Content],
    on_done: Callable[[NewCase], None],
    lanes: int = LANES,
) -> list[NewCase]:
    """Move the cases in, several at a time, each until its rows are in the register; in the
    order given. What is refused is raised (the demonstration's cases are lawful), and so is
    Unreachable(case_unanswered) for a case without rows after the settings' wait."""
    found: dict[int, NewCase] = {}

    async def lane(entries: list[Entry]) -> None:
        for entry in entries:
            await one(entry)

    async def one(entry: Entry) -> None:
        staff = movers(stage.office, entry.content["organ"])
        async for moved in move_in(
            stage.desk.renewed(),
            [entry],
            user=staff[Role.INTAKE],
            second=staff[Role.DISCLOSURE_HEAD],
            organ=None,
            folder=stage.documents,
        ):
            if moved.error is not None:
                raise moved.error
            assert moved.done is not None
            if not moved.done.written:
                log = stage.settings.data / "worker.log"
                raise Unreachable(Code.CASE_UNANSWERED, case=moved.done.id, detail=log)
            found[moved.line] = moved.done
            on_done(moved.done)

    entries = [Entry(n, content) for n, content in enumerate(contents)]
    try:
        async with asyncio.TaskGroup() as group:
            for n in range(lanes):
                group.create_task(lane(entries[n::lanes]))
    except* YishenError as several:
        raise several.exceptions[0] from None
    return [found[n] for n in sorted(found)]


def movers(office: Directory, organ: str) -> dict[Role, str]:
    """Who answers for the cases that move in to an organ."""
    return {g.role: user.id for user in office.users for g in user.roles if g.organ == organ}


def keep_docket(stage: DemoStage, name: str, contents: Sequence[Content], note: str) -> Path:
    """The cases as a file that `yishen history` takes too, and the document they all release."""
    (stage.documents / DOCUMENT).write_text(f"{note}\n", encoding="utf-8")
    path = stage.documents / name
    lines = [json.dumps(content, ensure_ascii=False) for content in contents]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def with_figures(
    office: Directory, report: PublishedReport, words: Docket, first_day: date
) -> Directory:
    """The office with its first day here, and with what comes from no case: totals up to the year
    before, documents of the year.

    Both belong to the government; which organ had how many before 2018 was never published.
    """
    before = tuple(
        OpeningBalanceEntry(
            row=name, through=report.year - 1, value=total - year, source=words.opening_source
        )
        for name, _, year, total in report.annex.rows
    )
    entered = tuple(
        EnteredFigureEntry(row=name, year=report.year, value=year, source=words.entered_source)
        for name, _, year, _ in report.annex.rows[:ENTERED]
    )
    figures: dict[str, object] = {"opening_balances": before, "entered_figures": entered}
    here: dict[str, object] = {"first_day": first_day}
    organs = [_with(o, here | figures if o.level == "government" else here) for o in office.organs]
    return office.model_copy(update={"organs": tuple(organs)})


def _with(organ: OrganEntry, figures: Mapping[str, object]) -> OrganEntry:
    return organ.model_copy(update=figures)
