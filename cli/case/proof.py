"""The proofs of one case for people: every running limit span by span, and every day that a limit
once had, with what moved it and when."""

from datetime import date
from typing import TYPE_CHECKING, Any

import texts
from cli.case.ledger_table import print_ledger
from cli.frame import show
from cli.frame.words import joined, say, spoken, term
from cli.frame.words import limit as limit_name
from domain.case.answers.day_counts import DayCounts, day_counts
from domain.case.answers.explain import explain
from domain.case.count import count
from domain.case.state import CaseState
from domain.errors import YishenError
from domain.periods.ledger import spans_from_json
from domain.periods.running import Running

if TYPE_CHECKING:
    from domain.case.act import Event
    from register.reads.queries import DeadlineLine


def days_of(state: CaseState, today: date) -> DayCounts | None:
    """Days taken, left and late; None where they can't be counted."""
    try:
        return day_counts(count(state, _reached(state, today)).reckoning, state.calendar)
    except YishenError:
        return None


def days_words(days: DayCounts | None) -> str:
    """The day counts in one line; empty where there are none."""
    if days is None:
        return ""
    counts = (("taken", days.taken), ("left", days.left), ("late", days.late or None))
    return joined(
        [
            say(f"used.{name}", n=say(f"used.{days.unit}", n=number))
            for name, number in counts
            if number is not None
        ]
    )


def print_proofs(state: CaseState, deadlines: Any, today: date) -> None:
    """The ledger of each limit that runs; `deadlines` from the case or from the register."""
    if state.receipt is None:
        return
    reckoning = count(state, _reached(state, today)).reckoning
    for limit in deadlines:
        show.line()
        name = limit_name(limit.name, limit.ref)
        show.line(say("case.ledger", limit=name, base=limit.base, due=limit.due))
        cause = texts.text(spoken(), f"evidence.cause.{limit.cause}")
        show.line(say("case.day_zero", cause=cause))
        counted = isinstance(limit, Running)
        spans = limit.ledger if counted else spans_from_json(limit.ledger)
        named = limit.name if limit.name != "reply" else None
        print_ledger(explain(spans, state, reckoning, own=limit.own), named)


def print_moved(deadlines: "list[DeadlineLine]", events: "list[Event]") -> None:
    """Days that no longer hold: what set them, what moved or ended them, and the day after."""
    moved = [d for d in deadlines if d.due is not None and d.superseded_by_seq is not None]
    if not moved:
        return
    known = {event.seq: event for event in events}
    rows = []
    for old in moved:
        after = next(
            (
                d
                for d in deadlines
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


def _reached(state: CaseState, today: date) -> date:
    """Today, or the last day on the clock where that is later."""
    return max([today, *(event.at for event in state.clock)])
