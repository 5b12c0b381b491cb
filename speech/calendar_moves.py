"""What a changed calendar would do to the open cases, put together by the days that their limits
move from and to: a person sees which cases go where."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from speech.calendars import calendar_text, limit_of, warnings_of, what_stays
from speech.dates import day
from speech.names import NameBook
from speech.refusals import message
from speech.words import joined, say, shifted

if TYPE_CHECKING:
    from domain.case.revising import Move
    from office.calendar_change import TouchedCase


@dataclass(frozen=True, slots=True)
class AffectedCase:
    """A case under one heading: which of its limits, and what is to be seen to; `due`: their last
    day, where it stays."""

    case: str
    number: str
    unit: str
    limits: str = ""
    due: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class DaysMoved:
    """Cases with limits that move from one day to another; `by`: how many working days, as it is
    read."""

    was: str
    due: str
    by: str
    cases: tuple[AffectedCase, ...]


@dataclass(frozen=True, slots=True)
class CalendarPreview:
    """Cases that can't be counted by the new days, those that move, those whose days stay."""

    uncounted: tuple[AffectedCase, ...]
    moved: tuple[DaysMoved, ...]
    steady: tuple[AffectedCase, ...]


def calendar_preview(
    lines: "Iterable[TouchedCase]", known: NameBook, today: date
) -> CalendarPreview:
    """Of the touched cases, in their order; the days one after the other."""
    uncounted, steady = list[AffectedCase](), list[AffectedCase]()
    together: dict[_DaysKey, list[AffectedCase]] = defaultdict(list)
    for line in lines:
        if line.error is not None:
            uncounted.append(_case(line, known, said=message(line.error)))
            continue
        for key, limits in _by_days(line.moves).items():
            together[key].append(_case(line, known, limits=joined(limits), said=warnings_of(line)))
        steady += _steady(line, known, today)
    return CalendarPreview(
        uncounted=tuple(uncounted),
        moved=tuple(key.said(today, together[key]) for key in sorted(together)),
        steady=tuple(steady),
    )


@dataclass(frozen=True, slots=True, order=True)
class _DaysKey:
    """From which day to which, whether either is provisional; the last day there is, where a limit
    does not run."""

    was: date
    due: date
    was_provisional: bool
    provisional: bool
    working_days: int

    @classmethod
    def of(cls, move: "Move") -> "_DaysKey":
        days = move.was or date.max, move.due or date.max
        return cls(*days, move.was_provisional, move.provisional, move.working_days or 0)

    def said(self, today: date, cases: Iterable[AffectedCase]) -> DaysMoved:
        return DaysMoved(
            was=_day(self.was, today, provisional=self.was_provisional),
            due=_day(self.due, today, provisional=self.provisional),
            by=shifted(self.working_days) if self.working_days else "",
            cases=tuple(cases),
        )


def _by_days(moves: "Iterable[Move]") -> dict[_DaysKey, list[str]]:
    found: dict[_DaysKey, list[str]] = defaultdict(list)
    for move in moves:
        if move.moved:
            found[_DaysKey.of(move)].append(limit_of(move))
    return found


def _steady(line: "TouchedCase", known: NameBook, today: date) -> Iterator[AffectedCase]:
    """Limits that end on the same day by another proof, or a case of which only the next reminder
    comes at another time."""
    flags = "" if any(move.moved for move in line.moves) else warnings_of(line)
    if not line.moves:
        yield _case(line, known, limits=calendar_text("preview.alarm"), said=flags)
    for move in line.moves:
        if not move.moved:
            due = _day(move.due or date.max, today, provisional=move.provisional)
            said = joined([words for words in (what_stays(move), flags) if words])
            yield _case(line, known, limits=limit_of(move), due=due, said=said)


def _case(line: "TouchedCase", known: NameBook, **words: str) -> AffectedCase:
    unit = known.unit(line.organ, line.department)
    return AffectedCase(line.case, line.number, unit, **words)


def _day(value: date, today: date, *, provisional: bool) -> str:
    if value == date.max:
        return calendar_text("none")
    return day(value, today) + (say("due.provisional") if provisional else "")
