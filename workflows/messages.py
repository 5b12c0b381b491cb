"""What goes in and out of a case over Temporal, with the names the engine knows it by."""

from datetime import date, datetime

from temporalio.common import SearchAttributeKey

from domain.calendars import Calendar
from domain.case.act import Act, Event
from domain.case.people import Actor
from domain.case.state import CaseState, Law
from domain.case.summary import Summary
from domain.clock import Receipt, Span
from domain.values import Value

TASK_QUEUE = "yishen"

CASE_STATUS = SearchAttributeKey.for_keyword("CaseStatus")
DEPARTMENT = SearchAttributeKey.for_keyword("Department")
DUE_AT = SearchAttributeKey.for_datetime("DueAt")
STATUTE = SearchAttributeKey.for_keyword("Statute")
REQUEST_NO = SearchAttributeKey.for_keyword("RequestNo")


class Carried(Value):
    """A case handed from one run to the next: its state, and the events no row has yet."""

    state: CaseState
    unwritten: tuple[Event, ...] = ()
    undelivered: bool = False


class CaseInput(Value):
    """Start of a case. Either a new registration (with `history`, the acts of the past of a case
    that moves in), or `carried` from an earlier run or from the register.

    `registered_on`: the legal day of registration; `clock_offset`: seconds from real to legal
    time, other than 0 only for training.
    """

    id: str
    number: str
    organ: str
    law: Law
    receipt: Receipt
    actor: Actor
    command_id: str
    clock_offset: int = 0
    history: tuple[Act, ...] = ()
    carried: Carried | None = None


class Revision(Value):
    """Another calendar version, or newer rules, for an open case."""

    command_id: str
    calendar: Calendar | None = None
    rules: int | None = None


class ActAnswer(Value):
    """An act was taken in as event `seq`; `repeated`: it had been before, nothing was done now."""

    seq: int
    summary: Summary
    warnings: tuple[str, ...] = ()
    repeated: bool = False


class DeadlineView(Value):
    """A running limit with the proof of its count."""

    name: str
    ref: str | None
    base: date
    due: date
    article: str
    provisional: bool
    ledger: tuple[Span, ...]


class CaseView(Value):
    """A case as its workflow knows it now; `unwritten` events the register doesn't have yet."""

    state: CaseState
    summary: Summary
    deadlines: tuple[DeadlineView, ...]
    now: datetime
    unwritten: int
