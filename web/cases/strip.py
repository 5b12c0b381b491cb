"""The days of the reply's period, as cells that a finger can count."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from domain.case.answers.day_strip import DayKind, DayStrip, StripDay, StripWeek, strip_of
from office.cases.record import Record
from speech.dates import day as day_words
from speech.dates import month
from speech.words import say as told
from speech.words import term
from web.frame.pages import say

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

ONE_LINE = 46
"""Cells that fit beside each other on a wide page."""

CLASSES = {
    DayKind.ZERO: "zero",
    DayKind.COUNTED: "counted",
    DayKind.WORKED_WEEKEND: "counted worked",
    DayKind.EXCLUDED: "excluded",
    DayKind.WEEKEND: "off",
    DayKind.HOLIDAY: "off",
    DayKind.CLOSURE: "off",
}
NAMED = (DayKind.ZERO, DayKind.HOLIDAY, DayKind.CLOSURE)


@dataclass(frozen=True, slots=True)
class StripCell:
    """One day, or a week long past; `month`: said above the first of it; `mark` within, `below`
    the day of the month; `title`: the whole of it in words."""

    classes: str
    month: str
    mark: str
    below: str
    title: str


@dataclass(frozen=True, slots=True)
class StripView:
    """`long`: more than a line; `key`: what occurs, by class, with its words; `spans`: what was
    excluded, in words."""

    cells: tuple[StripCell, ...]
    long: bool
    key: tuple[tuple[str, str, str], ...]
    spans: tuple[str, ...]
    stands_still: bool


def strip_view(record: Record) -> StripView | None:
    """The strip of a case; None: no period runs."""
    found = strip_of(record.state, record.today)
    return view_of(found, record.today) if found else None


def view_of(found: DayStrip, today: date) -> StripView:
    """The strip as it is seen on a day."""
    cells = tuple(_cells(found, today))
    return StripView(
        cells=cells,
        long=len(cells) > ONE_LINE,
        key=tuple(_key(found)),
        spans=tuple(_excluded(found, today)),
        stands_still=found.stands_still,
    )


def _cells(strip: DayStrip, today: date) -> Iterator[StripCell]:
    until = strip.sent or today
    begun: tuple[int, int] | None = None
    for week in strip.weeks(today):
        if week.short:
            yield _folded(week, today)
            continue
        for one in week.days:
            here = (one.day.year, one.day.month)
            yield _cell(one, strip, today, until, "" if here == begun else month(one.day))
            begun = here


def _folded(week: StripWeek, today: date) -> StripCell:
    first, last = week.days[0].day, week.days[-1].day
    span = say("strip.span", first=day_words(first, today), last=day_words(last, today))
    numbers = week.numbers
    mark = say("strip.numbers", first=numbers[0], last=numbers[1]) if numbers else ""
    below = f"{first.month}/{first.day}"
    return StripCell("folded past", "", mark, below, span)


def _cell(one: StripDay, strip: DayStrip, today: date, until: date, above: str) -> StripCell:
    classes = [CLASSES[one.kind], WEEKDAYS[one.day.weekday()]]
    if one.number and (one.day < until or one.day == strip.sent):
        classes.append("past")
    if one.last:
        late = strip.sent is None and one.day < today
        classes.append("last over" if late else "last")
    if one.day == today:
        classes.append("today")
    mark = str(one.number or "")
    if one.kind in NAMED:
        mark = say(f"strip.{one.kind}")
    words = say("strip.number", n=one.number) if one.number else _why(one)
    title = say("strip.day", day=day_words(one.day, today), told=words)
    return StripCell(" ".join(classes), above, mark, str(one.day.day), title)


def _why(one: StripDay) -> str:
    if one.kind is DayKind.EXCLUDED:
        return term("why", one.why)
    return say(f"strip.of_{one.kind}")


def _key(strip: DayStrip) -> Iterator[tuple[str, str, str]]:
    """What the cells mean, of those that occur."""
    kinds = {one.kind for one in strip.days}
    if DayKind.EXCLUDED in kinds:
        yield "excluded", "", say("strip.of_excluded")
    for kind in (DayKind.HOLIDAY, DayKind.CLOSURE):
        if kind in kinds:
            yield "off", say(f"strip.{kind}"), say(f"strip.of_{kind}")
    if DayKind.WORKED_WEEKEND in kinds:
        yield "worked", "", say("strip.of_worked")
    yield "last", "", say("strip.of_last")


def _excluded(strip: DayStrip, today: date) -> Iterator[str]:
    """Each stretch that was taken out, with the days of rest within it."""
    counted = (DayKind.COUNTED, DayKind.WORKED_WEEKEND, DayKind.ZERO)
    for stands, group in groupby(strip.days, lambda one: one.kind not in counted):
        out = [one for one in group if one.kind is DayKind.EXCLUDED]
        if stands and out:
            why = told("detail.comma").join(dict.fromkeys(term("why", one.why) for one in out))
            first, last = day_words(out[0].day, today), day_words(out[-1].day, today)
            key = "strip.one_out" if len(out) == 1 else "strip.out"
            yield say(key, why=why, first=first, last=last)
