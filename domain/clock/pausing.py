"""The clock stops for a reason the statute knows and goes on, or begins anew, when that is over."""

from domain.clock.course import Course, Pause
from domain.clock.model import ClockEvent, WarningCode
from domain.clock.stops import Stop
from domain.errors import Code, InputError
from domain.statute import Effect


def paused(course: Course, event: ClockEvent) -> None:
    """The clock stops. A reason used up, or a statute without stops, excludes nothing.
    Raises bad_field for a reason the statute doesn't know, calendar_missing."""
    rules = course.statute.pause
    if not rules:
        course.warn(WarningCode.NOT_EXCLUDED)
        course.idle_pauses += 1
        return
    reason = event.reason or next(iter(rules))
    rule = rules.get(reason)
    if rule is None:
        known = ", ".join(rules)
        raise InputError(Code.BAD_FIELD, field="reason", detail="one_of", known=known)
    due = course.term.due(event.at)
    used = sum(pause.reason == reason for pause in course.pauses)
    if rule.times is not None and used >= rule.times:
        course.warn(WarningCode.NOT_EXCLUDED)
    elif event.at > due or (event.at == due and not rule.from_first_day):
        course.warn(WarningCode.CONSULTATION_AFTER_DUE)
    else:
        stop = Stop("pause", rule.article, event.at, from_first_day=rule.from_first_day)
        course.pauses.append(Pause(reason, rule, stop, due))
        course.term.stops.append(stop)
        return
    course.idle_pauses += 1


def resumed(course: Course, event: ClockEvent) -> None:
    """What was awaited is there: the oldest open stop ends (of that reason, where one is named).
    Raises unmatched_answer."""
    for pause in course.pauses:
        if pause.stop.ended is None and event.reason in (None, pause.reason):
            pause.stop.ended = event.at
            if pause.rule.effect is Effect.RESTART:
                course.restart(event, pause.due_then)
            return
    if not course.idle_pauses:
        raise InputError(Code.UNMATCHED_ANSWER, kind=event.kind, ref=event.reason or "")
    course.idle_pauses -= 1
