"""The course of a case as the clock sees it: what the events so far have set going."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from domain.calendar.model import Calendar
from domain.clock.model import (
    ClockEvent,
    ClockEventKind,
    ClockState,
    Receipt,
    Superseded,
    WarningCode,
)
from domain.clock.stops import Stop
from domain.clock.term import ARRIVED, Term, Yardstick
from domain.errors import Code, InputError
from domain.periods.gauge import end
from domain.periods.period import Unit
from domain.policy import Policy
from domain.statute import ConsultationRule, Effect, Party, PauseRule, Statute


@dataclass(slots=True)
class Question:
    """A consultation. `delivered`: day 0 of its limit; `stop` None: nothing is excluded."""

    party: Party
    rule: ConsultationRule
    ref: str | None
    asked: date
    delivered: date
    limit: date | None
    stop: Stop | None
    answered: date | None = None


@dataclass(slots=True)
class CorrectionNotice:
    """A correction notice. `stop` None: it came late and by the setting moves nothing.
    `due_then`: the due day as it stood when the notice left."""

    sent: date
    correct_by: date | None
    counted: bool  # correct_by was counted, not given
    stop: Stop | None
    due_then: date
    received: date | None = None


@dataclass(slots=True)
class FeeNotice:
    """A fee notice and its limit of payment."""

    sent: date
    delivered: date
    limit: date | None
    stop: Stop
    due_then: date
    term_began: date
    term_cause: str
    paid: date | None = None


@dataclass(slots=True)
class Pause:
    """The clock stopped for a reason. `due_then`: the due day as it stood that day."""

    reason: str
    rule: PauseRule
    stop: Stop
    due_then: date


@dataclass(slots=True)
class CourseEnd:
    """How and when the case ended for the clock."""

    state: ClockState
    at: date
    by: ClockEventKind | None = None


@dataclass(slots=True)
class Course:
    """All that counts so far. Mutable, and private to one reckoner.
    `open_only`: nothing is told of answered questions; `bare`: no limit has a ledger."""

    statute: Statute
    calendar: Calendar
    policy: Policy
    arrived: date
    first_day_zero: date
    notice_limit: date | None
    term: Term
    first_cause: str = ARRIVED
    extensions_before: int = 0
    questions: list[Question] = field(default_factory=list)
    notice: CorrectionNotice | None = None
    first_notice_sent: date | None = None
    idle_notices: int = 0
    fee: FeeNotice | None = None
    pauses: list[Pause] = field(default_factory=list)
    idle_pauses: int = 0
    superseded: list[Superseded] = field(default_factory=list)
    warnings: list[WarningCode] = field(default_factory=list)
    ending: CourseEnd | None = None
    component: date | None = None
    acknowledged: date | None = None
    open_only: bool = False
    bare: bool = False

    def warn(self, code: WarningCode) -> None:
        """Remember a warning, once."""
        if code not in self.warnings:
            self.warnings.append(code)

    @property
    def told(self) -> Iterator[Question]:
        """The questions of which something is told."""
        return (q for q in self.questions if not self.open_only or q.answered is None)

    @property
    def open_notice(self) -> CorrectionNotice | None:
        """The correction notice the applicant still has to answer."""
        notice = self.notice
        return notice if notice and notice.stop and notice.received is None else None

    @property
    def open_fee(self) -> FeeNotice | None:
        """The fee the applicant still has to pay."""
        return self.fee if self.fee and self.fee.paid is None else None

    @property
    def renewing(self) -> bool:
        """Whether something is awaited that will start the period anew."""
        return any(
            pause.rule.effect is Effect.RESTART and pause.stop.ended is None
            for pause in self.pauses
        )

    def silent_lapse(self, day: date) -> CourseEnd | None:
        """The lapse that came about before `day`: a correction or payment limit ran out."""
        rule = self.statute.correction
        notice = self.open_notice
        if rule and rule.lapses and notice and notice.correct_by and notice.correct_by < day:
            return CourseEnd(ClockState.LAPSED, notice.correct_by, ClockEventKind.CORRECTION_LAPSED)
        limit = self.open_fee.limit if self.open_fee else None
        if limit and limit < day:
            return CourseEnd(ClockState.LAPSED, limit, ClockEventKind.FEE_LAPSED)
        return None

    def restart(self, event: ClockEvent, due_then: date) -> None:
        """A new term from the day of `event`: extensions and past exclusions fall away, questions
        still open go on excluding."""
        old = self.term
        self.superseded.append(Superseded(old.day_zero, due_then, event.kind))
        self.extensions_before += old.extensions
        still_open = [q.stop for q in self.questions if q.stop and q.answered is None]
        waits = [wait.stop for wait in (self.open_notice, self.open_fee) if wait and wait.stop]
        paused = [pause.stop for pause in self.pauses if pause.stop.ended is None]
        stops = [*still_open, *waits, *paused]
        self.term = Term(old.yardstick, event.at, stops, cause=event.kind)


def begin(
    statute: Statute,
    calendar: Calendar,
    policy: Policy,
    day_zero: date,
    variant: str | None = None,
    receipt: Receipt | None = None,
    cause: str = ARRIVED,
) -> Course:
    """The course on its receipt day. `receipt`: the arrival, whose instant matters where hours
    count; `cause`: what happened on the receipt day. Raises bad_field."""
    period = statute.period
    if variant is not None:
        if variant not in statute.variants:
            known = ", ".join(statute.variants)
            detail = "one_of" if known else "not_here"
            raise InputError(Code.BAD_FIELD, field="variant", detail=detail, known=known)
        period = statute.variants[variant].period
    yardstick = Yardstick.of(period, calendar, policy)
    begun = None
    if period.unit is Unit.HOUR and receipt and receipt.arrived_at:
        local = receipt.arrived_at.astimezone(statute.tzinfo)
        begun = local if local.date() == day_zero else None
    notice = statute.correction.notice if statute.correction else None
    return Course(
        statute,
        calendar,
        policy,
        receipt.arrived if receipt else day_zero,
        day_zero,
        end(notice, day_zero, calendar) if notice else None,
        Term(yardstick, day_zero, begun=begun, cause=cause),
        cause,
    )
