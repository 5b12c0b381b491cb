"""Answers for which no text sets an end: while the clock stands still for one, the office looks
after it by a limit of its own, so that no open case falls silent."""

from collections.abc import Iterable, Iterator

from domain.case.parts import Consultation
from domain.case.state import CaseState
from domain.clock import ClockState
from domain.errors import YishenError
from domain.periods.period import Closures, Period, Unit
from domain.periods.running import Running
from domain.remedies.counting import counted
from domain.rules import answers_are_awaited

NAME = "answer_awaited"


def awaited(state: CaseState) -> tuple[Consultation, ...]:
    """The letters an answer may still come to that counts: those whose limit passed in silence
    only where the setting waits for the answer."""
    until_answer = state.law.policy.silent_consultation == "until_answer"
    return tuple(
        c for c in state.consultations if c.answered is None and (until_answer or not c.silent)
    )


def limits(state: CaseState, clock_state: str, running: Iterable[Running]) -> Iterator[Running]:
    """The office's own limit for each answer that the clock waits for and none of `running`
    ends. None where the calendar can't count it: it is to hold up nothing."""
    if clock_state != ClockState.PAUSED or not answers_are_awaited(state.law.rules):
        return
    ended = {run.ref for run in running if run.ref is not None}
    period = Period(
        n=state.law.policy.answer_awaited_days,
        unit=Unit.WORKING_DAY,
        closures=Closures.OWN,
        article="setting answer_awaited_days",
    )
    for letter in awaited(state):
        if letter.ref not in ended:
            try:
                count = counted(period, state.calendar, letter.delivered)
            except YishenError:
                continue
            yield count.running(NAME, letter.ref, "letter_delivered")
