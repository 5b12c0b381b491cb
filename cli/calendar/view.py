"""What the calendar commands show: changed days, the cases they touch."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import texts
from cli.calendar.words import say
from cli.frame import show
from cli.frame.words import say as say_cli
from domain.calendar.diff import spans_of
from domain.errors import Code
from speech.refusals import message
from speech.words import joined, spoken, term
from speech.words import limit as limit_name
from speech.words import say as told
from texts.sentences import expected as spoken_expected

if TYPE_CHECKING:
    from domain.calendar.closures import Closure
    from domain.calendar.diff import Difference
    from domain.case.revising import Move
    from domain.errors import Problem
    from office.calendar_change import Plan, TouchedCase, WrongFileError
    from speech.names import NameBook


# -- the file -----------------------------------------------------------------------------------


def show_problems(file: Path, error: "WrongFileError") -> None:
    """Every problem: file, field, what is expected there."""
    found = [(problem.field, expected(problem)) for problem in error.problems]
    if show.wants_json():
        problems = [{"field": f, "expected": words} for f, words in found]
        detail = joined([say("check.field", field=f, expected=words) for f, words in found])
        words = texts.text(spoken(), f"errors.{error.code}", file=file.name, detail=detail)
        body = {"code": str(Code.BAD_CALENDAR_FILE), "message": words}
        show.emit({"ok": False, "error": body, "file": str(file), "problems": problems})
        return
    for place, words in found:
        show.note(say("check.problem", file=file.name, field=place, expected=words))


def expected(problem: "Problem") -> str:
    """What should stand at the field."""
    key = f"expected.{problem.expected}"
    if not texts.has(spoken(), f"calendar.{key}"):
        return spoken_expected(spoken(), problem.expected, problem.values)
    return say(key, **problem.values)


def plan_fields(plan: "Plan") -> dict[str, Any]:
    """A plan for machines."""
    return {
        "version": plan.version,
        "kind": plan.kind,
        "notice": plan.notice,
        "loaded": plan.known,
        **difference_fields(plan.changes),
    }


def difference_fields(found: "Difference") -> dict[str, Any]:
    """Changed days for machines."""
    return {
        "days": [{"day": c.day, "now": "work" if c.worked else "off"} for c in found.days],
        "open_from": {"was": found.open_was, "now": found.open_from},
        "years": list(found.years),
    }


def print_changes(plan: "Plan") -> None:
    """What the file changes, for people."""
    pairs = [(say_cli("column.notice"), plan.notice)] if plan.notice else []
    show.fields(pairs)
    print_difference(plan.changes)


def print_difference(found: "Difference") -> None:
    """Days that are off now, worked now, and from when on the calendar is open."""
    pairs = []
    for worked, key in ((False, "diff.off"), (True, "diff.work")):
        days = tuple(c.day for c in found.days if c.worked is worked)
        if days:
            pairs.append((say(key), joined([_span(*span) for span in spans_of(days)])))
    if found.open_was != found.open_from:
        was, now = found.open_was or say("none"), found.open_from or say("none")
        pairs.append((say("diff.open"), say("diff.from_to", was=was, now=now)))
    if pairs:
        show.fields(pairs)
    else:
        show.line(say("diff.same"))


def _span(first: date, last: date) -> str:
    return f"{first}" if first == last else say("span", first=first, last=last)


def closure_line(closure: "Closure") -> str:
    """One closure: where, which days, by which notice."""
    where = "/".join(filter(None, (closure.organ, closure.department)))
    days = joined([_span(*span) for span in spans_of(closure.off)])
    if closure.work:
        days += say("closure.work", days=joined([str(day) for day in closure.work]))
    return say("closure.line", where=where, days=days, notice=closure.notice, name=closure.name)


# -- the preview --------------------------------------------------------------------------------


def show_preview(
    plan: "Plan",
    lines: "Sequence[TouchedCase]",
    names: "NameBook",
    *,
    training: bool,
    applying: bool = False,
) -> None:
    """Which open cases move, and by how much; training cases only where asked for."""
    shown = [line for line in lines if training or not line.training]
    hidden = len(lines) - len(shown)
    if show.wants_json():
        cases = [_line_fields(line) for line in shown]
        body = {"cases": cases, "training_cases": hidden, "applied": False}
        show.emit(plan_fields(plan) | body)
        return
    show.line(say("preview.title", version=plan.version))
    print_changes(plan)
    show.line()
    moved = sum(any(move.moved for move in line.moves) for line in shown)
    show.line(say("preview.count", touched=len(shown), moved=moved))
    rows = [row for line in _worst_first(shown) for row in _rows(line, names)]
    if rows:
        keys = ("number", "department", "limit", "old", "new", "by", "flags")
        show.table([say(f"column.{key}") for key in keys], rows)
    if hidden:
        show.line(say("preview.training", n=hidden))
    if not applying:
        show.line(say("preview.loaded" if plan.known else "preview.apply"))


def _worst_first(lines: "Sequence[TouchedCase]") -> "list[TouchedCase]":
    order = ("moved_into_past", "extension_after_due", "extension_as_told", "no_longer_overdue")

    def rank(line: "TouchedCase") -> tuple[int, int, str]:
        flags = [order.index(w) for w in line.warnings if w in order]
        moved = any(move.moved for move in line.moves)
        return (-1 if line.error else min(flags, default=9), 0 if moved else 1, line.case)

    return sorted(lines, key=rank)


def _rows(line: "TouchedCase", names: "NameBook") -> list[list[str]]:
    number = line.number + (say_cli("list.training_mark") if line.training else "")
    unit = names.unit(line.organ, line.department)
    if line.error is not None:
        return [[number, unit, "", "", "", "", message(line.error)]]
    flags = joined([term("warning", warning) for warning in line.warnings])
    if not line.moves:
        return [[number, unit, say("preview.alarm"), "", "", "", flags]]
    return [
        [
            number if n == 0 else "",
            unit if n == 0 else "",
            _limit(move),
            _day(move.was, provisional=move.was_provisional),
            _day(move.due, provisional=move.provisional),
            _by(move),
            joined([f for f in (_firm(move), flags if n == 0 else "") if f]),
        ]
        for n, move in enumerate(line.moves)
    ]


def _limit(move: "Move") -> str:
    name = limit_name(move.limit, move.ref)
    return say("preview.latest", limit=name) if move.latest else name


def _day(day: date | None, *, provisional: bool) -> str:
    if day is None:
        return say("none")
    return day.isoformat() + (told("due.provisional") if provisional else "")


def _by(move: "Move") -> str:
    if move.working_days is None or not move.moved:
        return ""
    return f"{move.working_days:+d}"


def _firm(move: "Move") -> str:
    if move.was_provisional and not move.provisional:
        return say("preview.firm")
    if move.was == move.due and not move.latest:
        return say("preview.same_day")
    return ""


def _line_fields(line: "TouchedCase") -> dict[str, Any]:
    return {
        "case": line.case,
        "number": line.number,
        "organ": line.organ,
        "department": line.department,
        "training": line.training,
        "limits": [
            {
                "limit": m.limit,
                "ref": m.ref,
                "was": m.was,
                "due": m.due,
                "working_days": m.working_days,
                "was_provisional": m.was_provisional,
                "provisional": m.provisional,
                "latest": m.latest,
            }
            for m in line.moves
        ],
        "flags": list(line.warnings),
        "next_alarm": {"was": line.alarm_was, "now": line.alarm},
        "error": str(line.error.code) if line.error else None,
    }
