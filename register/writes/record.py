"""Writing the record: events once and in order, their projections, the summary after them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Update, bindparam, delete, exists, insert, select, update
from sqlalchemy.orm import Session

from domain.case.act import Event
from domain.case.facts import EntryAmended, Registered
from domain.case.happening import as_they_stand
from domain.case.summary import REPLIED, Summary
from domain.errors import Code, InputError
from register.chain import beginning, canonical, link
from register.models import Applicant, Base, CaseEvent, CaseStart, Request, TaskRow
from register.writes.notify import queue_notices
from register.writes.project import HAS_ROWS, Add, changes, rebuilt
from register.writes.remedies import keep_remedies
from register.writes.requests import applicant_columns, mark_started
from register.writes.search import brings_words, keep_tokens
from register.writes.starts import drop_past

# Built once: with twenty columns, putting a statement together costs more than running it.
HEAD = (
    select(CaseEvent.seq, CaseEvent.hash)
    .where(CaseEvent.case_id == bindparam("of_case"))
    .order_by(CaseEvent.seq.desc())
    .limit(1)
)
REQUEST = (
    select(Request.organ, Request.training, Request.seq, Request.number)
    .where(Request.id == bindparam("of_case"))
    .with_for_update()
)
KEEP_REQUEST = update(Request).where(Request.id == bindparam("of_case"))
KEEP_SUMMARY = KEEP_REQUEST.values(
    {
        column: exists().where(table.__table__.c.case_id == bindparam("of_case"))
        for column, table in HAS_ROWS.items()
    }
)
"""With what follows from the projections, which are written before."""
DROP_TASKS = delete(TaskRow).where(TaskRow.case_id == bindparam("of_case"))


def record(session: Session, case_id: str, events: Sequence[Event], summary: Summary) -> None:
    """Append what is new of `events`, apply it to the projections, keep the summary.

    Repeating a batch changes nothing. Needs a writing session; all or nothing with it.
    InputError: `unknown_case`, `record_conflict` (an event is there with other content),
    `record_gap` (events are missing between the record and the batch). None of these heals by
    trying again, as Unreachable(key_…) does: what the case is found by can't be kept.
    """
    # Core on the session's connection: the same statements without the unit of work cost half.
    db = session.connection()
    of_case = {"of_case": case_id}
    request = db.execute(REQUEST, of_case).one_or_none()
    if request is None:
        raise InputError(Code.UNKNOWN_CASE, case=case_id)
    new = append(db, case_id, events)
    anew = any(event.rewrites for event in new)
    if anew:
        _project_anew(db, case_id)
    else:
        for event in new:
            for change in changes(event):
                _apply(db, case_id, change)
    if summary.seq >= request.seq:
        db.execute(KEEP_SUMMARY, of_case | summary_values(summary))
        db.execute(DROP_TASKS, of_case)
        tasks = task_rows(case_id, request.organ, request.training, summary)
        if tasks:
            db.execute(insert(TaskRow), tasks)
        if summary.proceedings or anew:
            keep_remedies(db, case_id, summary)
    if drop_past(session, case_id, new):
        mark_started(session, case_id, datetime.now(UTC))
    if brings_words(new):
        keep_tokens(session, [case_id])
    if new:
        queue_notices(db, case_id, request.organ, request.number, new, summary)


def append(db: Connection, case_id: str, events: Sequence[Event]) -> Sequence[Event]:
    """Write the events that are not there yet at the end of the chain; returns these."""
    head = db.execute(HEAD, {"of_case": case_id}).one_or_none()
    last, prev = (head.seq, head.hash) if head else (0, _beginning(db, case_id))
    _compare(db, case_id, [event for event in events if event.seq <= last])
    new = [event for event in events if event.seq > last]
    rows = []
    now = datetime.now(UTC)
    for seq, event in enumerate(new, last + 1):
        if event.seq != seq:
            raise InputError(Code.RECORD_GAP, case=case_id, have=seq - 1, seq=event.seq)
        rows.append(event_row(case_id, event, prev) | {"written_at": now})
        prev = rows[-1]["hash"]
    if rows:
        db.execute(insert(CaseEvent), rows)
    return new


def _beginning(db: Connection, case_id: str) -> str:
    start = select(CaseStart.input).where(CaseStart.case_id == case_id)
    return beginning(db.execute(start).scalar_one())


def _project_anew(db: Connection, case_id: str) -> None:
    """All projections of the case, where a fact took an earlier place than the last."""
    body = select(CaseEvent.body).where(CaseEvent.case_id == case_id).order_by(CaseEvent.seq)
    events = [Event.model_validate_json(text) for text in db.scalars(body)]
    for table, rows in rebuilt(case_id, events).items():
        db.execute(delete(table).where(table.__table__.c.case_id == case_id))
        if rows:
            db.execute(insert(table), rows)
    request, applicant = registration(events)
    if request:
        db.execute(KEEP_REQUEST, {"of_case": case_id, **request})
        db.execute(update(Applicant).where(Applicant.case_id == case_id), applicant)


def registration(events: Sequence[Event]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of the request and of its applicant, as the first entry stands; none of a record
    that doesn't say who asked for what."""
    first = as_they_stand(events)[1].what
    if not isinstance(first, Registered) or first.applicant is None:
        return {}, {}
    request: dict[str, Any] = {
        "channel": first.receipt.channel.value,
        "arrived": first.receipt.arrived,
        "subject": first.subject,
        "form_wished": first.form_wished,
    }
    pinned = [e.what.statute for e in events if isinstance(e.what, EntryAmended)]
    for statute in filter(None, pinned):
        request["statute"] = statute.id
    return request, applicant_columns(first.applicant)


