"""Part 3: a desk of today, a case in every state, each moved in with a past that ends today."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar.model import Calendar
from domain.values import Value
from office.cases.intake import NewCase
from register.reads.filter import Filter
from register.reads.lists import CaseLine, case_lines, overdue_cases
from register.reads.words import shown
from starter.demo.county import move_all
from starter.demo.data import Content, read
from starter.demo.days import placed
from starter.demo.stage import DemoStage


class Expected(Value):
    """Where a case must stand once it is in."""

    status: str
    mover: str | None = None
    overdue: bool = False
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class OnDesk:
    """A case of the desk as the list has it, and what was expected of it."""

    line: CaseLine
    overdue: bool
    expected: Expected

    @property
    def as_expected(self) -> bool:
        """Whether the list says what the script meant."""
        want = self.expected
        return (
            self.line.status == want.status
            and want.mover in (None, self.line.mover)
            and self.overdue == want.overdue
            and self.line.provisional == want.provisional
        )


def desk_script(calendar: Calendar, today: date) -> tuple[list[Content], list[Expected]]:
    """The cases of the desk as entries of a history file, and what each must come to."""
    contents: list[Content] = placed(json.loads(read("demo-desk.json")), calendar, today)
    expected = [Expected.model_validate(content.pop("expect")) for content in contents]
    for content in contents:
        content["command_id"] = f"demo-desk-{content.pop('key')}"
    return contents, expected


async def lay_out(
    stage: DemoStage,
    script: tuple[Sequence[Content], Sequence[Expected]],
    now: datetime,
    on_done: Callable[[NewCase], None],
) -> list[OnDesk]:
    """Move the desk's cases in; how the register lists them."""
    contents, expected = script
    moved = await move_all(stage, contents, on_done, lanes=1)  # numbers in the script's order
    lines, late = await stage.desk.read(
        lambda s: (
            {line.id: line for line in shown(s, case_lines(s, Filter(limit=None)))},
            {line.id for line in overdue_cases(s, now)},
        )
    )
    return [
        OnDesk(lines[case.id], case.id in late, want)
        for case, want in zip(moved, expected, strict=True)
    ]
