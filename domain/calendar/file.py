"""What an admin hands in when the days change: a year's notice, a change, or a local closure.

One small file of one kind. `problems` says what is wrong with it, field by field; `amended` makes
the next version of the calendar from it, `closure` the layer of an organ.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from domain.calendar.closures import Closure
from domain.calendar.model import Calendar, CalendarYear
from domain.calendar.workdays import MON_TO_SUN
from domain.errors import Problem
from domain.values import Value
from domain.words import Label

Version = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._@-]{0,59}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
OPEN_DAY = (12, 26)
"""From this day on, the notice of the next year may still change a year."""


class CalendarFile(Value):
    """The content of the file.

    `kind` year: all days of the `years`, and the last days of the December before; change: only
    the days that differ, `normal` those that go back to the plain week; closure: all days of the
    closure `name` of an organ, or of one department. `complete`: nothing of the years is open
    any more; `open_from`: the first day that is. `statutory_next`: days of the following year
    that are off by law, to count with until its notice comes.
    """

    kind: Literal["year", "change", "closure"]
    calendar: Name = "cn"
    years: tuple[Annotated[int, Field(ge=1900, le=9998)], ...] = ()
    off: tuple[date, ...] = ()
    work: tuple[date, ...] = ()
    normal: tuple[date, ...] = ()
    notice: Label = ""
    issued: date
    version: Version | None = None
    complete: bool | None = None
    open_from: date | None = None
    statutory_next: tuple[date, ...] = ()
    organ: Label | None = None
    department: Label | None = None
    name: Name | None = None

    @model_validator(mode="before")
    @classmethod
    def _kind_from_fields(cls, content: Any) -> Any:
        """`year` may stand for `years`; a file with an organ is a closure, else a year's notice."""
        if not isinstance(content, Mapping):
            return content
        content = dict(content)
        if "year" in content:
            content["years"] = [content.pop("year")]
        content.setdefault("kind", "closure" if "organ" in content else "year")
        return content

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        for name in ("off", "work", "normal", "statutory_next", "years"):
            object.__setattr__(self, name, tuple(sorted(getattr(self, name))))
        return self

    @property
    def new_version(self) -> str:
        """The version it makes: as given, else by its day of issue."""
        if self.version is not None:
            return self.version
        if self.kind != "closure":
            return self.issued.isoformat()
        return f"{self.closure_name}@{self.issued.isoformat()}"

    @property
    def closure_name(self) -> str:
        """The name under which later versions replace this closure."""
        place = "-".join(filter(None, (self.organ, self.department)))
        return self.name or f"{place}-{self.issued.isoformat()}"


def problems(file: CalendarFile, calendar: Calendar, today: date) -> Iterator[Problem]:
    """Everything wrong with `file` where `calendar` is the version before it."""
    if len(file.notice.strip()) < 4:
        yield Problem("notice", "notice")
    if file.issued > today:
        yield Problem("issued", "not_in_future", {"day": file.issued})
    if file.kind == "closure" and not file.organ:
        yield Problem("organ", "organ")
    if file.kind != "closure":
        for name in ("organ", "department", "name"):
            if getattr(file, name) is not None:
                yield Problem(name, "only_closure")
        if file.calendar != calendar.name:
            yield Problem("calendar", "calendar", {"known": calendar.name})
    if file.kind == "year" and not file.years:
        yield Problem("years", "years")
    if not (file.off or file.work or file.normal or (file.kind == "closure" and file.name)):
        yield Problem("off", "no_days")
    if file.normal and file.kind != "change":
        yield Problem("normal", "only_change")
    if file.open_from is not None and file.kind == "closure":
        yield Problem("open_from", "not_closure")
    yield from _days(file, calendar)
    yield from _years(file, calendar)


def _days(file: CalendarFile, calendar: Calendar) -> Iterator[Problem]:
    seen: dict[date, str] = {}
    for name in ("off", "work", "normal"):
        for n, day in enumerate(getattr(file, name)):
            place = f"{name}[{n}]"
            if day in seen:
                yield Problem(place, "twice", {"day": day, "where": seen[day]})
            seen.setdefault(day, name)
            weekend = MON_TO_SUN[day.weekday()] in calendar.weekend
            worked = file.kind == "closure" and day in calendar.days_worked
            if name == "off" and weekend and not worked:
                yield Problem(place, "weekday", {"day": day})
            off = file.kind == "closure" and day in calendar.days_off
            if name == "work" and not weekend and not off:
                yield Problem(place, "weekend_day", {"day": day})
            if name == "off" and off:
                yield Problem(place, "off_already", {"day": day})


