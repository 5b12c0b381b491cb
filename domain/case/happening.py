"""The order of happening, told by the record: each event says after which other its fact comes.

What counts for the law is this order, whatever the order of recording.
"""

from collections.abc import Iterable

from domain.case.act import Event

PLACELESS = frozenset({"alarm_raised", "law_revised", "noted", "training_advanced"})
"""Kinds that take no place in it: they do the same wherever they stand."""


def placed(order: tuple[int, ...], seq: int, after: int | None) -> tuple[int, ...]:
    """The order with `seq` right after `after` (0: before all; None: last)."""
    if after is None:
        return (*order, seq)
    place = order.index(after) + 1 if after else 0
    return (*order[:place], seq, *order[place:])


def counting(events: Iterable[Event]) -> list[Event]:
    """The events whose facts take a place and count, in the order of happening."""
    order: tuple[int, ...] = ()
    by_seq: dict[int, Event] = {}
    out: set[int] = set()
    for event in events:
        by_seq[event.seq] = event
        if event.what.kind not in PLACELESS:
            order = placed(order, event.seq, event.after)
        found = event.consequences
        if found is not None:
            out.update(found.revoked, (aside.seq for aside in found.set_aside))
            out.difference_update(found.taken_up)
    return [by_seq[seq] for seq in order if seq not in out]
