"""Part 1: a year of a real county, every case through the engine, the annex beside the published."""

import asyncio
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from register.directory import (
    Directory,
    EnteredFigureEntry,
    OpeningBalanceEntry,
    OrganEntry,
)
from starter.demo.data import Content, Report
from starter.demo.docket import DOCUMENT
from starter.demo.stage import Stage
from starter.history import Entry, move_in
from starter.intake import Registered

LANES = 6
"""Cases moved in at a time."""


async def move_all(
    stage: Stage,
    contents: Sequence[Content],
    on_done: Callable[[Registered], None],
    desk: object = None,
) -> list[Registered]:
    """Move the cases in, several at a time, each until its rows are in the register; in the
    order given. What is refused is raised: the demonstration's cases are lawful."""
    found: dict[int, Registered] = {}

    async def lane(entries: list[Entry]) -> None:
        async for moved in move_in(
            stage.desk.renewed(), entries, user="", organ=None, folder=stage.documents
        ):
            if moved.error is not None:
                raise moved.error
            assert moved.done is not None
            found[moved.line] = moved.done
            on_done(moved.done)

    entries = [Entry(n, content) for n, content in enumerate(contents)]
    async with asyncio.TaskGroup() as lanes:
        for n in range(LANES):
            lanes.create_task(lane(entries[n::LANES]))
    return [found[n] for n in sorted(found)]


def keep_docket(stage: Stage, name: str, contents: Sequence[Content], note: str) -> Path:
    """The cases as a file that `yishen history` takes too, and the document they all release."""
    (stage.documents / DOCUMENT).write_text(f"{note}\n", encoding="utf-8")
    path = stage.documents / name
    lines = [json.dumps(content, ensure_ascii=False) for content in contents]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
