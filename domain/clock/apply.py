"""Every kind of event and the one rule that takes it in."""

from collections.abc import Callable, Mapping

from domain.clock import acknowledging, charging, consulting, correcting, extending, pausing
from domain.clock.course import Course, CourseEnd
from domain.clock.model import ClockEvent, ClockState, WarningCode
from domain.clock.model import ClockEventKind as Kind
from domain.errors import Code, Refusal


def _confirmation_not_needed(course: Course, event: ClockEvent) -> None:
    course.warn(WarningCode.CONFIRMATION_NOT_NEEDED)


def _dispatched(course: Course, event: ClockEvent) -> None:
    course.ending = CourseEnd(ClockState.ANSWERED, event.at, event.kind)


def _withdrawn(course: Course, event: ClockEvent) -> None:
    course.ending = CourseEnd(ClockState.WITHDRAWN, event.at, event.kind)


APPLY: Mapping[Kind, Callable[[Course, ClockEvent], None]] = {
    Kind.RECEIPT_CONFIRMED: _confirmation_not_needed,
    Kind.CORRECTION_NOTICE_SENT: correcting.notice_sent,
    Kind.CORRECTION_RECEIVED: correcting.received,
    Kind.CORRECTION_LAPSED: correcting.lapsed,
    **dict.fromkeys(consulting.ASKED, consulting.asked),
    **dict.fromkeys(consulting.ANSWERED, consulting.answered),
    Kind.EXTENSION_GRANTED: extending.granted,
    Kind.FEE_NOTICE_SENT: charging.notice_sent,
    Kind.FEE_PAID: charging.paid,
    Kind.FEE_LAPSED: charging.lapsed,
    Kind.LIMIT_SET: extending.limit_set,
    Kind.PAUSED: pausing.paused,
    Kind.RESUMED: pausing.resumed,
    Kind.ACKNOWLEDGED: acknowledging.acknowledged,
    Kind.COMPONENT_RECEIVED: acknowledging.component_received,
    Kind.REPLY_DISPATCHED: _dispatched,
    Kind.WITHDRAWN: _withdrawn,
}


def apply(course: Course, event: ClockEvent) -> None:
    """Take in one event. After an end nothing follows, but a late correction with a good reason
    revives a lapse, and a silent lapse may be put on record."""
    ending = course.ending or course.silent_lapse(event.at)
    if ending is not None:
        revives = (
            event.kind is Kind.CORRECTION_RECEIVED
            and event.good_reason
            and ending.by is Kind.CORRECTION_LAPSED
        )
        on_record = course.ending is None and (
            event.kind is ending.by
            or (event.kind is Kind.FEE_PAID and ending.by is Kind.FEE_LAPSED)
        )
        if not revives and not on_record:
            raise Refusal(Code.CASE_ENDED, kind=event.kind, day=ending.at)
        course.ending = None
    APPLY[event.kind](course, event)
