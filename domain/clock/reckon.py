"""The reckoning: receipt day, course of the events, and what they come to on a day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from operator import is_

from domain.calendar.model import Calendar
from domain.clock.apply import apply
from domain.clock.course import Course, begin
from domain.clock.limits import PENDING, confirmation_limit, limits
from domain.clock.model import (
    ClockEvent,
    ClockState,
    Consultation,
    Limit,
    LimitName,
    Receipt,
    Reckoning,
    WarningCode,
)
from domain.clock.model import ClockEventKind as Kind
from domain.clock.receipt import (
    by_component,
    first_confirmation,
    needs_confirmation,
    receipt_day,
    receipt_rule,
)
from domain.clock.term import ARRIVED, Term
from domain.errors import Code, InputError, Refusal
from domain.periods.ledger import Span
from domain.policy import Policy
from domain.rules import CURRENT_RULES
from domain.statute import ReceiptRule, Statute


def due_instant(day: date, statute: Statute) -> datetime:
    """The moment a last day is over: 00:00 of the next day in the statute's zone."""
    return datetime.combine(day + timedelta(days=1), time(), statute.tzinfo)


def reckon(
    statute: Statute,
    calendar: Calendar,
    policy: Policy,
    receipt: Receipt,
    events: Sequence[ClockEvent],
    as_of: date,
    *,
    arrived_under: Statute | None = None,
    variant: str | None = None,
    rules: int = CURRENT_RULES,
) -> Reckoning:
    """Where the case stands at the end of day `as_of`, with the proof.

    Pure: the same arguments give the same answer. `arrived_under`: the statute in force on
    arrival, whose rules find the receipt day, where it is another one than `statute`. `variant`:
    the kind of request, where the statute gives it a period of its own.

    Raises InputError (dates_out_of_order, unmatched_answer, statute_not_in_force,
    calendar_missing, bad_field) and Refusal (not_confirmed, case_ended, extension_too_long,
    not_in_force).
    """
    reckoner = Reckoner(
        statute, calendar, policy, receipt, arrived_under=arrived_under, variant=variant
    )
    return reckoner.reckon(events, as_of)


class Reckoner:
    """Counts one request again and again: of events that only grow, the new ones are taken in.

    `open_only`: nothing is said of questions that were answered.
    """

    def __init__(
        self,
        statute: Statute,
        calendar: Calendar,
        policy: Policy,
        receipt: Receipt,
        *,
        arrived_under: Statute | None = None,
        variant: str | None = None,
        open_only: bool = False,
    ) -> None:
        self._given = (statute, calendar, policy, receipt)
        self._received_under = arrived_under or statute
        self._variant = variant
        self._open_only = open_only
        self._taken: tuple[ClockEvent, ...] = ()
        self._began: tuple[date, str] | None = None
        self._course: Course | None = None

    def reckon(
        self, events: Sequence[ClockEvent], as_of: date, *, proofs: bool = True
    ) -> Reckoning:
        """As the function of that name; `proofs`: with the ledgers of the limits."""
        statute, calendar, policy, receipt = self._given
        rule = receipt_rule(self._received_under, receipt)
        _check_order(receipt, events, as_of)
        confirmed = first_confirmation(events)
        day_zero = receipt_day(self._received_under, rule, policy, calendar, receipt, confirmed)
        head: list[Limit] = []
        if needs_confirmation(rule, policy):
            head.append(confirmation_limit(rule, policy, calendar, receipt, confirmed))
            _check_confirmed_first(events, rule)
        if day_zero is None:
            return _unconfirmed(statute, as_of, head, events)
        if not statute.in_force(day_zero):
            raise InputError(Code.STATUTE_NOT_IN_FORCE, statute=statute.id, day=day_zero)
        begun_by = Kind.RECEIPT_CONFIRMED.value if head else ARRIVED
        received, day_zero = day_zero, by_component(statute, calendar, day_zero, events)
        if day_zero != received:
            begun_by = Kind.COMPONENT_RECEIVED.value
        course = self._taken_in(events, day_zero, begun_by, confirmed if head else None)
        return _result(course, as_of, head, bare=not proofs)

    def _taken_in(
        self, events: Sequence[ClockEvent], day_zero: date, begun_by: str, confirmed: date | None
    ) -> Course:
        """The course after `events`; the first confirmation that was `confirmed` began it."""
        course, began = self._course, (day_zero, begun_by)
        same = len(self._taken) <= len(events) and all(map(is_, self._taken, events))
        if course is None or began != self._began or not same:
            statute, calendar, policy, receipt = self._given
            variant = self._variant
            course = begin(statute, calendar, policy, day_zero, variant, receipt, begun_by)
            course.open_only = self._open_only
            self._taken, self._began = (), began
        self._course = None  # an event that is refused leaves it half changed
        awaited = confirmed is not None and not self._taken
        for event in events[len(self._taken) :]:
            if event.kind is Kind.RECEIPT_CONFIRMED and awaited:
                awaited = False
                continue
            apply(course, event)
        self._course, self._taken = course, tuple(events)
        return course


def _check_order(receipt: Receipt, events: Sequence[ClockEvent], as_of: date) -> None:
    last = receipt.arrived
    for event in events:
        if event.at < last:
            raise InputError(Code.DATES_OUT_OF_ORDER, field=event.kind, day=event.at, before=last)
        last = event.at
    if as_of < last:
        raise InputError(Code.DATES_OUT_OF_ORDER, field="as_of", day=as_of, before=last)


