"""The words of the clock: what goes in (receipt, events) and what comes out (the reckoning)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.periods.ledger import Span
from domain.periods.period import Unit
from domain.statute import Channel, Party, Statute
from domain.values import Value


class ClockEventKind(StrEnum):
    """What can bear on a due date."""

    RECEIPT_CONFIRMED = "receipt_confirmed"
    CORRECTION_NOTICE_SENT = "correction_notice_sent"
    CORRECTION_RECEIVED = "correction_received"
    CORRECTION_LAPSED = "correction_lapsed"
    THIRD_PARTY_CONSULTED = "third_party_consulted"
    COPRODUCER_CONSULTED = "coproducer_consulted"
    AGENCY_CONSULTED = "agency_consulted"
    THIRD_PARTY_ANSWERED = "third_party_answered"
    COPRODUCER_ANSWERED = "coproducer_answered"
    AGENCY_ANSWERED = "agency_answered"
    EXTENSION_GRANTED = "extension_granted"
    FEE_NOTICE_SENT = "fee_notice_sent"
    FEE_PAID = "fee_paid"
    FEE_LAPSED = "fee_lapsed"
    LIMIT_SET = "limit_set"
    PAUSED = "paused"
    RESUMED = "resumed"
    ACKNOWLEDGED = "acknowledged"
    COMPONENT_RECEIVED = "component_received"
    REPLY_DISPATCHED = "reply_dispatched"
    WITHDRAWN = "withdrawn"


class ClockState(StrEnum):
    """Where the count stands on the day it is asked for."""

    UNCONFIRMED = "unconfirmed"
    RUNNING = "running"
    PAUSED = "paused"
    AWAITING_CORRECTION = "awaiting_correction"
    AWAITING_PAYMENT = "awaiting_payment"
    ANSWERED = "answered"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class WarningCode(StrEnum):
    """What the reader has to know beside the date."""

    # the event was not applied
    EXTENSION_AFTER_DUE = "extension_after_due"
    SECOND_EXTENSION = "second_extension"
    SECOND_CORRECTION_NOTICE = "second_correction_notice"
    CORRECTION_NOTICE_AFTER_DUE = "correction_notice_after_due"
    CONSULTATION_AFTER_DUE = "consultation_after_due"
    NOT_EXCLUDED = "not_excluded"
    FEE_PAID_LATE = "fee_paid_late"
    CONFIRMATION_NOT_NEEDED = "confirmation_not_needed"
    # applied, but
    EXTENSION_AS_TOLD = "extension_as_told"
    CORRECTION_NOTICE_LATE = "correction_notice_late"
    FEE_NOTICE_LATE = "fee_notice_late"
    ACKNOWLEDGED_LATE = "acknowledged_late"
    CALENDAR_INCOMPLETE = "calendar_incomplete"
    STATUTE_TRANSITION = "statute_transition"


class LimitName(StrEnum):
    """The limits a case can have, beside those a statute names itself (`inner`)."""

    RECEIPT_CONFIRMATION = "receipt_confirmation"
    CORRECTION_NOTICE = "correction_notice"
    CORRECTION = "correction"
    THIRD_PARTY_ANSWER = "third_party_answer"
    COPRODUCER_ANSWER = "coproducer_answer"
    AGENCY_ANSWER = "agency_answer"
    FEE_NOTICE = "fee_notice"
    FEE_PAYMENT = "fee_payment"
    COMMITTED = "committed"
    SAFE_DAY = "safe_day"
    ACKNOWLEDGEMENT = "acknowledgement"
    COMPONENT = "component"
    REPLY = "reply"


class Receipt(Value):
    """A request arrives: by which channel, on which local day; the instant where a cut-off asks."""

    channel: Channel
    arrived: date
    arrived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """Something that happened on day `at`.

    `ref` tells consultations of one kind apart; `delivered`: day a letter reached its addressee;
    `secrecy`: asked of whoever decides whether it is secret;
    `correct_by`: last day to correct; `good_reason`: a late correction accepted; `working_days`:
    length of an extension, in units of the period; `unit`: where it was named, the unit meant;
    `shown`: the last day as it stood when an extension was told, by the same facts;
    `until`: a later limit under its own article, of a payment, or stated in an acknowledgement;
    `reason`: why the clock stops, a word of the statute.
    """

    kind: ClockEventKind
    at: date
    ref: str | None = None
    delivered: date | None = None
    secrecy: bool = False
    correct_by: date | None = None
    good_reason: bool = False
    working_days: int | None = None
    shown: date | None = None
    until: date | None = None
    unit: Unit | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit. `base` is its day 0, on which `cause` happened; `due` is None while a stop keeps
    it without a date; `met` the day it was kept (or broken: compare with `due`). `own`: the
    organ's own, closures of the organ count in it."""

    name: str
    base: date
    due: date | None
    article: str
    cause: str
    own: bool
    met: date | None = None
    provisional: bool = False
    ref: str | None = None
    ledger: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Consultation:
    """A question to another party: asked on `asked`, `answered` or still open."""

    kind: Party
    ref: str | None
    asked: date
    limit: date | None
    answered: date | None
    excluded: bool


@dataclass(frozen=True, slots=True)
class Superseded:
    """A count that a restart replaced: its day 0, the due day it stood at, and what ended it."""

    receipt_day: date
    due: date | None
    why: ClockEventKind


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What the clock says on `as_of`.

    `receipt_day` is the first day 0, `day_zero` that of the count in force, on which `cause`
    happened; `due` is None while no
    period runs, `due_at` its instant where hours count. `working_days_left` counts the days after
    `as_of` that are still to be used, in the unit of the period, None once overdue.
    `due_if_answered`: everything still open answered on `as_of`; `due_at_latest`: silence to the
    end of every limit, None where silence has no end.
    """

    statute: Statute
    as_of: date
    receipt_day: date | None
    day_zero: date | None
    state: ClockState
    cause: str = ""
    due: date | None = None
    due_at: datetime | None = None
    overdue: bool = False
    due_before_extension: date | None = None
    provisional: bool = False
    reply_in_time: bool | None = None
    working_days_left: int | None = None
    due_if_answered: date | None = None
    due_at_latest: date | None = None
    limits: tuple[Limit, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    warnings: tuple[WarningCode, ...] = ()
    ledger: tuple[Span, ...] = ()
    superseded: tuple[Superseded, ...] = ()

    def limit(self, name: str) -> Limit | None:
        """The limit of that name that matters now: the earliest open one, else the last."""
        of_name = [limit for limit in self.limits if limit.name == name]
        still_open = [limit for limit in of_name if limit.met is None]
        if still_open:
            return min(still_open, key=lambda limit: limit.due or date.max)
        return max(of_name, key=lambda limit: limit.due or date.min, default=None)

    @property
    def article(self) -> str:
        """The article of the reply period."""
        reply = self.limit(LimitName.REPLY)
        return reply.article if reply else self.statute.period.article
