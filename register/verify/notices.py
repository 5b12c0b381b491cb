"""Notices against the events that they tell of.

Whom a notice reached was resolved from the people of the moment and can't be derived; that one was
made for each alarm, about an event that is there, in the words of the alarm, can.
"""

from collections.abc import Iterator, Sequence

from domain.case import facts as f
from domain.case.act import Event
from domain.case.notices import UNFOUNDED, alarm_told, is_notice
from domain.case.revising import Flag
from domain.numbers import number_of
from register.models import Notice
from register.verify.found import Mismatch, missing, surplus
from register.verify.rows import Rows
from register.writes.notify import notice_id
from register.writes.outbox import file_of
from register.writes.project import RowValues


def of_notices(case: str, rows: Rows, events: Sequence[Event]) -> Iterator[Mismatch]:
    """Every difference between the notices of a case and its events."""
    by_seq = {event.seq: event for event in events}
    told = set()
    for row in rows[Notice]:
        told.add(row["seq"])
        event = by_seq.get(row["seq"])
        if event is None or row["kind"] not in _kinds(event):
            yield surplus(case, "notices", row["id"], row["kind"])
            continue
        for name, value in _said(case, row, event).items():
            if row[name] != value:
                yield Mismatch(case, "notices", row["id"], name, row[name], value)
        yield from delivered(case, row)
    for event in events:
        if event.seq in told or event.at == events[0].at:  # nothing of a past must be told
            continue
        if isinstance(event.what, f.AlarmRaised) and is_notice(event):
            yield missing(case, "notices", str(event.seq), event.what.step)


def delivered(case: str, row: RowValues) -> Iterator[Mismatch]:
    """A notice that went out says when and as which file, and no other does."""
    sent = row["state"] == "sent"
    if sent != (row["sent_at"] is not None):
        yield Mismatch(case, "notices", row["id"], "state", row["state"], row["sent_at"])
    if row["file_name"] != (wanted := file_of(row["id"]) if sent else None):
        yield Mismatch(case, "notices", row["id"], "file_name", row["file_name"], wanted)


def _said(case: str, row: RowValues, event: Event) -> RowValues:
    words = {"number": number_of(case), "case": case}
    if isinstance(event.what, f.AlarmRaised) and row["kind"] != UNFOUNDED:
        words |= alarm_told(event.what).payload
    return {
        "id": notice_id(case, row["seq"], row["recipient"]),
        "payload": row["payload"] | words,
    }


def _kinds(event: Event) -> frozenset[str]:
    """What a notice of the event may be called."""
    kinds = {UNFOUNDED} if event.consequences and event.consequences.unfounded else set()
    if isinstance(event.what, f.AlarmRaised):
        return frozenset(kinds | {alarm_told(event.what).kind})
    return frozenset(kinds | {event.what.kind, Flag.NO_LONGER_OVERDUE})
