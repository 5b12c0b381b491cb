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
from speech.calendars import expected, preview_rows, worst_first
from speech.words import joined, spoken

if TYPE_CHECKING:
    from domain.calendar.closures import Closure
    from domain.calendar.diff import Difference
    from office.calendar_change import Plan, TouchedCase, WrongFileError
    from speech.calendars import MovedLimit
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
    rows = [_row(row) for line in worst_first(shown) for row in preview_rows(line, names)]
    if rows:
        keys = ("number", "department", "limit", "old", "new", "by", "flags")
        show.table([say(f"column.{key}") for key in keys], rows)
    if hidden:
        show.line(say("preview.training", n=hidden))
    if not applying:
        show.line(say("preview.loaded" if plan.known else "preview.apply"))


def _row(row: "MovedLimit") -> list[str]:
    mark = say_cli("list.training_mark") if row.number and row.training else ""
    unit = row.unit if row.number else ""
    return [row.number + mark, unit, row.limit, row.was, row.due, row.by, row.flags]


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