def event_row(case_id: str, event: Event, prev_hash: str) -> dict[str, Any]:
    """The row of an event whose predecessor has `prev_hash`; without `written_at`."""
    body = canonical(event)
    return event_columns(case_id, event) | {
        "body": body,
        "prev_hash": prev_hash,
        "hash": link(prev_hash, case_id, body),
    }


def event_columns(case_id: str, event: Event) -> dict[str, Any]:
    """What stands beside the text of an event to find it by, and says nothing that it doesn't."""
    return {
        "case_id": case_id,
        "seq": event.seq,
        "kind": event.what.kind,
        "at": event.at,
        "effective_on": event.effective_on,
        "person": event.person,
        "asked_by": event.asked_by,
        "role": event.role.value,
        "command_id": event.command_id,
    }


def _compare(db: Connection, case_id: str, known: Sequence[Event]) -> None:
    if not known:
        return
    rows = db.execute(
        select(CaseEvent.seq, CaseEvent.body).where(
            CaseEvent.case_id == case_id, CaseEvent.seq.in_([event.seq for event in known])
        )
    )
    bodies = {row.seq: row.body for row in rows}
    for event in known:
        body = bodies.get(event.seq, "")
        # Another text may still be the same event, written before a field was added.
        if body != canonical(event) and (not body or Event.model_validate_json(body) != event):
            raise InputError(Code.RECORD_CONFLICT, case=case_id, seq=event.seq)


def _apply(db: Connection, case_id: str, change: Any) -> None:
    if isinstance(change, Add):
        db.execute(insert(change.table), [change.values | {"case_id": case_id}])
        return
    where = {"case_id": case_id, **change.where}
    empty = tuple(name for name, value in where.items() if value is None)
    full = tuple(name for name in where if name not in empty)
    values = {f"new_{name}": value for name, value in change.values.items()}
    values |= {f"of_{name}": where[name] for name in full}
    db.execute(_set(change.table, full, empty, tuple(change.values)), values)


@lru_cache(maxsize=256)
def _set(
    table: type[Base], full: tuple[str, ...], empty: tuple[str, ...], changed: tuple[str, ...]
) -> Update:
    """The statement of one kind of change, built once."""
    return (
        update(table)
        .where(
            *(getattr(table, name) == bindparam(f"of_{name}") for name in full),
            *(getattr(table, name).is_(None) for name in empty),
        )
        .values({name: bindparam(f"new_{name}") for name in changed})
    )


def summary_values(summary: Summary) -> dict[str, Any]:
    """The columns of `requests` that come from a summary."""
    # A case that was reopened counts in the figures by its first reply.
    first = summary.first or summary
    dispatch, ending = first.dispatch, first.ending
    return {
        "seq": summary.seq,
        "status": summary.status.value,
        "is_open": summary.status not in REPLIED,
        "mover": summary.mover.value,
        "clock_state": summary.clock_state,
        "receipt_day": first.receipt_day,
        "department": summary.department,
        "handler": summary.handler,
        "due": summary.due,
        "due_at": summary.due_at,
        "provisional": summary.provisional,
        "reply_kind": first.reply_kind,
        "dispatched_on": dispatch.on if dispatch else None,
        "dispatch_channel": dispatch.channel.value if dispatch else None,
        "in_time": dispatch.in_time if dispatch else None,
        "ended_how": ending.how.value if ending else None,
        "ended_on": ending.on if ending else None,
        "ended_kind": ending.reply_kind if ending else None,
        "ended_cause": ending.cause.value if ending and ending.cause else None,
        "next_alarm": summary.next_alarm,
        "clock_offset": summary.clock_offset,
    }


def task_rows(case_id: str, organ: str, training: bool, summary: Summary) -> list[dict[str, Any]]:
    """The rows of `tasks` that come from a summary."""
    return [
        {
            "case_id": case_id,
            "position": position,
            "organ": organ,
            "training": training,
            "kind": task.kind,
            "role": task.role.value,
            "person": task.person,
            "department": task.department,
            "ref": task.ref,
            "due": task.due,
        }
        for position, task in enumerate(summary.tasks)
    ]