def _check_confirmed_first(events: Sequence[ClockEvent], rule: ReceiptRule) -> None:
    """No act before a required confirmation; only the applicant may withdraw."""
    if events and events[0].kind not in (Kind.RECEIPT_CONFIRMED, Kind.WITHDRAWN):
        raise Refusal(Code.NOT_CONFIRMED, rule.article, kind=events[0].kind)


def _unconfirmed(
    statute: Statute, as_of: date, head: Sequence[Limit], events: Sequence[ClockEvent]
) -> Reckoning:
    if len(events) > 1:
        raise Refusal(Code.CASE_ENDED, kind=events[1].kind, day=events[0].at)
    state = ClockState.WITHDRAWN if events else ClockState.UNCONFIRMED
    provisional = state is ClockState.UNCONFIRMED and head[0].provisional
    return Reckoning(
        statute,
        as_of,
        None,
        None,
        state,
        provisional=provisional,
        limits=tuple(head),
        warnings=(WarningCode.CALENDAR_INCOMPLETE,) if provisional else (),
    )


def _state(course: Course, as_of: date) -> ClockState:
    if course.ending is not None:
        return course.ending.state
    if course.open_notice:
        return ClockState.AWAITING_CORRECTION
    if course.open_fee:
        return ClockState.AWAITING_PAYMENT
    if any(stop.open_on(as_of) for stop in course.term.stops):
        return ClockState.PAUSED
    return ClockState.RUNNING


def _result(so_far: Course, as_of: date, head: Sequence[Limit], *, bare: bool) -> Reckoning:
    ending = so_far.ending or so_far.silent_lapse(as_of)
    course = replace(so_far, ending=ending, warnings=[*so_far.warnings], bare=bare)
    statute, term = course.statute, course.term
    state = _state(course, as_of)
    through = ending.at if ending else as_of
    counts = state in (ClockState.RUNNING, ClockState.PAUSED, ClockState.ANSWERED)
    running = term
    if state is ClockState.PAUSED and course.renewing:  # what is awaited will begin another term
        running = Term(term.yardstick, through)
    standing = running.due(through) if counts else None  # open stops taken as ended `through`
    if state is ClockState.PAUSED and standing and standing < as_of:
        state = ClockState.RUNNING  # a later limit ran out before the question took a day of it
    due = None if state is ClockState.PAUSED else standing
    left = latest = None
    if standing and not ending and as_of <= standing:
        gauge = term.yardstick.gauge
        left = gauge.rank(standing) - gauge.rank(as_of)
    if state is ClockState.PAUSED and all(s.cap for s in term.stops if s.open_on(as_of)):
        latest = term.due(date.max)
    answered = ending.at if ending and state is ClockState.ANSWERED else None
    all_limits = [*head, *limits(course, through, due, answered)]
    provisional = _provisional(state, running, latest or standing, all_limits)
    if provisional:
        course.warn(WarningCode.CALENDAR_INCOMPLETE)
    if statute.in_force_to is not None and through > statute.in_force_to:
        course.warn(WarningCode.STATUTE_TRANSITION)
    ledger: tuple[Span, ...] = ()
    if due is not None:
        extension = statute.extension.article if statute.extension else ""
        later = statute.later_limit.article if statute.later_limit else ""
        if not course.bare:
            ledger = term.ledger(due, through, extension, later)
        all_limits.append(
            Limit(
                LimitName.REPLY,
                term.day_zero,
                due,
                term.yardstick.period.article,
                cause=term.cause,
                own=term.yardstick.own,
                met=answered,
                provisional=provisional,
                ledger=ledger,
            )
        )
    return Reckoning(
        statute=statute,
        as_of=as_of,
        receipt_day=course.first_day_zero,
        day_zero=term.day_zero,
        state=state,
        cause=term.cause,
        due=due,
        due_at=term.due_at(due) if due else None,
        overdue=_overdue(course, state, as_of, standing),
        due_before_extension=term.due_unextended(through) if due and term.extension else None,
        provisional=provisional,
        reply_in_time=answered <= standing if answered and standing else None,
        working_days_left=left,
        due_if_answered=standing if state is ClockState.PAUSED else None,
        due_at_latest=latest,
        limits=tuple(all_limits),
        consultations=tuple(
            Consultation(q.party, q.ref, q.asked, q.limit, q.answered, q.rule.excluded)
            for q in course.told
        ),
        warnings=tuple(course.warnings),
        ledger=ledger,
        superseded=tuple(course.superseded),
    )


def _overdue(course: Course, state: ClockState, as_of: date, standing: date | None) -> bool:
    """A case that waits is not overdue, unless it already was when it began to wait."""
    if state is ClockState.RUNNING:
        return standing is not None and as_of > standing
    waits = course.open_notice or course.open_fee
    if waits is None or waits.stop is None or course.ending:
        return False
    return waits.stop.began > waits.due_then


def _provisional(
    state: ClockState,
    term: Term,
    standing: date | None,
    all_limits: Sequence[Limit],
) -> bool:
    """Whether the date the case now hangs on may still move: of the reply, or of the limit that
    the state waits for."""
    if standing is not None:
        return term.provisional(standing)
    return any(limit.provisional for limit in all_limits if limit.name is PENDING.get(state))
