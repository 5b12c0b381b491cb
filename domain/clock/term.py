"""One count: from its day 0, through the gaps of its stops, to its due day, with the proof.

A restart begins another term; nothing of the old one but open questions goes over.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from domain.calendar.model import Calendar
from domain.clock.stops import Stop, union
from domain.periods.gauge import Gauge, asks_calendar, days_for, gauge_for, length
from domain.periods.ledger import ONE_DAY, Gap, Span, Stage, rest_source, spans
from domain.periods.period import CitedPeriod, Closures, Roll, Unit
from domain.policy import Policy

ARRIVED = "arrived"
"""The cause of a day 0 on which nothing but the request came."""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What all terms of a case are counted with."""

    period: CitedPeriod
    calendar: Calendar
    gauge: Gauge
    policy: Policy

    @classmethod
    def of(cls, period: CitedPeriod, calendar: Calendar, policy: Policy) -> "Yardstick":
        """The yardstick of `period` in an organ that works by `calendar`."""
        calendar = days_for(period, calendar)
        return cls(period, calendar, gauge_for(period.unit, calendar), policy)

    @property
    def from_first_day(self) -> bool:
        """Whether the day of asking is taken out as well."""
        return self.policy.exclusion_ends == "both_ends"

    @property
    def own(self) -> bool:
        """Whether closures of the organ count in it."""
        return self.period.closures is Closures.OWN


@dataclass(slots=True)
class Term:
    """One count. `extension` in units of the period, given in `extensions` acts; `until`: a later
    limit set on `set_on`; `stated`: the day that takes the place of the period; `begun`: the
    instant hours run from; `cause`: what happened on its day 0."""

    yardstick: Yardstick
    day_zero: date
    stops: list[Stop] = field(default_factory=list)
    extension: int = 0
    extensions: int = 0
    set_on: date | None = None
    until: date | None = None
    stated: date | None = None
    begun: datetime | None = None
    cause: str = ARRIVED

    def due(self, through: date) -> date:
        """The last day, stops without an end taken as ended on `through`.
        Raises calendar_missing."""
        counted = self._counted(self.yardstick.period.n + self.extension, self._gaps(through))
        return counted if self.until is None else max(counted, self._set_limit(through))

    def due_unextended(self, through: date) -> date:
        """The last day of the period alone, from the same day 0 with the same gaps."""
        return self._counted(self.yardstick.period.n, self._gaps(through))

    def committed(self, n: int, through: date) -> date:
        """The last day of a shorter limit of `n` units; an extension moves it as far."""
        return self._counted(n + self.extension, self._gaps(through))

    def due_at(self, due: date) -> datetime | None:
        """The instant on the last day, where hours run from a known one."""
        if self.begun is None or self.yardstick.period.unit is not Unit.HOUR:
            return None
        return datetime.combine(due, self._hours_end(self.begun).timetz())

    def provisional(self, last: date) -> bool:
        """Whether a coming notice may still move a count that ends on `last`."""
        yardstick = self.yardstick
        return asks_calendar(yardstick.period) and yardstick.calendar.provisional(
            self.day_zero, last
        )

    def ledger(
        self, due: date, through: date, extension_article: str, later_article: str
    ) -> tuple[Span, ...]:
        """The proof of `due`: spans without gap from the day after day 0."""
        gaps = self._gaps(through)
        calendar, period = self.yardstick.calendar, self.yardstick.period
        raw = self._raw(period.n + self.extension, gaps)
        if self.stated is not None:
            stages = [Stage(min(due, self.stated), "stated_day", period.article)]
        else:
            stages = [Stage(min(due, self._raw(period.n, gaps)), "period", period.article)]
        if self.extension:
            stages.append(Stage(min(due, raw), "extension", extension_article))
        if self.until is not None:
            stages.append(Stage(due, "later_limit", later_article))
        elif due > raw and self.stated is None:
            gaps = [gap for gap in gaps if gap.first <= raw]
            gaps.append(Gap(raw + ONE_DAY, due, "rolled", rest_source(calendar, raw)))
            stages.append(Stage(due, "rolled", ""))
        return spans(self.yardstick.gauge, calendar, self.day_zero, stages, gaps)

    def committed_ledger(self, due: date, through: date, article: str) -> tuple[Span, ...]:
        """The proof of a committed limit."""
        yardstick = self.yardstick
        stages = [Stage(due, "committed", article)]
        return spans(
            yardstick.gauge, yardstick.calendar, self.day_zero, stages, self._gaps(through)
        )

    def _gaps(self, through: date) -> list[Gap]:
        if not self.stops:
            return []
        return union(
            self.stops, self.day_zero, through, from_first_day=self.yardstick.from_first_day
        )

    def _counted(self, n: int, gaps: Sequence[Gap]) -> date:
        if self.stated is not None:
            return self.stated
        raw = self._raw(n, gaps)
        rolls = self.yardstick.period.roll is Roll.NEXT_WORKING_DAY
        return self.yardstick.calendar.roll(raw) if rolls else raw

    def _raw(self, n: int, gaps: Sequence[Gap]) -> date:
        """The last day before it goes on to a working day."""
        gauge, period = self.yardstick.gauge, self.yardstick.period
        if self.begun is not None and period.unit is Unit.HOUR:
            days = (self._hours_end(self.begun).date() - self.day_zero).days
        else:
            days = length(period, n, self.day_zero)
        return gauge.at(_shifted(gauge, gauge.rank(self.day_zero) + days, gaps))

    def _hours_end(self, begun: datetime) -> datetime:
        """In UTC, so that an hour is an hour over a change of summer time."""
        hours = timedelta(hours=self.yardstick.period.n)
        return (begun.astimezone(UTC) + hours).astimezone(begun.tzinfo)

    def _set_limit(self, through: date) -> date:
        """The later limit: a date; only questions asked after it was set move it."""
        assert self.until is not None
        assert self.set_on is not None
        gauge = self.yardstick.gauge
        asked_since = [stop for stop in self.stops if stop.began >= self.set_on]
        gaps = union(
            asked_since, self.day_zero, through, from_first_day=self.yardstick.from_first_day
        )
        rank = gauge.rank(self.until)
        moved = _shifted(gauge, rank, gaps)
        return self.until if moved == rank else gauge.at(moved)


def _shifted(gauge: Gauge, target: int, gaps: Sequence[Gap]) -> int:
    """The rank `target` moved on by every gap that begins before it."""
    for gap in gaps:
        before = gauge.rank(gap.first - ONE_DAY)
        if before >= target:
            break
        target += gauge.rank(gap.last) - before
    return target
