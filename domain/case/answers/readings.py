"""How a case would be counted by other choices of the settings that no text settles."""

from datetime import date

from domain.case.changes import replaced
from domain.case.count import reckoned
from domain.case.state import CaseState
from domain.clock import ClockEvent, ClockState, Party, Reckoning
from domain.clock import ClockEventKind as Kind
from domain.clock.readings import Readings, readings
from domain.errors import YishenError
from domain.policy import Policy

_ANSWERS = {
    Party.THIRD_PARTY: Kind.THIRD_PARTY_ANSWERED,
    Party.COPRODUCER: Kind.COPRODUCER_ANSWERED,
    Party.AGENCY: Kind.AGENCY_ANSWERED,
}


def readings_of(state: CaseState, as_of: date) -> Readings:
    """The readings of the case as of a day. Raises what the clock raises."""
    return readings(lambda policy: reckoned(_by(state, policy), as_of), state.law.policy)


def readings_if_answered(state: CaseState, as_of: date) -> Readings:
    """As `readings_of`, a count that stands still as if all were answered on that day: what
    explains the ledger that such a case is shown with."""

    def answered(policy: Policy) -> Reckoning:
        case = _by(state, policy)
        return as_if_answered(case, reckoned(case, as_of))

    return readings(answered, state.law.policy)


def _by(state: CaseState, policy: Policy) -> CaseState:
    return replaced(state, law=replaced(state.law, policy=policy))


def as_if_answered(state: CaseState, reckoning: Reckoning) -> Reckoning:
    """The count with every open consultation answered on the day asked; as it is where nothing
    stands still, or where a letter that has not arrived cannot be answered."""
    if reckoning.state is not ClockState.PAUSED:
        return reckoning
    answers = tuple(
        ClockEvent(_ANSWERS[c.kind], reckoning.as_of, ref=c.ref)
        for c in reckoning.consultations
        if c.answered is None
    )
    answered = replaced(state, clock=(*state.clock, *answers))
    try:
        return reckoned(answered, reckoning.as_of)
    except YishenError:
        return reckoning
