"""Fees: between the notice and full payment no period runs; unpaid, the request is abandoned."""

from domain.clock.course import Course, CourseEnd, FeeNotice
from domain.clock.model import ClockEvent, ClockState, WarningCode
from domain.clock.stops import Stop
from domain.errors import Code, InputError, Refusal
from domain.periods.gauge import end
from domain.statute import FeeEffect


def notice_sent(course: Course, event: ClockEvent) -> None:
    """A fee notice leaves; a second one before payment replaces the first. `until`: the limit of
    a case whose lapse was taken back.
    Raises not_in_force, dates_out_of_order, calendar_missing."""
    rule = course.statute.fee
    if rule is None or event.at < rule.in_force_from:
        article = rule.article if rule else None
        raise Refusal(
            Code.NOT_IN_FORCE, article, kind=event.kind, statute=course.statute.id, day=event.at
        )
    delivered = event.delivered or event.at
    if delivered < event.at:
        raise InputError(Code.DATES_OUT_OF_ORDER, field="delivered", day=delivered, before=event.at)
    due = course.term.due(event.at)
    if event.at > due:
        course.warn(WarningCode.FEE_NOTICE_LATE)
    limit = event.until
    if limit is None and rule.payment is not None:
        limit = end(rule.payment, delivered, course.calendar)
    if course.open_fee:
        stop, due = course.open_fee.stop, course.open_fee.due_then
    else:
        stop = Stop("fee_payment", rule.article, event.at, from_first_day=rule.from_first_day)
        course.term.stops.append(stop)
    term = course.term
    course.fee = FeeNotice(event.at, delivered, limit, stop, due, term.day_zero, term.cause)


def paid(course: Course, event: ClockEvent) -> None:
    """Paid in full: the period starts anew, or goes on (the statute, or the setting fee_restart).
    Raises unmatched_answer, dates_out_of_order."""
    fee = _open(course, event)
    if event.at < fee.delivered:
        raise InputError(
            Code.DATES_OUT_OF_ORDER, field=event.kind, day=event.at, before=fee.delivered
        )
    if fee.limit is not None and event.at > fee.limit:
        course.warn(WarningCode.FEE_PAID_LATE)
        return
    fee.paid = fee.stop.ended = event.at
    rule = course.statute.fee
    effect = rule.effect if rule else FeeEffect.SETTING
    if effect is FeeEffect.RESTART or (effect is FeeEffect.SETTING and course.policy.fee_restart):
        course.restart(event, fee.due_then)


def lapsed(course: Course, event: ClockEvent) -> None:
    """The limit of payment ran out.
    Raises not_in_this_statute, unmatched_answer, dates_out_of_order."""
    fee = _open(course, event)
    if fee.limit is None:
        raise Refusal(Code.NOT_IN_THIS_STATUTE, statute=course.statute.id)
    if event.at <= fee.limit:
        raise InputError(Code.DATES_OUT_OF_ORDER, field=event.kind, day=event.at, before=fee.limit)
    course.ending = CourseEnd(ClockState.LAPSED, event.at, event.kind)


def _open(course: Course, event: ClockEvent) -> FeeNotice:
    if course.open_fee is None:
        raise InputError(Code.UNMATCHED_ANSWER, kind=event.kind, ref="")
    return course.open_fee
