"""The proofs of one case for people: every running limit span by span, and every day that a limit
once had, with what moved it and when."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import texts
from cli.case.ledger_table import print_ledger
from cli.frame import show
from cli.frame.words import say
from domain.case.answers.explain import explain
from domain.errors import YishenError
from speech.moved import moved_days
from speech.words import limit as limit_name
from speech.words import spoken, term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.periods.running import Running
    from office.cases.record import Record


def readings_of(record: "Record") -> list[dict[str, object]]:
    """The last days of the reply by other choices of settings; none where nothing can be
    counted."""
    from office.answers.readings import sourced

    try:
        readings = record.readings
    except YishenError:
        return []
    return [asdict(reading) for reading in sourced(readings)] if readings else []


def print_proofs(record: "Record", limits: "Iterable[Running]") -> None:
    """The ledger of each of the `limits` of a case."""
    readings = record.readings
    if readings is None:
        return
    for limit in limits:
        show.line()
        name = limit_name(limit.name, limit.ref)
        show.line(say("case.ledger", limit=name, base=limit.base, due=limit.due))
        cause = texts.text(spoken(), f"evidence.cause.{limit.cause}")
        show.line(say("case.day_zero", cause=cause))
        named = limit.name if limit.name != "reply" else None
        lines = explain(limit.ledger, record.state, readings, limit.name, limit.ref, own=limit.own)
        print_ledger(lines, named)
    if record.unchecked:
        show.line()
        figures = (term("figure", name) for name in record.unchecked)
        named_all = texts.text(spoken(), "evidence.list").join(figures)
        show.line(texts.text(spoken(), "evidence.fact.unchecked", figures=named_all))


def print_moved(record: "Record") -> None:
    """Days that no longer hold: what set them, what moved or ended them, and the day after."""
    if not record.superseded:
        return
    rows = [
        [
            old.limit,
            f"{old.was}",
            old.set_by,
            old.moved_by,
            f"{old.now}" if old.now else "—",
            old.calendar,
        ]
        for old in moved_days(record)
    ]
    show.line()
    show.line(say("moved.title"))
    columns = ("limit", "last_day", "set_by", "moved_by", "now_due", "calendar")
    show.table([say(f"column.{c}") for c in columns], rows)
