"""How much fits: in one act, in one handing over to the register, in one case. The engine takes
two million bytes at once, and a case that holds more could never be written or go on."""

from collections.abc import Sequence
from itertools import islice

from domain.case.act import Act, Event
from domain.case.record import Decided
from domain.case.state import CaseState
from domain.errors import Code, InputError, Refusal
from domain.values import Value

ACT_BYTES = 172_000
"""Of an act whose words are sealed: a third more than was typed."""
BATCH_BYTES = 1_000_000
CASE_BYTES = 1_000_000
NOTES_BYTES = 700_000
"""From here on a case takes no more notes and papers, so that it can still be brought to its
end."""

_FREELY = ("noted", "item_added", "evidence_listed")
"""Kinds that may be repeated without end."""


def size(value: Value) -> int:
    """Bytes of a value where it is handed over."""
    return len(value.model_dump_json().encode())


def check_size(act: Act) -> None:
    """The act can be handed over. InputError(act_too_large)."""
    if (given := size(act)) > ACT_BYTES:
        raise InputError(Code.ACT_TOO_LARGE, size=given, max=ACT_BYTES)


def recordable(act: Act, decided: Decided) -> Decided:
    """`decided` as it is, where all of it can be handed over and read again.

    InputError(not_recordable), Refusal(case_full).
    """
    for event in decided.events:
        check_readable(event)
    most = NOTES_BYTES if act.what.kind in _FREELY else CASE_BYTES
    if decided.events and _grown(decided.state) > most:
        raise Refusal(Code.CASE_FULL)
    return decided


def _grown(state: CaseState) -> int:
    """Bytes of what acts have added; the law is as large as it was, and slow to write down."""
    return len(state.model_dump_json(exclude={"law"}).encode())


def check_readable(event: Event) -> None:
    """The record will say what was decided. InputError(not_recordable)."""
    try:
        same = Event.model_validate_json(event.model_dump_json()) == event
    except ValueError as error:
        raise InputError(Code.NOT_RECORDABLE, kind=event.what.kind, detail=error) from error
    if not same:
        raise InputError(Code.NOT_RECORDABLE, kind=event.what.kind, detail="")


def portion(events: Sequence[Event], most: int) -> tuple[Event, ...]:
    """The first of `events`, at most so many and as fit into one handing over; never none."""
    if len(events) <= 1:
        return tuple(events)
    room = BATCH_BYTES
    for count, event in enumerate(islice(events, most)):
        room -= size(event)
        if room < 0 and count:
            return tuple(events[:count])
    return tuple(events[:most])
