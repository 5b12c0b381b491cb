"""Correction: a notice stops the period, the completed request starts it anew (or ends the stop,
where the statute says no more).

cn-2019 art 30: one notice within 7 working days, a reasonable limit, silence abandons the
request. cn-2008: the notice is itself a reply (art 21); nothing lapses, none is too many.
"""

from domain.clock.course import CorrectionNotice, Course, CourseEnd
from domain.clock.model import ClockEvent, ClockState, WarningCode
from domain.clock.stops import Stop
from domain.errors import Code, InputError, Refusal
from domain.periods.gauge import end
from domain.statute import Effect


def notice_sent(course: Course, event: ClockEvent) -> None:
    """A notice to correct leaves. Raises not_in_this_statute, dates_out_of_order,
    calendar_missing."""
    rule = course.statute.correction
    if rule is None:
        raise Refusal(Code.NOT_IN_THIS_STATUTE, statute=course.statute.id)
    due = course.term.due(event.at)
    if event.correct_by is not None and event.correct_by < event.at:
        raise InputError(
            Code.DATES_OUT_OF_ORDER, field="correct_by", day=event.correct_by, before=event.at
        )
    if rule.once and course.notice is not None:
        course.warn(WarningCode.SECOND_CORRECTION_NOTICE)
        course.idle_notices += 1
        return
    if event.at > due:  # revives nothing
        course.warn(WarningCode.CORRECTION_NOTICE_AFTER_DUE)
        course.idle_notices += 1
        return
    late = course.notice_limit is not None and event.at > course.notice_limit
    if late:
        course.warn(WarningCode.CORRECTION_NOTICE_LATE)
    correct_by = event.correct_by
    if correct_by is None and rule.limit is not None:
        correct_by = end(rule.limit, event.at, course.calendar)
    elif correct_by is None and rule.lapses:
        # The applicant's limit: closures of the organ do not touch it.
        days = course.calendar.public
        correct_by = days.add_working_days(event.at, course.policy.correction_days)
    stop = None
    if not (late and course.policy.late_correction_notice == "no_restart"):
        stop = course.open_notice.stop if course.open_notice else None
        if stop is None:
            stop = Stop("correction", rule.article, event.at, from_first_day=rule.from_first_day)
            course.term.stops.append(stop)
    course.first_notice_sent = course.first_notice_sent or event.at
    course.notice = CorrectionNotice(event.at, correct_by, event.correct_by is None, stop, due)


def received(course: Course, event: ClockEvent) -> None:
    """The completed request is there: day 0 of a new term, or the end of the stop.
    Raises unmatched_answer."""
    notice = course.notice
    rule = course.statute.correction
    if rule is not None and notice is not None and notice.received is None:
        notice.received = event.at
        if notice.stop is not None and rule.effect is Effect.EXCLUDED:
            notice.stop.ended = event.at
        elif notice.stop is not None:
            course.restart(event, notice.due_then)
    elif course.idle_notices:
        course.idle_notices -= 1
    else:
        raise InputError(Code.UNMATCHED_ANSWER, kind=event.kind, ref="")


def lapsed(course: Course, event: ClockEvent) -> None:
    """The limit ran out: abandoned.
    Raises not_in_this_statute, unmatched_answer, dates_out_of_order."""
    rule = course.statute.correction
    if rule is None or not rule.lapses:
        raise Refusal(Code.NOT_IN_THIS_STATUTE, statute=course.statute.id)
    notice = course.open_notice
    if notice is None or notice.correct_by is None:
        raise InputError(Code.UNMATCHED_ANSWER, kind=event.kind, ref="")
    if event.at <= notice.correct_by:  # the last day is the applicant's to its end
        raise InputError(
            Code.DATES_OUT_OF_ORDER, field=event.kind, day=event.at, before=notice.correct_by
        )
    course.ending = CourseEnd(ClockState.LAPSED, event.at, event.kind)
