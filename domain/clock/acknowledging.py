"""What decides, after the arrival, from which day the period of the reply runs.

A statute may give a short period to acknowledge and another from that day, or to a day stated
in the acknowledgement; it may let the period run from the day the proper component has the
request.
"""

from dataclasses import replace

from domain.clock.course import Course
from domain.clock.model import ClockEvent, WarningCode
from domain.clock.term import Yardstick
from domain.errors import Code, InputError, Refusal


def acknowledged(course: Course, event: ClockEvent) -> None:
    """The office acknowledges; `until`: the day it states.
    Raises not_in_this_statute, unmatched_answer, dates_out_of_order, calendar_missing."""
    rule = course.statute.acknowledgement
    if rule is None:
        raise Refusal(Code.NOT_IN_THIS_STATUTE, statute=course.statute.id)
    if course.acknowledged is not None:
        raise InputError(Code.UNMATCHED_ANSWER, kind=event.kind, ref="")
    if event.until is not None and event.until < event.at:
        raise InputError(Code.DATES_OUT_OF_ORDER, field="until", day=event.until, before=event.at)
    due = course.term.due(event.at)
    if event.at > due:
        course.warn(WarningCode.ACKNOWLEDGED_LATE)
    course.acknowledged = event.at
    course.restart(event, due)
    yardstick = Yardstick.of(rule, course.calendar, course.policy)
    course.term = replace(course.term, yardstick=yardstick, stated=event.until)


def component_received(course: Course, event: ClockEvent) -> None:
    """The proper component has it; the receipt day already follows from the first such event.
    Raises not_in_this_statute, unmatched_answer."""
    if course.statute.component is None:
        raise Refusal(Code.NOT_IN_THIS_STATUTE, statute=course.statute.id)
    if course.component is not None:
        raise InputError(Code.UNMATCHED_ANSWER, kind=event.kind, ref="")
    course.component = event.at
