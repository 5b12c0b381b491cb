"""Every limit set so far: who has to do what by when, from which day 0, by which article."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain.calendar.model import Calendar
from domain.clock.course import Course, FeeNotice, Question
from domain.clock.model import ClockState, Limit, LimitName, Receipt
from domain.clock.term import ARRIVED, Term, Yardstick
from domain.periods.gauge import CALENDAR_DAYS, Gauge, asks_calendar, days_for, end, gauge_for
from domain.periods.ledger import Stage, spans
from domain.periods.period import CitedPeriod, Closures
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
    base = receipt.arrived
    due = calendar.add_working_days(base, policy.confirmation_days)
    article = f"{rule.article}; setting confirmation_days"
    limit = Limit(LimitName.RECEIPT_CONFIRMATION, base, due, article, ARRIVED, own=True, met=met)
    return _proved(limit, calendar, calendar.index)


def limits(course: Course, through: date, due: date | None, met: date | None) -> Iterator[Limit]:
    """Limits of the case as of `through`; `due` of the reply where a period runs, `met` the day
    the reply left. Raises calendar_missing."""
    yield from _receiving(course)
    yield from _inner(course, through)
    yield from _correction(course)
    for question in course.told:
        yield from _answer(course, question)
    yield from _fee(course, through, due)
    yield from _committed(course, through, met)


def _receiving(course: Course) -> Iterator[Limit]:
    """The acknowledgement, and the way to the proper component."""
    statute, base = course.statute, course.first_day_zero
    if statute.acknowledgement is not None:
        due = end(statute.period, base, course.calendar)
        name, met = LimitName.ACKNOWLEDGEMENT, course.acknowledged
        cause = course.first_cause
        yield _of_period(course, statute.period, name, base, due, met, cause)
    if statute.component is not None and course.component is not None:
        due = end(statute.component, course.arrived, course.calendar)
        name, base = LimitName.COMPONENT, course.arrived
        met = course.component
        yield _of_period(course, statute.component, name, base, due, met, ARRIVED)


def _inner(course: Course, through: date) -> Iterator[Limit]:
    """The statute's own other limits: from the same day 0 with the same stops; without a date
    while a stop keeps them open."""
    term = course.term
    for name, period in course.statute.inner.items():
        yardstick = Yardstick.of(period, course.calendar, course.policy)
        own = Term(yardstick, term.day_zero, term.stops)
        limit = Limit(name, own.day_zero, None, period.article, term.cause, yardstick.own)
        if course.ending is None and any(stop.open_on(through) for stop in term.stops):
            yield limit
            continue
        due = own.due(through)
        ledger = () if course.bare else own.ledger(due, through, "", "")
        yield replace(limit, due=due, provisional=own.provisional(due), ledger=ledger)


def _correction(course: Course) -> Iterator[Limit]:
    rule = course.statute.correction
    calendar = course.calendar
    if rule is None:
        return
    if rule.notice and course.notice_limit:
        yield _of_period(
            course,
            rule.notice,
            LimitName.CORRECTION_NOTICE,
            course.first_day_zero,
            course.notice_limit,
            course.first_notice_sent,
            course.first_cause,
        )
    notice = course.notice
    if notice and notice.correct_by and rule.limit and notice.counted:
        base, cause = notice.sent, "correction_notice_sent"
        yield _of_period(
            course,
            rule.limit,
            LimitName.CORRECTION,
            base,
            notice.correct_by,
            notice.received,
            cause,
        )
    elif notice and notice.correct_by:
        article = f"{rule.article}; setting correction_days" if notice.counted else rule.article
        days = calendar.public
        gauge = days.index if notice.counted else CALENDAR_DAYS
        limit = Limit(
            LimitName.CORRECTION,
            notice.sent,
            notice.correct_by,
            article,
            cause="correction_notice_sent",
            own=False,
            met=notice.received,
        )
        yield _proved(limit, days, gauge, bare=course.bare)


def _answer(course: Course, question: Question) -> Iterator[Limit]:
    if question.rule.limit and question.limit:
        yield _of_period(
            course,
            question.rule.limit,
            ANSWER_LIMIT[question.party],
            question.delivered,
            question.limit,
            question.answered,
            "letter_delivered",
            question.ref,
        )


def _fee(course: Course, through: date, due: date | None) -> Iterator[Limit]:
    """The fee notice has to leave inside the handling period."""
    rule = course.statute.fee
    if rule is None:
        return
    fee: FeeNotice | None = course.fee
    if fee is not None:
        if rule.notice_limit:
            yield Limit(
                LimitName.FEE_NOTICE,
                fee.term_began,
                fee.due_then,
                rule.article,
                fee.term_cause,
                course.term.yardstick.own,
                fee.sent,
            )
        if rule.payment is not None and fee.limit is not None:
            name, base = LimitName.FEE_PAYMENT, fee.delivered
            cause = "fee_notice_delivered"
            yield _of_period(course, rule.payment, name, base, fee.limit, fee.paid, cause)
    elif rule.notice_limit and (due or through) >= rule.in_force_from:
        provisional = due is not None and course.term.provisional(due)
        term = course.term
        yield Limit(
            LimitName.FEE_NOTICE,
            term.day_zero,
            due,
            rule.article,
            term.cause,
            term.yardstick.own,
            provisional=provisional,
        )


def _committed(course: Course, through: date, met: date | None) -> Iterator[Limit]:
    """The office's own shorter limit; without a date while a stop keeps it open."""
    n = course.policy.committed_working_days
    if n is None:
        return
    term = course.term
    article = "setting committed_working_days"
    own = term.yardstick.own
    limit = Limit(LimitName.COMMITTED, term.day_zero, None, article, term.cause, own, met)
    still_open = [stop.began for stop in term.stops if stop.open_on(through)]
    if course.ending is None and still_open:
        through = min(still_open)
        if through < term.committed(n, through):
            yield limit
            return
    due = term.committed(n, through)
    ledger = () if course.bare else term.committed_ledger(due, through, article)
    yield replace(limit, due=due, provisional=term.provisional(due), ledger=ledger)


def _of_period(
    course: Course,
    period: CitedPeriod,
    name: str,
    base: date,
    due: date,
    met: date | None,
    cause: str,
    ref: str | None = None,
) -> Limit:
    days = days_for(period, course.calendar)
    own = period.closures is Closures.OWN
    limit = Limit(name, base, due, period.article, cause, own, met, ref=ref)
    asks = asks_calendar(period)
    return _proved(limit, days, gauge_for(period.unit, days), bare=course.bare, asks=asks)


def _proved(
    limit: Limit, days: Calendar, gauge: Gauge, *, bare: bool = False, asks: bool | None = None
) -> Limit:
    """The limit with the ledger of its plain count, unless `bare`; `asks`: whether its last day
    depends on which days are worked (None: as its gauge does)."""
    assert limit.due is not None
    stages = [Stage(limit.due, str(limit.name), limit.article)]
    ledger = () if bare else spans(gauge, days, limit.base, stages)
    by_days = gauge is not CALENDAR_DAYS if asks is None else asks
    provisional = by_days and days.provisional(limit.base, limit.due)
    return replace(limit, provisional=provisional, ledger=ledger)


PENDING = {
    ClockState.UNCONFIRMED: LimitName.RECEIPT_CONFIRMATION,
    ClockState.AWAITING_CORRECTION: LimitName.CORRECTION,
    ClockState.AWAITING_PAYMENT: LimitName.FEE_PAYMENT,
}
"""The limit that a state without a running period waits for."""
