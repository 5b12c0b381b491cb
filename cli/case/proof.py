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
from speech.words import limit as limit_name
from speech.words import spoken, term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.case.act import Event
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
    known = {event.seq: event for event in record.events}
    rows = []
    for old in record.superseded:
        after = next(
            (
                d
                for d in record.limits
                if (d.name, d.ref, d.set_by_seq) == (old.name, old.ref, old.superseded_by_seq)
            ),
            None,
        )
        rows.append(
            [
                limit_name(old.name, old.ref),
                f"{old.due}",
                _event(known.get(old.set_by_seq)),
                _event(known.get(old.superseded_by_seq or 0)),
                f"{after.due}" if after and after.due else "—",
                old.calendar_version,
            ]
        )
    show.line()
    show.line(say("moved.title"))
    columns = ("limit", "last_day", "set_by", "moved_by", "now_due", "calendar")
    show.table([say(f"column.{c}") for c in columns], rows)


def _event(event: "Event | None") -> str:
    if event is None:
        return ""
    ref = getattr(event.what, "ref", None)
    act = term("kind", event.what.kind) + (f" {ref}" if ref else "")
    return say("moved.set_by", day=event.effective_on, act=act, seq=event.seq)
