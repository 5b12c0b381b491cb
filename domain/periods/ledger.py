"""The proof of a count: every day from day 0 to the end stands in a span with its reason."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from domain.calendar.model import Calendar
from domain.periods.gauge import Gauge

ONE_DAY = timedelta(days=1)

RESTS = ("weekend", "holiday", "closure")
"""Why a day of rest does not count: by the calendar alone."""


class Span(NamedTuple):
    """Days `first` to `last` of a ledger: how many of them count, why, by which article."""

    first: date
    last: date
    counted: int
    why: str
    article: str


def spans_to_json(ledger: Iterable[Span]) -> list[dict[str, Any]]:
    """The spans of a ledger as they are kept and handed out: days in ISO form."""
    return [
        {
            "from": span.first.isoformat(),
            "to": span.last.isoformat(),
            "counted": span.counted,
            "why": span.why,
            "article": span.article,
        }
        for span in ledger
    ]


def spans_from_json(ledger: Iterable[Mapping[str, Any]]) -> tuple[Span, ...]:
    """The spans again; the other way of `spans_to_json`."""
    return tuple(
        Span(
            date.fromisoformat(span["from"]),
            date.fromisoformat(span["to"]),
            span["counted"],
            span["why"],
            span["article"] or "",
        )
        for span in ledger
    )


def fingerprint(ledger: Sequence[Span]) -> str:
    """Tells one ledger from another; sixteen hexadecimal digits."""
    said = "\n".join(f"{first} {last} {n} {why} {art}" for first, last, n, why, art in ledger)
    return sha256(said.encode()).hexdigest()[:16]


class Gap(NamedTuple):
    """Calendar days `first` to `last` that do not count, whatever day they are."""

    first: date
    last: date
    why: str
    article: str


class Stage(NamedTuple):
    """What is counted up to `last`: the period itself, then perhaps an extension."""

    last: date
    why: str
    article: str


def rest_source(calendar: Calendar, day: date) -> str:
    """Where it is published that a rest day is one; empty for a working day."""
    run = calendar.index.run(day)
    if run.working:
        return ""
    return " ".join(r.source for r in calendar.rest(day, day, holiday=run.holiday) if r.source)


def spans(
    gauge: Gauge,
    calendar: Calendar,
    day_zero: date,
    stages: Sequence[Stage],
    gaps: Sequence[Gap] = (),
) -> tuple[Span, ...]:
    """The days after `day_zero` in spans: `stages` name what is counted up to which day; gaps and
    rest days count nothing."""
    found: list[Span] = []
    day = day_zero + ONE_DAY
    pending = list(gaps)
    for stage_last, why, article in stages:
        while day <= stage_last:
            while pending and pending[0].last < day:
                del pending[0]
            if pending and pending[0].first <= day:
                gap = pending[0]
                last = min(gap.last, stage_last)
                found.append(Span(day, last, 0, gap.why, gap.article))
            else:
                run = gauge.run(day)
                last = min(run.last, stage_last)
                if pending and pending[0].first <= last:
                    last = pending[0].first - ONE_DAY
                if run.working:
                    found.append(Span(day, last, (last - day).days + 1, why, article))
                else:
                    rest = calendar.rest(day, last, holiday=run.holiday)
                    found.extend(Span(r.first, r.last, 0, r.why, r.source) for r in rest)
            if last == date.max:  # no day comes after
                return tuple(found)
            day = last + ONE_DAY
    return tuple(found)
