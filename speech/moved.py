"""Days that limits once had: what set each, what moved or ended it, and the day after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from speech.words import limit as limit_name
from speech.words import say, term

if TYPE_CHECKING:
    from domain.case.act import Event
    from office.cases.record import Record


@dataclass(frozen=True, slots=True)
class MovedDay:
    """A day `was` of a limit that no longer holds; `now` the day after it (None: none runs);
    `calendar`: the version it was counted by."""

    limit: str
    was: date
    now: date | None
    set_by: str
    moved_by: str
    calendar: str


def moved_days(record: "Record") -> Iterator[MovedDay]:
    """Each in the order of setting."""
    known = {event.seq: event for event in record.events}
    after = {(x.name, x.ref, x.set_by_seq): x.due for x in record.limits}
    for old in record.superseded:
        if old.due is not None:
            yield MovedDay(
                limit=limit_name(old.name, old.ref),
                was=old.due,
                now=after.get((old.name, old.ref, old.superseded_by_seq or 0)),
                set_by=_event(known.get(old.set_by_seq)),
                moved_by=_event(known.get(old.superseded_by_seq or 0)),
                calendar=old.calendar_version,
            )


def _event(event: "Event | None") -> str:
    if event is None:
        return ""
    ref = getattr(event.what, "ref", None)
    act = term("kind", event.what.kind) + (f" {ref}" if ref else "")
    return say("moved.by", day=event.effective_on, act=act, seq=event.seq)
