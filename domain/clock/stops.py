"""What stops a period, and the union of all stops.

A stop takes the days out of the count that lie after it began and up to its end (the text, or
the setting exclusion_ends, may take in the first day as well). Stops that overlap take a day out
once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.periods.ledger import ONE_DAY, Gap


@dataclass(slots=True)
class Stop:
    """Time that may not count. `cap`: the last day it can take out, None: no end by itself;
    `from_first_day`: the day it began is taken out as well."""

    why: str
    article: str
    began: date
    cap: date | None = None
    ended: date | None = None
    from_first_day: bool = False

    def open_on(self, day: date) -> bool:
        """Whether it still takes days out on `day`."""
        return self.ended is None and (self.cap is None or day <= self.cap)

    def end(self, through: date) -> date:
        """Its last day, one without an end taken as ended on `through`."""
        end = through if self.ended is None else self.ended
        return end if self.cap is None else min(end, self.cap)


def union(
    stops: Iterable[Stop], day_zero: date, through: date, *, from_first_day: bool
) -> list[Gap]:
    """The stops as gaps in order, apart from each other, after `day_zero`; a day that several
    stops cover is owed to the one that began first."""
    gaps: list[Gap] = []
    after = day_zero
    dated = ((_first(stop, from_first_day), stop) for stop in stops)
    for began, stop in sorted(dated, key=lambda pair: pair[0]):
        first = max(after + ONE_DAY, began)
        last = stop.end(through)
        if first <= last:
            gaps.append(Gap(first, last, stop.why, stop.article))
            after = last
    return gaps


def _first(stop: Stop, from_first_day: bool) -> date:
    return stop.began if from_first_day or stop.from_first_day else stop.began + ONE_DAY
