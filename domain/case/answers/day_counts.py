"""Days taken, left and late, for supervision: one convention, in the unit of the statute.

Day 0 is not counted. Taken: counted days from day 1 up to the dispatch, or to today, inclusive.
Left: counted days after today up to the last day inclusive. Late: days of the unit after the last
day up to the dispatch, or to today, inclusive; a late case has used its whole period, so these are
in `taken` too. While a pause lasts only `left` is said; while no period runs nothing is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.calendar.model import Calendar
from domain.clock import ClockState, Reckoning, Span
from domain.periods.gauge import days_for, gauge_for
from domain.periods.period import Unit


@dataclass(frozen=True, slots=True)
class DayCounts:
    """Days of one case in `unit`; None: not said in its state."""

    unit: Unit
    taken: int | None = None
    left: int | None = None
    late: int | None = None


def day_counts(reckoning: Reckoning, calendar: Calendar) -> DayCounts:
    """The days of a case as reckoned, in an organ that works by `calendar`.
    Raises calendar_missing."""
    unit = _unit(reckoning.statute.period.unit)
    if reckoning.state is ClockState.PAUSED:
        return DayCounts(unit, left=reckoning.working_days_left)
    if reckoning.due is None:
        return DayCounts(unit)
    calendar = days_for(reckoning.statute.period, calendar)
    answered = reckoning.state is ClockState.ANSWERED
    through = _ended(reckoning) if answered else reckoning.as_of
    counts = of_ledger(reckoning.ledger, reckoning.due, through, calendar, unit)
    return DayCounts(unit, counts.taken, None, counts.late) if answered else counts


def of_ledger(
    ledger: Iterable[Span], due: date, through: date, calendar: Calendar, unit: Unit
) -> DayCounts:
    """The days of a running count up to and including `through`, from its ledger alone."""
    taken = left = 0
    for span in ledger:
        if span.counted:  # every day of such a span counts
            before = min(span.counted, max(0, (through - span.first).days + 1))
            taken, left = taken + before, left + span.counted - before
    late = 0
    if through > due:
        gauge = gauge_for(unit, calendar)
        late = gauge.rank(through) - gauge.rank(due)
    return DayCounts(_unit(unit), taken + late, left, late)


def _ended(reckoning: Reckoning) -> date:
    reply = next(limit for limit in reckoning.limits if limit.name == "reply")
    return reply.met or reckoning.as_of


def _unit(unit: Unit) -> Unit:
    """Months and hours are kept in calendar days once their length is known."""
    return unit if unit is Unit.WORKING_DAY else Unit.CALENDAR_DAY