def _years(file: CalendarFile, calendar: Calendar) -> Iterator[Problem]:
    listed = sorted(calendar.years)
    for name in ("off", "work", "normal"):
        for n, day in enumerate(getattr(file, name)):
            if not _within(file, day, listed):
                years = ", ".join(map(str, file.years or listed))
                yield Problem(f"{name}[{n}]", "in_years", {"day": day, "years": years})
    for n, year in enumerate(file.years):
        if file.kind == "year" and not calendar.every_year and year > listed[-1] + 1:
            yield Problem(f"years[{n}]", "next_year", {"year": year, "next": listed[-1] + 1})
    last = max(file.years, default=0)
    for n, day in enumerate(file.statutory_next):
        if day.year != last + 1:
            yield Problem(f"statutory_next[{n}]", "in_years", {"day": day, "years": last + 1})


def _within(file: CalendarFile, day: date, listed: list[int]) -> bool:
    if not file.years:
        return day.year in listed
    before = file.kind == "year" and day.year == file.years[0] - 1
    return day.year in file.years or (before and (day.month, day.day) >= OPEN_DAY)


def closure(file: CalendarFile) -> Closure:
    """The layer it says; `problems` must have been empty."""
    assert file.organ is not None
    return Closure(
        name=file.closure_name,
        version=file.new_version,
        organ=file.organ,
        department=file.department,
        off=file.off,
        work=file.work,
        notice=file.notice.strip(),
        issued=file.issued,
    )


def amended(calendar: Calendar, file: CalendarFile) -> Calendar:
    """The next version of `calendar`; `problems` must have been empty."""
    years = dict(calendar.years)
    open_from = file.open_from or calendar.open_from
    if file.kind == "year":
        for year in file.years:
            years[year] = CalendarYear(off=_of(file.off, year), work=_of(file.work, year))
        rest = {d for name in ("off", "work") for d in getattr(file, name)} - {
            d for d in (*file.off, *file.work) if d.year in file.years
        }
        years = _changed(years, file, rest)
        years = {
            y: v.model_copy(update={"notices": _noted(calendar, y, file)}) if y in file.years else v
            for y, v in years.items()
        }
        open_from = file.open_from or _open_from(file, calendar)
        years = _with_next_year(years, file)
    else:
        years = _changed(years, file, {*file.off, *file.work, *file.normal})
    years = {y: _completed(v, y, open_from) for y, v in sorted(years.items())}
    update = {"version": file.new_version, "open_from": open_from, "years": years}
    # validated anew: a copy isn't
    return Calendar.model_validate(calendar.model_copy(update=update).model_dump())


def _of(days: tuple[date, ...], year: int) -> tuple[date, ...]:
    return tuple(day for day in days if day.year == year)


def _noted(calendar: Calendar, year: int, file: CalendarFile) -> tuple[str, ...]:
    known = calendar.years[year].notices if year in calendar.years else ()
    return tuple(dict.fromkeys((*known, file.notice.strip())))


def _changed(
    years: dict[int, CalendarYear], file: CalendarFile, days: set[date]
) -> dict[int, CalendarYear]:
    """The years with these days as the file has them."""
    changed = dict(years)
    for year in sorted({day.year for day in days}):
        old, here = years[year], {day for day in days if day.year == year}
        changed[year] = old.model_copy(
            update={
                "off": tuple(sorted(({*old.off} - here) | ({*file.off} & here))),
                "work": tuple(sorted(({*old.work} - here) | ({*file.work} & here))),
                "statutory_days_for_provisional_use": tuple(
                    d for d in old.statutory_days_for_provisional_use if d not in here
                ),
                "notices": tuple(dict.fromkeys((*old.notices, file.notice.strip()))),
            }
        )
    return changed


def _open_from(file: CalendarFile, calendar: Calendar) -> date | None:
    last = file.years[-1]
    opened = date(last + 1, 1, 1) if file.complete else date(last, *OPEN_DAY)
    return opened if calendar.open_from is None else max(opened, calendar.open_from)


def _with_next_year(years: dict[int, CalendarYear], file: CalendarFile) -> dict[int, CalendarYear]:
    """The year after the notice's is listed as unknown, with the days that are off by law."""
    following = file.years[-1] + 1
    if following in years and not file.statutory_next:
        return years
    old = years.get(following, CalendarYear(complete=False))
    if old.notices:
        return years
    fixed = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
    days = file.statutory_next or tuple(date(following, *day) for day in fixed)
    return {
        **years,
        following: old.model_copy(update={"statutory_days_for_provisional_use": days}),
    }


def _completed(year: CalendarYear, number: int, open_from: date | None) -> CalendarYear:
    whole = open_from is None or open_from > date(number, 12, 31)
    note = None if whole else year.note
    return year.model_copy(update={"complete": whole, "note": note})
