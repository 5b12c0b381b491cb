"""Every limit set so far: who has to do what by when, from which day 0, by which article."""

from collections.abc import Iterator
from datetime import date

from domain.calendars import Calendar
from domain.clock.course import Course, Fee, Question
from domain.clock.model import ClockState, Limit, LimitName, Receipt
from domain.clock.term import Measure, Term
from domain.gauge import CALENDAR_DAYS, Gauge, end, gauge_for
from domain.ledger import Span, Stage, spans
from domain.period import CitedPeriod
from domain.policy import Policy
from domain.statute import Party, ReceiptRule

ANSWER_LIMIT = {
    Party.THIRD_PARTY: LimitName.THIRD_PARTY_ANSWER,
    Party.COPRODUCER: LimitName.COPRODUCER_ANSWER,
    Party.AGENCY: LimitName.AGENCY_ANSWER,
}


def confirmation_limit(
    rule: ReceiptRule, policy: Policy, calendar: Calendar, receipt: Receipt, met: date | None
) -> Limit:
    """The receipt has to be confirmed within confirmation_days of the arrival (setting)."""
    due = calendar.add_working_days(receipt.arrived, policy.confirmation_days)
    article = f"{rule.article}; setting confirmation_days"
    return _counted(
        calendar, calendar.index, LimitName.RECEIPT_CONFIRMATION, receipt.arrived, due, article, met
    )


def limits(course: Course, through: date, due: date | None, met: date | None) -> Iterator[Limit]:
    """Limits of the case as of `through`; `due` of the reply where a period runs, `met` the day
    the reply left. Raises calendar_missing."""
    yield from _receiving(course)
    yield from _inner(course, through)
    yield from _correction(course)
    for question in course.questions:
        yield from _answer(course, question)
    yield from _fee(course, through, due)
    yield from _committed(course, through, met)


def _receiving(course: Course) -> Iterator[Limit]:
    """The acknowledgement, and the way to the proper component."""
    statute, base = course.statute, course.first_day_zero
    if statute.acknowledgement is not None:
        due = end(statute.period, base, course.calendar)
        name, met = LimitName.ACKNOWLEDGEMENT, course.acknowledged
        yield _of_period(course.calendar, statute.period, name, base, due, met)
    if statute.component is not None and course.component is not None:
        due = end(statute.component, course.arrived, course.calendar)
        name, base = LimitName.COMPONENT, course.arrived
        yield _of_period(course.calendar, statute.component, name, base, due, course.component)


def _inner(course: Course, through: date) -> Iterator[Limit]:
    """The statute's own other limits: from the same day 0 with the same stops; without a date
    while a stop keeps them open."""
    term = course.term
    for name, period in course.statute.inner.items():
        measure = Measure.of(period, course.calendar, from_first_day=term.measure.from_first_day)
        own = Term(measure, term.day_zero, term.stops)
        if course.ending is None and any(stop.open_on(through) for stop in term.stops):
            yield Limit(name, own.day_zero, None, period.article)
            continue
        due = own.due(through)
        ledger = own.ledger(due, through, "", "")
        yield Limit(
            name, own.day_zero, due, period.article, None, own.provisional(due), None, ledger
        )


def _correction(course: Course) -> Iterator[Limit]:
    rule = course.statute.correction
    calendar = course.calendar
    if rule is None:
        return
    if rule.notice and course.notice_limit:
        yield _of_period(
            calendar,
            rule.notice,
            LimitName.CORRECTION_NOTICE,
            course.first_day_zero,
            course.notice_limit,
            course.first_notice_sent,
        )
    notice = course.notice
    if notice and notice.correct_by:
        article = f"{rule.article}; setting correction_days" if notice.counted else rule.article
        gauge = calendar.index if notice.counted else CALENDAR_DAYS
        yield _counted(
            calendar,
            gauge,
            LimitName.CORRECTION,
            notice.sent,
            notice.correct_by,
            article,
            notice.received,
        )


def _answer(course: Course, question: Question) -> Iterator[Limit]:
    if question.rule.limit and question.limit:
        yield _of_period(
            course.calendar,
            question.rule.limit,
            ANSWER_LIMIT[question.party],
            question.delivered,
            question.limit,
            question.answered,
            question.ref,
        )


def _fee(course: Course, through: date, due: date | None) -> Iterator[Limit]:
    """The fee notice has to leave inside the handling period."""
    rule = course.statute.fee
    if rule is None:
        return
    fee: Fee | None = course.fee
    if fee is not None:
        if rule.notice_limit:
            yield Limit(LimitName.FEE_NOTICE, fee.term_began, fee.due_then, rule.article, fee.sent)
        if rule.payment is not None and fee.limit is not None:
            name, base = LimitName.FEE_PAYMENT, fee.delivered
            yield _of_period(course.calendar, rule.payment, name, base, fee.limit, fee.paid)
    elif rule.notice_limit and (due or through) >= rule.in_force_from:
        provisional = due is not None and course.term.provisional(due)
        yield Limit(
            LimitName.FEE_NOTICE, course.term.day_zero, due, rule.article, provisional=provisional
        )


def _committed(course: Course, through: date, met: date | None) -> Iterator[Limit]:
    """The office's own shorter limit; without a date while a stop keeps it open."""
    n = course.policy.committed_working_days
    if n is None:
        return
    term = course.term
    article = "setting committed_working_days"
    still_open = [stop.began for stop in term.stops if stop.open_on(through)]
    if course.ending is None and still_open:
        through = min(still_open)
        if through < term.committed(n, through):
            yield Limit(LimitName.COMMITTED, term.day_zero, None, article, met)
            return
    due = term.committed(n, through)
    yield Limit(
        LimitName.COMMITTED,
        term.day_zero,
        due,
        article,
        met,
        term.provisional(due),
        None,
        term.committed_ledger(due, through, article),
    )


def _of_period(
    calendar: Calendar,
    period: CitedPeriod,
    name: str,
    base: date,
    due: date,
    met: date | None,
    ref: str | None = None,
) -> Limit:
    gauge = gauge_for(period.unit, calendar)
    return _counted(calendar, gauge, name, base, due, period.article, met, ref)


def _counted(
    calendar: Calendar,
    gauge: Gauge,
    name: str,
    base: date,
    due: date,
    article: str,
    met: date | None,
    ref: str | None = None,
) -> Limit:
    ledger: tuple[Span, ...] = spans(gauge, calendar, base, [Stage(due, str(name), article)])
    provisional = gauge is not CALENDAR_DAYS and calendar.provisional(base, due)
    return Limit(name, base, due, article, met, provisional, ref, ledger)


PENDING = {
    ClockState.UNCONFIRMED: LimitName.RECEIPT_CONFIRMATION,
    ClockState.AWAITING_CORRECTION: LimitName.CORRECTION,
    ClockState.AWAITING_PAYMENT: LimitName.FEE_PAYMENT,
}
"""The limit that a state without a running period waits for."""
