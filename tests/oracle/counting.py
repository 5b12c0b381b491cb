"""One count of days: walk the calendar from day 0 and ask of each day whether it counts."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.oracle.days import DAY, Days
from tests.oracle.statutes import Law

Line = dict[str, Any]


@dataclass
class Stop:
    """Days taken out: a question to others, or the wait for a fee that restarts nothing."""

    kind: str
    ref: str | None
    sent: date
    got: date
    limit: date | None = None
    """The last day to answer, where a text sets one."""
    silence: date | None = None
    """The day on which silence ends it, if silence does."""
    excludes: bool = True
    late: bool = False
    """Sent when the period was over: it takes nothing out of that count."""
    answered: date | None = None

    def end(self, closing: date | None) -> date | None:
        """Its last day, taken as ended on `closing` at the latest; None: nobody knows."""
        ends = [end for end in (self.answered, self.silence, closing) if end]
        return min(ends) if ends else None

    def waits(self, day: date) -> bool:
        """Whether at the end of the day the answer is still waited for."""
        return self.excludes and not self.answered and not (self.silence and self.silence < day)


@dataclass
class Count:
    """One count: its day 0 and what makes it longer."""

    zero: date
    extension: int = 0
    later: date | None = None
    """A later limit, art 35, and the day it was set: only what was asked since then moves it."""
    later_set: date = date.min


@dataclass
class Counting:
    """What a count goes by. `count` None: there is no day 0 yet."""

    days: Days
    settings: Line
    law: Law
    count: Count | None = None
    stops: list[Stop] = field(default_factory=list)

    def taken_out(self, day: date, closing: date | None, since: date = date.min) -> list[Stop]:
        """What takes the day out, of the stops sent on `since` or later."""
        both = self.settings["exclusion_ends"] == "both_ends"
        found = []
        for stop in self.stops:
            end = stop.end(closing)
            begun = stop.sent <= day if both else stop.sent < day
            if stop.excludes and stop.sent >= since and begun and (end is None or day <= end):
                found.append(stop)
        return found

    def nth(self, n: int, closing: date | None = None) -> date | None:
        """The day on which the n-th day counts; None where an open question hides it."""
        assert self.count
        return self._walk(n, self.count.zero, closing, date.min)

    def _walk(self, n: int, day: date, closing: date | None, since: date) -> date | None:
        while n:
            day += DAY
            if not self.days.works(day):
                continue
            stops = self.taken_out(day, closing, since)
            if any(stop.end(closing) is None for stop in stops):
                return None
            n -= not stops
        return day

    def due(self, closing: date | None = None) -> date | None:
        """The last day to reply; open questions taken as answered on `closing`."""
        assert self.count
        last = self.nth(self.law.reply + self.count.extension, closing)
        if last is None or self.count.later is None:
            return last
        later = self.later(closing)
        return later and max(last, later)

    def later(self, closing: date | None) -> date | None:
        """The later limit, moved by the working days that later questions took out of it."""
        assert self.count
        assert self.count.later
        since, moved = self.count.later_set, 0
        day = max(since - DAY, self.count.zero)
        while day < self.count.later:
            day += DAY
            if not self.days.works(day):
                continue
            stops = self.taken_out(day, closing, since)
            if any(stop.end(closing) is None for stop in stops):
                return None
            moved += bool(stops)
        return self._walk(moved, day, closing, since)

    def over(self, day: date) -> bool:
        """Whether the reply period ended before the day."""
        due = self.due()
        return due is not None and due < day

    def counted_to(self, last: date, closing: date | None) -> list[date]:
        """Every day that counted, up to the last."""
        assert self.count
        found, day = [], self.count.zero
        while day < last:
            day += DAY
            if self.days.works(day) and not self.taken_out(day, closing):
                found.append(day)
        return found
