"""What a changed calendar does to the open cases, in words; what is wrong with a notice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import texts
from domain.numbers import number_of
from speech.dates import full_day
from speech.names import NameBook
from speech.refusals import message
from speech.words import joined, on_pages, spoken, term
from speech.words import limit as limit_name
from speech.words import say as told
from texts.sentences import expected as spoken_expected

if TYPE_CHECKING:
    from domain.case.revising import Move
    from domain.errors import Problem
    from office.calendar_change import TouchedCase
    from register.reads.calendars import ResultLine

FLAGS = ("moved_into_past", "extension_after_due", "extension_as_told", "no_longer_overdue")
"""What of a case has to be looked at, the worst first."""


def calendar_text(key: str, /, **values: object) -> str:
    """A text of the calendar's topic."""
    return texts.text(spoken(), f"calendar.{key}", **values)


def expected(problem: "Problem") -> str:
    """What should stand at a field of a notice."""
    key = f"expected.{problem.expected}"
    if not texts.has(spoken(), f"calendar.{key}"):
        return spoken_expected(spoken(), problem.expected, problem.values)
    return calendar_text(key, **problem.values)


@dataclass(frozen=True, slots=True)
class MovedLimit:
    """A limit of a case before and after; `case`, `number` only of its first line; `by`: how many
    working days, as it is read; `error`: it can't be counted by the new days."""

    case: str
    number: str
    unit: str
    limit: str = ""
    was: str = ""
    due: str = ""
    by: str = ""
    flags: str = ""
    training: bool = False
    error: bool = False


def worst_first(lines: "Sequence[TouchedCase]") -> "list[TouchedCase]":
    """Refused ones, then those flagged, those that move, the rest."""

    def rank(line: "TouchedCase") -> tuple[int, int, str]:
        flags = [FLAGS.index(w) for w in line.warnings if w in FLAGS]
        moved = any(move.moved for move in line.moves)
        return (-1 if line.error else min(flags, default=9), 0 if moved else 1, line.case)

    return sorted(lines, key=rank)


def warnings_of(line: "TouchedCase | ResultLine") -> str:
    """What of a case has to be looked at."""
    return joined([term("warning", warning) for warning in line.warnings])


def preview_rows(line: "TouchedCase", known: NameBook) -> Iterator[MovedLimit]:
    """A line for each limit of a case."""
    unit = known.unit(line.organ, line.department)
    of_case = MovedLimit(line.case, line.number, unit, training=line.training)
    if line.error is not None:
        yield replace(of_case, flags=message(line.error), error=True)
        return
    flags = warnings_of(line)
    if not line.moves:
        yield replace(of_case, limit=calendar_text("preview.alarm"), flags=flags)
    for n, move in enumerate(line.moves):
        yield replace(
            of_case,
            number=line.number if n == 0 else "",
            limit=limit_of(move),
            was=_day(move.was, provisional=move.was_provisional),
            due=_day(move.due, provisional=move.provisional),
            by=_by(move),
            flags=joined([f for f in (what_stays(move), flags if n == 0 else "") if f]),
        )


@dataclass(frozen=True, slots=True)
class SaidResult:
    """What a version did to a case, in words."""

    case: str
    number: str
    outcome: str
    moves: str
    flags: str
    failed: bool


def result_rows(lines: "Iterable[ResultLine]") -> Iterator[SaidResult]:
    """Every case, those that failed first."""
    for line in sorted(lines, key=lambda line: line.outcome != "failed"):
        yield SaidResult(
            case=line.case_id,
            number=number_of(line.case_id),
            outcome=calendar_text(f"outcome.{line.outcome}"),
            moves=joined([_moved(move) for move in line.moves]) or (line.code or ""),
            flags=warnings_of(line),
            failed=line.outcome == "failed",
        )


def _moved(move: dict[str, Any]) -> str:
    name = limit_name(move["name"], move["ref"])
    was, due = _stored(move["was"]), _stored(move["due"])
    return calendar_text("result.moved", limit=name, was=was, due=due)


def _stored(text: str | None) -> str:
    """A day as the register has it; on pages as people say it."""
    if text is None:
        return calendar_text("none")
    return full_day(date.fromisoformat(text)) if on_pages() else text


def limit_of(move: "Move") -> str:
    """The name of the limit, and whether it is but the latest day that it may end on."""
    name = limit_name(move.limit, move.ref)
    return calendar_text("preview.latest", limit=name) if move.latest else name


def _day(day: date | None, *, provisional: bool) -> str:
    if day is None:
        return calendar_text("none")
    return day.isoformat() + (told("due.provisional") if provisional else "")


def _by(move: "Move") -> str:
    if move.working_days is None or not move.moved:
        return ""
    return f"{move.working_days:+d}"


def what_stays(move: "Move") -> str:
    """What becomes of a last day that stays what it was; empty: nothing, or it moves."""
    if move.was_provisional and not move.provisional:
        return calendar_text("preview.firm")
    if move.was == move.due and not move.latest:
        return calendar_text("preview.same_day")
    return ""
