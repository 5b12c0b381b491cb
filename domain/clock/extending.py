"""What moves the end of a running period: the extension, a later limit.

An extension is told to the applicant on or before the unextended due day and counted from the
same day 0; where a calendar moved that day earlier since, the setting told_extension decides. A
later limit is a date set by hand with its reason.
"""

from domain.clock.course import Course
from domain.clock.model import ClockEvent, WarningCode
from domain.errors import Code, InputError, Refusal


def granted(course: Course, event: ClockEvent) -> None:
    """The applicant is told of an extension.
    Raises not_in_this_statute, bad_field, extension_too_long, calendar_missing."""
    rule = course.statute.extension
    if rule is None:
        if event.until is not None and course.statute.later_limit is not None:
            limit_set(course, event)
            return
        raise Refusal(Code.NOT_IN_THIS_STATUTE, statute=course.statute.id)
    n, unit = event.working_days, course.statute.period.unit
    if event.unit not in (None, unit):
        raise InputError(
            Code.BAD_FIELD, field=f"{event.unit}s", detail="length", unit=f"{unit}s", n=rule.n
        )
    if n is None or n < 1:
        raise InputError(
            Code.BAD_FIELD, field="working_days", detail="length", unit=f"{unit}s", n=rule.n
        )
    if n > rule.n:
        raise Refusal(Code.EXTENSION_TOO_LONG, rule.article, asked=n, max=rule.n)
    term = course.term
    used = term.extensions
    if course.policy.extension_after_restart == "once_per_request":
        used += course.extensions_before
    if used >= rule.times:
        course.warn(WarningCode.SECOND_EXTENSION)
    elif event.at > term.due(event.at) and not _told_in_time(course, event):
        course.warn(WarningCode.EXTENSION_AFTER_DUE)
    else:
        term.extension += n
        term.extensions += 1


def _told_in_time(course: Course, event: ClockEvent) -> bool:
    """Whether it was told in time by the day then shown, and that counts."""
    if event.shown is None or event.at > event.shown:
        return False
    if course.policy.told_extension == "as_recounted":
        return False
    course.warn(WarningCode.EXTENSION_AS_TOLD)
    return True


def limit_set(course: Course, event: ClockEvent) -> None:
    """The office states a later, reasonable limit; told after the due day it has no effect.
    Raises not_in_this_statute, bad_field, calendar_missing."""
    rule = course.statute.later_limit
    if rule is None:
        raise Refusal(Code.NOT_IN_THIS_STATUTE, statute=course.statute.id)
    due = course.term.due(event.at)
    if event.at > due:
        course.warn(WarningCode.EXTENSION_AFTER_DUE)
        return
    if event.until is None or event.until <= due:
        raise InputError(Code.BAD_FIELD, field="until", detail="after_day", day=due)
    course.term.set_on = event.at
    course.term.until = event.until
