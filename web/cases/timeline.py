"""What happened in a case, line by line, as the page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from domain.case.people import DESK, method_of, way_of
from domain.case.state import TimelineEntry, Validity
from domain.signing_in import WITH_FACTOR
from domain.values import legal_day
from office.cases.record import Record
from speech.detail import detail
from speech.marks import marks_of
from speech.names import NameBook
from speech.words import term

GONE = (Validity.ANNULLED, Validity.REVOKED, Validity.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One entry; `entered`: the day it was recorded, where that is not the day it happened and
    the case did not move in with it; `struck`: it does not count; `by_system`: nobody did it, it
    came about; `confirmed`: how who signed had proved to be themselves."""

    seq: int
    on: date
    entered: date | None
    act: str
    mark: str
    detail: str
    person: str
    recorder: str
    struck: bool
    by_system: bool
    confirmed: str


@dataclass(frozen=True, slots=True)
class TimelineRun:
    """Entries that follow each other: one alone, or several `reminders`, to be unfolded."""

    entries: tuple[TimelineLine, ...]
    reminders: bool


REMINDER = "alarm_raised"

FEW = 2
"""Reminders beside each other that need no folding."""


def runs(record: Record, known: NameBook) -> Iterator[TimelineRun]:
    """Every entry, the newest first; a late case is reminded of every day."""
    kinds = {entry.seq: entry.kind for entry in record.state.timeline}
    for reminded, group in groupby(lines(record, known), lambda x: kinds[x.seq] == REMINDER):
        found = tuple(group)
        if reminded and len(found) > FEW:
            yield TimelineRun(found, True)
        else:
            yield from (TimelineRun((one,), False) for one in found)


def lines(record: Record, known: NameBook) -> Iterator[TimelineLine]:
    """Every entry, the newest first."""
    entries = record.state.timeline
    recorded = {event.seq: event for event in record.events}
    marks = marks_of(entries)
    organ = record.row.line.organ
    for entry in reversed(entries):
        event = recorded.get(entry.seq)
        entered, moved_in = _entered(entry), entry.moved_in_by is not None
        yield TimelineLine(
            seq=entry.seq,
            on=entry.effective_on,
            entered=entered if entered != entry.effective_on and not moved_in else None,
            act=term("kind", entry.kind),
            mark=marks.get(entry.seq, ""),
            detail=detail(event, organ, known, record.today) if event else "",
            person=known.short(entry.doer),
            recorder=known.short(entry.person) if entry.doer != entry.person else "",
            struck=entry.validity in GONE and not entry.kept,
            by_system=entry.person == "system",
            confirmed=_confirmed(entry),
        )


def _confirmed(entry: TimelineEntry) -> str:
    by = entry.asked_by
    if by is None or way_of(by) != DESK or entry.kind not in WITH_FACTOR:
        return ""
    return term("sign_in_method", method_of(by))


def _entered(entry: TimelineEntry) -> date:
    return legal_day(entry.at)
