"""A reply that left and is not known to have arrived. What the applicant can do runs from the day
of knowing; until then the office looks after the delivery by a limit of its own, so that no case
rests in the drawer where the slip of its letter should be."""

from collections.abc import Iterator
from datetime import date

from domain.case.facts import DispatchChannel
from domain.case.parts import End
from domain.case.state import CaseState
from domain.errors import YishenError
from domain.periods.period import Closures, Period, Unit
from domain.periods.running import Running
from domain.remedies.counting import counted

NAME = "delivery_check"


def known_since(state: CaseState) -> date | None:
    """The day on which the applicant came to know the present reply: that of its delivery, or of
    handing it over; None: not on record."""
    if state.dispatch is None:
        return None
    if state.ending is not None and state.ending.how is End.DELIVERED:
        return state.ending.on
    by_hand = state.dispatch.channel is DispatchChannel.HANDED_OVER
    return state.dispatch.on if by_hand else None


def limits(state: CaseState) -> Iterator[Running]:
    """The office's own limit to find out what became of its reply. None where the calendar can't
    count it: it is to hold up nothing."""
    if state.dispatch is None or state.ending is not None:
        return
    period = Period(
        n=state.law.policy.delivery_check_days,
        unit=Unit.WORKING_DAY,
        closures=Closures.OWN,
        article="setting delivery_check_days",
    )
    try:
        count = counted(period, state.calendar, state.dispatch.on)
    except YishenError:
        return
    yield count.running(NAME, None, "dispatched")
