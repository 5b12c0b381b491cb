"""The answer to a request, in words of JSON."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from domain.clock import ClockState, LimitName, Reckoning
from domain.clock.aiming import aim, limits
from domain.clock.readings import Readings
from domain.periods.ledger import Span, spans_to_json
from office.answers.checked import of_answer
from office.answers.readings import sourced


def in_words(counted: Readings) -> dict[str, Any]:
    """The answer of the contract; a key with `?` there is left out where it does not apply."""
    r = counted.own
    found: dict[str, Any] = {
        "ok": True,
        "statute": r.statute.id,
        "receipt_day": _iso(r.receipt_day),
        "state": r.state.value,
        "due": _iso(r.due_at or r.due),
    }
    if r.state is ClockState.RUNNING or r.overdue:
        found["overdue"] = r.overdue
    if r.due_before_extension is not None:
        found["due_before_extension"] = _iso(r.due_before_extension)
    if r.state is ClockState.PAUSED:
        found["working_days_left"] = r.working_days_left
        found["due_if_answered"] = _iso(r.due_if_answered)
        found["due_at_latest"] = _iso(r.due_at_latest)
    found["provisional"] = r.provisional
    if r.reply_in_time is not None:
        found["reply_in_time"] = r.reply_in_time
    found["limits"] = _limits(replace(r, limits=limits(counted, aim(counted))))
    found["consultations"] = [
        {
            "ref": c.ref,
            "kind": c.kind.value,
            "limit": _iso(c.limit),
            "from": _iso(c.asked),
            "to": _iso(c.answered),
        }
        for c in r.consultations
    ]
    found["warnings"] = [warning.value for warning in r.warnings]
    if unchecked := of_answer(r):
        found["unchecked"] = list(unchecked)
    found["ledger"] = _decided(counted)
    found["readings"] = readings_in_json(counted)
    found["superseded"] = [
        {"receipt_day": _iso(s.receipt_day), "due": _iso(s.due), "why": s.why.value}
        for s in r.superseded
    ]
    return found


def readings_in_json(counted: Readings) -> list[dict[str, Any]]:
    """Where a setting gives another last day: each choice with its day, the earliest first."""
    return [asdict(reading) | {"due": _iso(reading.due)} for reading in sourced(counted)]


def _decided(counted: Readings) -> list[dict[str, Any]]:
    """The ledger, each span that settings decided with them."""
    spans = ledger(counted.own.ledger)
    for span, names in zip(spans, counted.behind(counted.own.ledger, "reply"), strict=True):
        if names:
            span["settings"] = {name: getattr(counted.policy, name) for name in names}
    return spans


def ledger(spans: Sequence[Span]) -> list[dict[str, Any]]:
    """The spans of a ledger as an answer has them: null where no article is to be named."""
    return [span | {"article": span["article"] or None} for span in spans_to_json(spans)]


def _limits(r: Reckoning) -> dict[str, str | None]:
    """Every limit but the reply's own, which is `due`; of several answers awaited, the earliest."""
    names = dict.fromkeys(limit.name for limit in r.limits if limit.name != LimitName.REPLY)
    found = {name: r.limit(name) for name in names}
    return {str(name): _iso(limit.due) for name, limit in found.items() if limit}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
