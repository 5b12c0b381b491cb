"""Consultations: whether asking a party takes time out, for how long, and who answered.

The working days after the letter left and up to the answer do not count; a party with a limit
takes out no day after it (setting silent_consultation). A question whether something is secret
counts only by the setting secrecy_referral_excluded. Which parties count is the statute's; it may
also give the reply another period once a party was asked.
"""

from dataclasses import replace

from domain.clock.course import Course, Question
from domain.clock.model import ClockEvent, ClockEventKind, WarningCode
from domain.clock.stops import Stop
from domain.clock.term import Yardstick
from domain.errors import Code, InputError
from domain.periods.gauge import end
from domain.periods.period import CitedPeriod
from domain.statute import ConsultationRule, Party, Silence

ASKED = {
    ClockEventKind.THIRD_PARTY_CONSULTED: Party.THIRD_PARTY,
    ClockEventKind.COPRODUCER_CONSULTED: Party.COPRODUCER,
    ClockEventKind.AGENCY_CONSULTED: Party.AGENCY,
}
ANSWERED = {
    ClockEventKind.THIRD_PARTY_ANSWERED: Party.THIRD_PARTY,
    ClockEventKind.COPRODUCER_ANSWERED: Party.COPRODUCER,
    ClockEventKind.AGENCY_ANSWERED: Party.AGENCY,
}
NO_RULE = ConsultationRule(article="-", excluded=False, limit=None, silence=Silence.NO_RULE)


def asked(course: Course, event: ClockEvent) -> None:
    """A letter asks a party. Raises dates_out_of_order, calendar_missing."""
    party = ASKED[event.kind]
    rule = course.statute.consultations.get(party, NO_RULE)
    delivered = event.delivered or event.at
    if delivered < event.at:
        raise InputError(Code.DATES_OUT_OF_ORDER, field="delivered", day=delivered, before=event.at)
    if event.secrecy and rule.excluded and not course.policy.secrecy_referral_excluded:
        rule = rule.changed(excluded=False)
    limit = end(rule.limit, delivered, course.calendar) if rule.limit else None
    stop = None
    if rule.excluded:
        until_answer = course.policy.silent_consultation == "until_answer"
        stop = Stop(party.value, rule.article, event.at, None if until_answer else limit)
        if event.at >= course.term.due(event.at):
            course.warn(WarningCode.CONSULTATION_AFTER_DUE)
        else:
            course.term.stops.append(stop)
    elif rule.period is None:
        course.warn(WarningCode.NOT_EXCLUDED)
    if rule.period is not None:
        _replace_period(course, event, rule.period)
    course.questions.append(Question(party, rule, event.ref, event.at, delivered, limit, stop))


def _replace_period(course: Course, event: ClockEvent, period: CitedPeriod) -> None:
    """From the same day 0 another period of the reply; asked after its end it revives nothing."""
    term = course.term
    if event.at > term.due(event.at):
        course.warn(WarningCode.CONSULTATION_AFTER_DUE)
        return
    yardstick = Yardstick.of(period, course.calendar, term.yardstick.policy)
    course.term = replace(term, yardstick=yardstick)


def answered(course: Course, event: ClockEvent) -> None:
    """The party answers the oldest open question of that reference; without a reference, the
    oldest open one. Raises unmatched_answer, dates_out_of_order."""
    party = ANSWERED[event.kind]
    for question in course.questions:
        named = event.ref is None or event.ref == question.ref
        if question.party is party and question.answered is None and named:
            break
    else:
        raise InputError(Code.UNMATCHED_ANSWER, kind=event.kind, ref=event.ref or "")
    if event.at < question.delivered:
        raise InputError(
            Code.DATES_OUT_OF_ORDER, field=event.kind, day=event.at, before=question.delivered
        )
    question.answered = event.at
    if question.stop is not None:
        question.stop.ended = event.at
