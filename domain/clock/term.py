"""One count: from its day 0, through the holes of its stops, to its due day, with the proof.

A restart begins another term; nothing of the old one but open questions goes over.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.calendars import Calendar
from domain.clock.gauge import Gauge, gauge_for, length
from domain.clock.model import Span
from domain.clock.stops import Hole, Stop, union
from domain.period import CitedPeriod, Roll

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Measure:
    """What all terms of a case are counted with. `from_first_day`: setting exclusion_ends."""

    period: CitedPeriod
    calendar: Calendar
    gauge: Gauge
    from_first_day: bool

    @classmethod
    def of(cls, period: CitedPeriod, calendar: Calendar, *, from_first_day: bool) -> "Measure":
        """The measure of `period` on `calendar`."""
        return cls(period, calendar, gauge_for(period.unit, calendar), from_first_day)


@dataclass(slots=True)
class Term:
    """One count. `extension` in units of the period, given in `extensions` acts; `until`: a later
    limit set on `set_on`."""

    measure: Measure
    day_zero: date
    stops: list[Stop] = field(default_factory=list)
    extension: int = 0
    extensions: int = 0
    set_on: date | None = None
    until: date | None = None

    def due(self, through: date) -> date:
        """The last day, stops without an end taken as ended on `through`.
        Raises calendar_missing."""
        counted = self._counted(self.measure.period.n + self.extension, self._holes(through))
        return counted if self.until is None else max(counted, self._set_limit(through))

    def due_unextended(self, through: date) -> date:
        """The last day of the period alone, from the same day 0 with the same holes."""
        return self._counted(self.measure.period.n, self._holes(through))

    def committed(self, n: int, through: date) -> date:
        """The last day of a shorter limit of `n` units; an extension moves it as far."""
        return self._counted(n + self.extension, self._holes(through))

    def ledger(
        self, due: date, through: date, extension_article: str, later_article: str
    ) -> tuple[Span, ...]:
        """The proof of `due`: spans without gap from the day after day 0."""
        holes = self._holes(through)
        period = self.measure.period
        counted = self._counted(period.n + self.extension, holes)
        stages = [(min(due, self._counted(period.n, holes)), "period", period.article)]
        if self.extension:
            stages.append((min(due, counted), "extension", extension_article))
        if self.until is not None:
            stages.append((due, "later_limit", later_article))
        return spans(self.measure.gauge, self.measure.calendar, self.day_zero, stages, holes)

    def committed_ledger(self, due: date, through: date, article: str) -> tuple[Span, ...]:
        """The proof of a committed limit."""
        measure = self.measure
        stages = [(due, "committed", article)]
        return spans(measure.gauge, measure.calendar, self.day_zero, stages, self._holes(through))

    def _holes(self, through: date) -> list[Hole]:
        if not self.stops:
            return []
        return union(self.stops, self.day_zero, through, from_first_day=self.measure.from_first_day)

    def _counted(self, n: int, holes: Sequence[Hole]) -> date:
        measure = self.measure
        start = measure.gauge.rank(self.day_zero)
        last = _shifted(measure.gauge, start + length(measure.period, n, self.day_zero), holes)
        day = measure.gauge.at(last)
        rolls = measure.period.roll is Roll.NEXT_WORKING_DAY
        return measure.calendar.roll(day) if rolls else day

    def _set_limit(self, through: date) -> date:
        """The later limit: a date; only questions asked after it was set move it."""
        assert self.until is not None
        assert self.set_on is not None
        gauge = self.measure.gauge
        asked_since = [stop for stop in self.stops if stop.began >= self.set_on]
        holes = union(
            asked_since, self.day_zero, through, from_first_day=self.measure.from_first_day
        )
        rank = gauge.rank(self.until)
        moved = _shifted(gauge, rank, holes)
        return self.until if moved == rank else gauge.at(moved)


def _shifted(gauge: Gauge, target: int, holes: Sequence[Hole]) -> int:
    """The rank `target` moved on by every hole that begins before it."""
    for hole in holes:
        before = gauge.rank(hole.first - ONE_DAY)
        if before >= target:
            break
        target += gauge.rank(hole.last) - before
    return target


def spans(
    gauge: Gauge,
    calendar: Calendar,
    day_zero: date,
    stages: Sequence[tuple[date, str, str]],
    holes: Sequence[Hole] = (),
) -> tuple[Span, ...]:
    """The days after `day_zero` in spans: `stages` name what is counted up to which day; holes
    and rest days count nothing."""
    found: list[Span] = []
    day = day_zero + ONE_DAY
    pending = list(holes)
    for stage_last, why, article in stages:
        while day <= stage_last:
            while pending and pending[0].last < day:
                del pending[0]
            if pending and pending[0].first <= day:
                stop = pending[0].stop
                last = min(pending[0].last, stage_last)
                found.append(Span(day, last, 0, stop.why, stop.article))
            else:
                run = gauge.run(day)
                last = min(run.last, stage_last)
                if pending and pending[0].first <= last:
                    last = pending[0].first - ONE_DAY
                if run.working:
                    found.append(Span(day, last, (last - day).days + 1, why, article))
                elif run.holiday:
                    found.append(Span(day, last, 0, "holiday", calendar.notice(day, last)))
                else:
                    found.append(Span(day, last, 0, "weekend", calendar.weekend_source))
            day = last + ONE_DAY
    return tuple(found)
