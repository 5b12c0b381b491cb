"""What a fold changes, field by field, with the types of the models changed.

A name that a model does not have, or a value of another type, is an error of the type check and
not a loss in silence. A test holds each of these to its model.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, Unpack, overload

from domain.calendar.closures import Closure
from domain.calendar.model import Calendar
from domain.case.act import Consequences, DeadlineChange, Event, Refilled, SetAside
from domain.case.facts import Answer, Fact
from domain.case.parts import (
    Accountability,
    Consultation,
    Dispatch,
    Ending,
    Extension,
    Fee,
    Inaction,
    Item,
    Maker,
    PathLapse,
    PinnedTerms,
    Reply,
    ReplyStatus,
    Review,
    Round,
    Signature,
)
from domain.case.state import CaseState, Deadline, Law, Mark, TimelineEntry, Validity
from domain.clock import ClockEvent, Receipt
from domain.ladder import Ladder
from domain.periods.period import CitedPeriod
from domain.policy import Policy
from domain.remedies.law import RemedyLaw
from domain.remedies.paths import SaidPeriods
from domain.remedies.proceeding import (
    Document,
    Hearing,
    Lapse,
    Proceeding,
    ReplyOrder,
    Suspension,
)
from domain.remedies.terms import DecisionForm, NoticeOfRemedy, RemedyWarning, Side
from domain.statute import CorrectionRule, Statute


class Changes(TypedDict, total=False):
    """Of the state of a case; who it is never changes."""

    law: Law
    clock_offset: int
    seq: int
    receipt: Receipt | None
    clock: tuple[ClockEvent, ...]
    department: str | None
    handler: str | None
    consultations: tuple[Consultation, ...]
    items: tuple[Item, ...]
    signatures: tuple[Signature, ...]
    reply: Reply | None
    extension: Extension | None
    fee: Fee | None
    dispatch: Dispatch | None
    ending: Ending | None
    receipt_day: date | None
    clock_state: str
    clock_warnings: tuple[str, ...]
    deadlines: tuple[Deadline, ...]
    marks: tuple[Mark, ...]
    timeline: tuple[TimelineEntry, ...]
    order: tuple[int, ...]
    makers: tuple[Maker, ...]
    proceedings: tuple[Proceeding, ...]
    silence: Inaction | None
    path_lapses: tuple[PathLapse, ...]
    accountability: tuple[Accountability, ...]
    rounds: tuple[Round, ...]
    opened_by: str | None
    pinned: PinnedTerms | None


class LawChanges(TypedDict, total=False):
    """Of the law of a case: by a revision, or for a reply ordered anew."""

    statute: Statute
    calendar: Calendar
    policy: Policy
    ladder: Ladder
    rules: int
    closures: tuple[Closure, ...]
    edition: int
    remedies: RemedyLaw | None


class StatuteChanges(TypedDict, total=False):
    """Of a statute, for a reply ordered anew."""

    period: CitedPeriod
    in_force_to: date | None
    correction: CorrectionRule | None


class ConsultationChanges(TypedDict, total=False):
    """Of a letter of consultation: what came of it."""

    delivered: date
    answered: date | None
    answer: Answer | None
    objected: tuple[str, ...]
    silent: bool
    told: date | None


class ItemChanges(TypedDict, total=False):
    """Of a record item."""

    title: str
    sha256: str | None
    pages: int | None
    drafters: tuple[str, ...]
    reviewers: tuple[str, ...]
    review: Review | None
    returned: str | None


class ReplyChanges(TypedDict, total=False):
    """Of a reply: how far it is."""

    status: ReplyStatus
    returned: str | None


class ExtensionChanges(TypedDict, total=False):
    """Of the one extension."""

    granted: date | None
    told: date | None


class FeeChanges(TypedDict, total=False):
    """Of a fee notice."""

    paid: date | None


class DispatchChanges(TypedDict, total=False):
    """Of a reply that left."""

    notice: NoticeOfRemedy
    said: SaidPeriods | None
    told: date | None


class EndingChanges(TypedDict, total=False):
    """Of the end of a case."""

    told: date | None


class ProceedingChanges(TypedDict, total=False):
    """Of a proceeding; how it began never changes."""

    simplified: bool
    answered: date | None
    documents: tuple[Document, ...]
    hearings: tuple[Hearing, ...]
    suspensions: tuple[Suspension, ...]
    extended: int
    mediated: bool | None
    silent_since: date | None
    outcome: str | None
    form: DecisionForm | None
    decided: date | None
    served: date | None
    served_other: date | None
    costs: Decimal | None
    ground: str | None
    order: ReplyOrder | None
    appellants: tuple[Side, ...]
    filed_by: tuple[Side, ...]
    appealed_by: tuple[Side, ...]
    appealed_late: tuple[Side, ...]
    lapses: tuple[Lapse, ...]
    effective: date | None
    overturned: bool
    reopened: bool
    warnings: tuple[RemedyWarning, ...]


class HearingChanges(TypedDict, total=False):
    """Of a hearing that was called."""

    passed: bool


class SuspensionChanges(TypedDict, total=False):
    """Of a time in which a proceeding stands still."""

    ended: date | None


class EntryChanges(TypedDict, total=False):
    """Of an entry of the timeline: whether it counts, and as what."""

    effective_on: date
    what: Fact
    filled: tuple[str, ...]
    validity: Validity
    against: str | None
    kept: bool


class ConsequencesChanges(TypedDict, total=False):
    """Of what follows from a late fact; the corrected entry has its place before."""

    revoked: tuple[int, ...]
    set_aside: tuple[SetAside, ...]
    taken_up: tuple[int, ...]
    refilled: tuple[Refilled, ...]
    unfounded: tuple[int, ...]
    founded: tuple[int, ...]
    warnings: tuple[str, ...]


class EventChanges(TypedDict, total=False):
    """Of an event: what the clock makes of it, what follows from it, and what it was amended to."""

    what: Fact
    effective_on: date
    after: int | None
    consequences: Consequences | None
    warnings: tuple[str, ...]
    clock_state: str | None
    receipt_day: date | None
    deadlines: tuple[DeadlineChange, ...]


@overload
def replaced(value: CaseState, **changes: Unpack[Changes]) -> CaseState: ...
@overload
def replaced(value: Law, **changes: Unpack[LawChanges]) -> Law: ...
@overload
def replaced(value: Statute, **changes: Unpack[StatuteChanges]) -> Statute: ...
@overload
def replaced(value: Consultation, **changes: Unpack[ConsultationChanges]) -> Consultation: ...
@overload
def replaced(value: Item, **changes: Unpack[ItemChanges]) -> Item: ...
@overload
def replaced(value: Reply, **changes: Unpack[ReplyChanges]) -> Reply: ...
@overload
def replaced(value: Extension, **changes: Unpack[ExtensionChanges]) -> Extension: ...
@overload
def replaced(value: Fee, **changes: Unpack[FeeChanges]) -> Fee: ...
@overload
def replaced(value: Dispatch, **changes: Unpack[DispatchChanges]) -> Dispatch: ...
@overload
def replaced(value: Ending, **changes: Unpack[EndingChanges]) -> Ending: ...
@overload
def replaced(value: Proceeding, **changes: Unpack[ProceedingChanges]) -> Proceeding: ...
@overload
def replaced(value: Hearing, **changes: Unpack[HearingChanges]) -> Hearing: ...
@overload
def replaced(value: Suspension, **changes: Unpack[SuspensionChanges]) -> Suspension: ...
@overload
def replaced(value: Consequences, **changes: Unpack[ConsequencesChanges]) -> Consequences: ...
@overload
def replaced(value: TimelineEntry, **changes: Unpack[EntryChanges]) -> TimelineEntry: ...
@overload
def replaced(value: Event, **changes: Unpack[EventChanges]) -> Event: ...
def replaced(value: Any, **changes: Any) -> Any:
    """A copy of `value` with other values. Nothing is checked but the types: the record is true
    and a fold total. What comes from outside is checked by `Value.changed`."""
    return value.model_copy(update=changes)


def thinned(fact: Fact, words: Mapping[str, object]) -> Fact:
    """A copy of `fact` with other words; `domain.case.wordless` says which."""
    return fact.model_copy(update=dict(words))
