"""Fold one event into the state. Total: what was recorded is true; nothing is checked here.

`apply` does what the fact says, `counted` what the clock made of it; `evolve` is both, and the
whole state of a case is `folded(blank, events)`.
"""

from collections.abc import Iterable
from functools import reduce

from domain.case.act import Event
from domain.case.changes import Changes, replaced
from domain.case.state import CaseState, Deadline, TimelineEntry
from domain.case.topics import FOLDS
from domain.periods.ledger import fingerprint


def evolve(state: CaseState, event: Event) -> CaseState:
    """The state after `event`."""
    return counted(apply(state, event), event)


def folded(start: CaseState, events: Iterable[Event]) -> CaseState:
    """The state after `events`, in order, of a case that was as `start`."""
    return reduce(evolve, events, start)


def apply(state: CaseState, event: Event) -> CaseState:
    """The state after the fact of `event`, its limits not yet counted anew."""
    entry = TimelineEntry(
        seq=event.seq,
        at=event.at,
        effective_on=event.effective_on,
        kind=event.what.kind,
        person=event.person,
        role=event.role,
        moved_in_by=event.moved_in_by,
        command_id=event.command_id,
        digest=event.digest,
    )
    changes = FOLDS[event.what.kind](state, event, event.what)
    changes |= {"seq": event.seq, "timeline": (*state.timeline, entry)}
    return replaced(state, **changes)


def counted(state: CaseState, event: Event) -> CaseState:
    """The state with the limits as the event records them."""
    changes: Changes = {}
    if event.clock_state is not None:
        changes["clock_state"] = event.clock_state
    if event.receipt_day is not None:
        changes["receipt_day"] = event.receipt_day
    if event.warnings:
        known = state.clock_warnings
        changes["clock_warnings"] = (*known, *(w for w in event.warnings if w not in known))
    if event.deadlines:
        running = {(d.name, d.ref): d for d in state.deadlines}
        for change in event.deadlines:
            key = (change.name, change.ref)
            if change.due is None or change.base is None:
                running.pop(key, None)
            else:
                running[key] = Deadline(
                    name=change.name,
                    ref=change.ref,
                    base=change.base,
                    due=change.due,
                    article=change.article,
                    cause=change.cause,
                    own=change.own,
                    proof=fingerprint(change.ledger),
                    provisional=change.provisional,
                )
        changes["deadlines"] = tuple(running.values())
    return replaced(state, **changes) if changes else state
