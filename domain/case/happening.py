"""The order of happening, told by the record: each event says after which other its fact comes.

What counts for the law is this order, whatever the order of recording.
"""

from collections.abc import Iterable, Sequence

from domain.case.act import Event
from domain.case.changes import replaced
from domain.case.facts import EntryAmended, EntryAnnulled
from domain.case.facts.correcting import CORRECTIONS

PLACELESS = CORRECTIONS | {
    *("alarm_raised", "law_revised", "noted", "training_advanced"),
    *("entry_proposed", "entry_approved", "entry_refused"),
}
"""Kinds that take no place in it: they do the same wherever they stand."""


def placed(order: tuple[int, ...], seq: int, after: int | None) -> tuple[int, ...]:
    """The order with `seq` right after `after` (0: before all; None: last)."""
    if after is None:
        return (*order, seq)
    place = order.index(after) + 1 if after else 0
    return (*order[:place], seq, *order[place:])


def replaced_in(order: tuple[int, ...], seq: int, after: int | None) -> tuple[int, ...]:
    """The order with `seq` taken from where it stood, and put right after `after`."""
    return placed(tuple(other for other in order if other != seq), seq, after)


def as_they_stand(events: Iterable[Event]) -> dict[int, Event]:
    """The events by number, with what they were amended to."""
    found: dict[int, Event] = {}
    for event in events:
        found[event.seq] = event
        if isinstance(event.what, EntryAmended):
            seq, what = event.what.seq, event.what.what
            day = event.what.day or found[seq].effective_on
            found[seq] = replaced(found[seq], what=what, effective_on=day)
    return found


def counting(events: Sequence[Event]) -> list[Event]:
    """The events whose facts take a place and count, in the order of happening."""
    order: tuple[int, ...] = ()
    out: set[int] = set()
    for event in events:
        if event.what.kind not in PLACELESS:
            order = placed(order, event.seq, event.after)
        if isinstance(event.what, EntryAnnulled):
            out.add(event.what.seq)
        found = event.consequences
        if found is not None:
            out.update(found.revoked, (aside.seq for aside in found.set_aside))
            out.difference_update(found.taken_up)
            for moved in found.moved:
                order = replaced_in(order, moved.seq, moved.after)
    by_seq = as_they_stand(events)
    return [by_seq[seq] for seq in order if seq not in out]
