"""What an event means for the projections: a table of fact -> changes of rows.

`changes` is pure; `register.writes.record` runs the changes as SQL, `register.verify` on rows in
memory, so a projection and its rebuilding can't drift apart.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.case import facts as f
from domain.case.act import DeadlineChange, Event
from domain.case.happening import counting
from domain.periods.ledger import spans_to_json
from register.models import (
    Base,
    ConsultationRow,
    DeadlineRow,
    FeeRow,
    RecordItem,
    SignOff,
)

RowValues = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Add:
    """A new row; the case is filled in by whoever runs it."""

    table: type[Base]
    values: RowValues


@dataclass(frozen=True, slots=True)
class Set:
    """Change the rows of the case where all of `where` holds (None: is empty)."""

    table: type[Base]
    where: RowValues
    values: RowValues


RowChange = Add | Set
Projector = Callable[[Event, Any], Iterator[RowChange]]

PROJECTED: tuple[type[Base], ...] = (RecordItem, SignOff, ConsultationRow, DeadlineRow, FeeRow)
"""Tables whose rows come from events alone; `requests` and `tasks` come from the summary."""

HAS_ROWS: Mapping[str, type[Base]] = {"had_items": RecordItem, "was_signed": SignOff}
"""Columns of `requests` that say whether the case has a row in a projection, and in which. They
decide who may read the case, and counts ask them of very many."""

REVIEW: RowValues = {
    "decision": None,
    "reviewer": None,
    "reviewed_on": None,
    "ground": None,
    "article": None,
    "released_sha256": None,
    "public_interest": None,
}
"""An item without review."""


PRESENT: RowValues = {"closed_by_seq": None}
"""Rows of the present reply, not of one before an order to reply anew."""


def changes(event: Event) -> Iterator[RowChange]:
    """All changes of `event`, in order: what its fact says, then its limits."""
    yield from _of_fact(event)
    yield from _of_limits(event)


def rebuilt(case_id: str, events: Sequence[Event]) -> Mapping[type[Base], list[RowValues]]:
    """The projections of a case from all its events: what counts of the facts, in the order of
    happening; the limits as they were recorded."""
    rows: dict[type[Base], list[RowValues]] = {table: [] for table in PROJECTED}
    facts = (change for event in counting(events) for change in _of_fact(event))
    limits = (change for event in events for change in _of_limits(event))
    for change in (*facts, *limits):
        if isinstance(change, Add):
            rows[change.table].append({"case_id": case_id, **change.values})
            continue
        for row in rows[change.table]:
            if all(row[name] == value for name, value in change.where.items()):
                row.update(change.values)
    return rows


def has_rows(rows: Mapping[type[Base], Sequence[RowValues]]) -> RowValues:
    """The columns of the request that follow from its projections."""
    return {column: bool(rows[table]) for column, table in HAS_ROWS.items()}


def _of_fact(event: Event) -> Iterator[RowChange]:
    projector = _PROJECTORS.get(event.what.kind)
    if projector is not None:
        yield from projector(event, event.what)


def _of_limits(event: Event) -> Iterator[RowChange]:
    for position, change in enumerate(event.deadlines):
        yield from _deadline(event, position, change)


def _deadline(event: Event, position: int, change: DeadlineChange) -> Iterator[RowChange]:
    running = {"name": change.name, "ref": change.ref, "superseded_by_seq": None}
    yield Set(DeadlineRow, running, {"superseded_by_seq": event.seq})
    values = change.model_dump(exclude={"ledger"})
    yield Add(
        DeadlineRow,
        values
        | {
            "set_by_seq": event.seq,
            "position": position,
            "ledger": spans_to_json(change.ledger),
            "superseded_by_seq": None,
        },
    )


# -- consultation -------------------------------------------------------------------------------


def _consultation_sent(event: Event, fact: f.ConsultationSent) -> Iterator[RowChange]:
    yield Add(
        ConsultationRow,
        {
            "closed_by_seq": None,
            "ref": fact.ref,
            "party": fact.party.value,
            "name": fact.name,
            "items": list(fact.items),
            "sent": event.effective_on,
            "delivered": fact.delivered or event.effective_on,
            "answered": None,
            "answer": None,
            "reason": None,
            "silent_on": None,
        },
    )


def _consultation_delivered(event: Event, fact: f.ConsultationDelivered) -> Iterator[RowChange]:
    yield Set(ConsultationRow, {"ref": fact.ref}, {"delivered": event.effective_on})


def _consultation_answered(event: Event, fact: f.ConsultationAnswered) -> Iterator[RowChange]:
    answer = {
        "answered": event.effective_on,
        "answer": fact.answer.value,
        "reason": fact.reason,
    }
    yield Set(ConsultationRow, {"ref": fact.ref}, answer)


def _consultation_silent(event: Event, fact: f.ConsultationSilent) -> Iterator[RowChange]:
    yield Set(ConsultationRow, {"ref": fact.ref}, {"silent_on": event.effective_on})


# -- fee ----------------------------------------------------------------------------------------


def _fee_notice_sent(event: Event, fact: f.FeeNoticeSent) -> Iterator[RowChange]:
    yield Add(
        FeeRow,
        {
            "closed_by_seq": None,
            "seq": event.seq,
            "standard": fact.standard,
            "amount": fact.amount,
            "ground": fact.ground,
            "how_to_pay": fact.how_to_pay,
            "sent": event.effective_on,
            "delivered": fact.delivered or event.effective_on,
            "paid_on": None,
            "paid_amount": None,
            "lapsed_on": None,
        },
    )


def _fee_paid(event: Event, fact: f.FeePaid) -> Iterator[RowChange]:
    paid = {"paid_on": event.effective_on, "paid_amount": fact.amount}
    yield Set(FeeRow, {"paid_on": None} | PRESENT, paid)


def _lapsed(event: Event, fact: f.Lapsed) -> Iterator[RowChange]:
    if fact.cause is f.LapseCause.FEE:
        yield Set(FeeRow, {"paid_on": None} | PRESENT, {"lapsed_on": event.effective_on})


def _reinstated(event: Event, fact: f.Reinstated) -> Iterator[RowChange]:
    yield Set(FeeRow, {"paid_on": None} | PRESENT, {"lapsed_on": None})


# -- record items, review, signatures -----------------------------------------------------------


def _unsigned(event: Event) -> RowChange:
    """Every signature falls: what it rested on has changed."""
    return Set(SignOff, {"voided_by_seq": None} | PRESENT, {"voided_by_seq": event.seq})


def _item_added(event: Event, fact: f.ItemAdded) -> Iterator[RowChange]:
    yield _unsigned(event)
    yield Add(
        RecordItem,
        {
            "closed_by_seq": None,
            "ref": fact.ref,
            "title": fact.title,
            "sha256": fact.sha256,
            "pages": fact.pages,
            "added_by": event.person,
            "added_seq": event.seq,
            "returned": None,
        }
        | REVIEW,
    )


def _item_replaced(event: Event, fact: f.ItemReplaced) -> Iterator[RowChange]:
    yield _unsigned(event)
    version: RowValues = {
        "sha256": fact.sha256,
        "pages": fact.pages,
        "added_by": event.person,
        "added_seq": event.seq,
        "returned": None,
    }
    title = {"title": fact.title} if fact.title else {}
    yield Set(RecordItem, {"ref": fact.ref}, version | title | REVIEW)


def _item_reviewed(event: Event, fact: f.ItemReviewed) -> Iterator[RowChange]:
    yield _unsigned(event)
    releases = fact.decision is not f.Decision.WITHHOLD
    review: RowValues = {
        "decision": fact.decision.value,
        "reviewer": event.person,
        "reviewed_on": event.effective_on,
        "ground": fact.ground,
        "article": fact.article,
        "released_sha256": (fact.released_sha256 or fact.sha256) if releases else None,
        "public_interest": fact.public_interest,
        "returned": None,
    }
    yield Set(RecordItem, {"ref": fact.ref}, review)


def _signed(event: Event, fact: f.Signed) -> Iterator[RowChange]:
    yield Add(
        SignOff,
        {
            "closed_by_seq": None,
            "seq": event.seq,
            "role": event.role.value,
            "person": event.person,
            "signed_on": event.effective_on,
            "items": [item.model_dump() for item in fact.items],
            "voided_by_seq": None,
        },
    )


def _returned(event: Event, fact: f.Returned) -> Iterator[RowChange]:
    yield _unsigned(event)
    wheres: list[RowValues] = [{"ref": ref} for ref in fact.items] or [PRESENT]
    for where in wheres:
        yield Set(RecordItem, where, REVIEW | {"returned": fact.reason})


# -- another reply ------------------------------------------------------------------------------


def _case_reopened(event: Event, fact: f.CaseReopened) -> Iterator[RowChange]:
    """What was replied stays, as of the reply before; work on one never sent goes on."""
    past = {"closed_by_seq": event.seq}
    yield Set(FeeRow, PRESENT, past)
    if fact.replied:
        for table in (RecordItem, SignOff, ConsultationRow):
            yield Set(table, PRESENT, past)
    else:
        unanswered: RowValues = {"answered": None, "silent_on": None}
        yield Set(ConsultationRow, unanswered | PRESENT, past)


_PROJECTORS: Mapping[str, Projector] = {
    "consultation_sent": _consultation_sent,
    "consultation_delivered": _consultation_delivered,
    "consultation_answered": _consultation_answered,
    "consultation_silent": _consultation_silent,
    "fee_notice_sent": _fee_notice_sent,
    "fee_paid": _fee_paid,
    "lapsed": _lapsed,
    "reinstated": _reinstated,
    "item_added": _item_added,
    "item_replaced": _item_replaced,
    "item_reviewed": _item_reviewed,
    "signed": _signed,
    "returned": _returned,
    "case_reopened": _case_reopened,
}
