"""Fold one event into the state. Total: what was recorded is true; nothing is checked or counted.

`apply` does what the fact says, `counted` what the clock made of it; `evolve` is both, and the
whole state of a case is `folded(blank, events)`. Facts are folded in the order in which they
happened: one that comes last goes onto the state, after one that takes an earlier place all are
folded anew.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import Unpack

from domain.case.act import Consequences, Event
from domain.case.changes import Changes, EntryChanges, replaced
from domain.case.complete import filled
from domain.case.facts import (
    ConflictKept,
    EntryAmended,
    EntryAnnulled,
    EntryApproved,
    EntryRefused,
    Fact,
)
from domain.case.happening import PLACELESS, placed, replaced_in
from domain.case.state import CaseState, Deadline, Law, TimelineEntry, Validity
from domain.case.topics import FOLDS
from domain.case.topics.reopening import as_pinned
from domain.case.wordless import wordless
from domain.clock import WarningCode
from domain.periods.ledger import fingerprint

CORRECTING = (EntryAmended, EntryAnnulled, ConflictKept, EntryApproved, EntryRefused)
"""Facts about other entries."""

RECORDED = frozenset(
    {
        *("id", "organ", "law", "clock_offset", "seq", "timeline", "order"),
        *("receipt_day", "clock_state", "clock_warnings", "deadlines", "marks"),
    }
)
"""Of a state: what follows from the order of recording. All else follows from what happened."""

NOTHING = Consequences.model_construct()  # unchecked: what checks it need not be made for this
"""Of most events."""

_OF_THE_CLOCK = frozenset(WarningCode)


def evolve(state: CaseState, event: Event) -> CaseState:
    """The state after `event`."""
    return counted(apply(state, event), event)


def folded(start: CaseState, events: Iterable[Event]) -> CaseState:
    """The state after `events`, in order, of a case that was as `start`."""
    return reduce(evolve, events, start)


def steps(
    start: CaseState, events: Sequence[Event]
) -> Iterator[tuple[tuple[Event, ...], CaseState]]:
    """The states between which a case was really in: after each event, or after an event and
    all that was found by it; with these."""
    state, together = start, list[Event]()
    for event, after in zip(events, (*events[1:], None), strict=True):
        state = evolve(state, event)
        together.append(event)
        if after is None or after.found_by is None or after.found_by < together[0].seq:
            yield tuple(together), state
            together = []


def apply(state: CaseState, event: Event) -> CaseState:
    """The state after the fact of `event`, its limits not yet counted anew."""
    after = known(state, event)
    if event.consequences is not None or event.after is not None:
        return refolded(after)
    entry = after.timeline[-1]
    if entry.kind in PLACELESS:
        return after
    return replaced(after, **FOLDS[entry.kind](after, entry, entry.what))


def known(state: CaseState, event: Event) -> CaseState:
    """The state with what `event` says of entries and of the law; facts not folded yet."""
    after = entered(state, event)
    if event.what.kind not in PLACELESS:
        return after
    return replaced(after, **FOLDS[event.what.kind](after, after.timeline[-1], event.what))


def entered(state: CaseState, event: Event) -> CaseState:
    """The state with the entry of `event` in its place, and with what that means for others; not
    folded yet."""
    entry = TimelineEntry(
        seq=event.seq,
        at=event.at,
        effective_on=event.effective_on,
        person=event.person,
        role=event.role,
        done_by=event.done_by,
        moved_in_by=event.moved_in_by,
        asked_by=event.asked_by,
        command_id=event.command_id,
        digest=event.digest,
        what=wordless(event.what),
        filled=event.filled,
    )
    order = state.order
    if entry.kind not in PLACELESS:
        order = placed(order, event.seq, event.after)
    found = event.consequences or NOTHING
    for moved in found.moved:
        order = replaced_in(order, moved.seq, moved.after)
    timeline = _with_consequences((*state.timeline, entry), event.what, found)
    after = replaced(state, seq=event.seq, timeline=timeline, order=order)
    if isinstance(event.what, EntryAmended) and event.what.seq == 1:
        return replaced(after, law=_pinned_anew(state, event.what), pinned=None)
    return after


def _pinned_anew(state: CaseState, fact: EntryAmended) -> Law:
    law = as_pinned(state.law, state.pinned)
    return replaced(
        law,
        statute=fact.statute or law.statute,
        calendar=fact.calendar or law.calendar,
        policy=fact.policy or law.policy,
    )


def _with_consequences(
    timeline: tuple[TimelineEntry, ...], fact: Fact, found: Consequences
) -> tuple[TimelineEntry, ...]:
    if found is NOTHING and not isinstance(fact, CORRECTING):
        return timeline
    lines = list(timeline)

    def now(seq: int, **changes: Unpack[EntryChanges]) -> None:
        lines[seq - 1] = replaced(lines[seq - 1], **changes)

    match fact:
        case EntryAmended(seq=seq, what=what) as amended:
            day = amended.day or lines[seq - 1].effective_on
            now(seq, what=wordless(what), filled=filled(what), effective_on=day)
        case EntryAnnulled(seq=seq):
            now(seq, validity=Validity.ANNULLED)
        case ConflictKept(seq=seq):
            now(seq, kept=True)
        case EntryApproved(seq=seq) | EntryRefused(seq=seq):
            now(seq, validity=Validity.DECIDED)
    for seq in (*found.revoked, *found.unfounded):
        now(seq, validity=Validity.REVOKED)
    for seq in (*found.taken_up, *found.founded):
        now(seq, validity=Validity.COUNTS, against=None)
    for aside in found.set_aside:
        now(aside.seq, validity=Validity.SET_ASIDE, against=aside.code)
    for refilled in found.refilled:
        now(refilled.seq, what=refilled.what)
    return tuple(lines)


def same(one: CaseState, other: CaseState) -> bool:
    """Whether the same happened in both, in whatever order it was recorded."""
    names = set(CaseState.model_fields) - RECORDED
    course, course_of_other = (
        [(entry.what, entry.effective_on) for entry in state.happened] for state in (one, other)
    )
    return course == course_of_other and all(
        getattr(one, name) == getattr(other, name) for name in names
    )


def untouched(state: CaseState) -> CaseState:
    """The case as if nothing had happened, under the law it has now."""
    kept = {name: getattr(state, name) for name in RECORDED}
    return CaseState(**kept | {"law": as_pinned(state.law, state.pinned)})


def refolded(state: CaseState) -> CaseState:
    """Everything that counts, folded anew in the order of happening."""
    anew = untouched(state)
    for entry in state.happened:
        anew = replaced(anew, **FOLDS[entry.kind](anew, entry, entry.what))
    return anew


def reworded(state: CaseState, events: Iterable[Event]) -> CaseState:
    """The state with the facts of `events` that are in its timeline said as these say them."""
    timeline = list(state.timeline)
    for event in events:
        entry = timeline[event.seq - 1]
        timeline[event.seq - 1] = replaced(entry, what=wordless(event.what))
    return replaced(state, timeline=tuple(timeline))


def counted(state: CaseState, event: Event) -> CaseState:
    """The state with the limits as the event records them. What was found by another event is
    counted with that."""
    if event.found_by is not None:
        return state
    changes: Changes = {}
    if event.clock_state is not None:
        changes["clock_state"] = event.clock_state
    if event.receipt_day is not None or event.consequences is not None:
        changes["receipt_day"] = event.receipt_day
    known = () if event.what.kind == "case_reopened" else state.clock_warnings
    if event.consequences is not None:
        changes["clock_warnings"] = event.consequences.warnings
    elif event.what.kind == "entry_proposed":
        pass  # its warning is no word of the clock
    elif event.warnings or known is not state.clock_warnings:
        new = (w for w in event.warnings if w in _OF_THE_CLOCK and w not in known)
        changes["clock_warnings"] = (*known, *new)
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
