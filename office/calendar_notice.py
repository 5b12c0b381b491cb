"""A notice as somebody copies it into a form: its days as the notice writes them."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from pydantic import ValidationError

from domain.calendar.file import CalendarFile
from domain.calendar.workdays import MON_TO_SUN
from domain.errors import Code, InputError, Problem
from office.calendar_change import FILLED_IN, WrongFileError, field_of
from office.written import plain, written_count, written_day
from texts.problems import problems as problems_of

DAYS = ("off", "work", "normal")
WORDS = ("kind", "notice", "organ", "department", "name")

_BETWEEN = re.compile(r"[,、;\s]+")
_SPAN = re.compile(r"[至到~—–]")
_SPACED = re.compile(r"\s*([至到~—–])\s*")
_DAY_ALONE = re.compile(r"(\d{1,2})日?")

LONGEST = timedelta(days=60)
"""Of a span; what is longer is a slip."""


def notice_of(given: Mapping[str, str], weekend: tuple[str, ...], today: date) -> CalendarFile:
    """The notice that was filled in; days without a year are of the year of the notice. Of a span
    only weekdays are off and only weekend days worked. Raises WrongFileError with all problems,
    each with the field of the form."""
    content: dict[str, object] = {name: given[name].strip() for name in WORDS if given.get(name)}
    found: list[Problem] = []
    year = written_count(given.get("year", "")) or today.year
    if content.get("kind") == "year":
        content["year"] = year
    try:
        content["issued"] = written_day(given.get("issued", ""), today, ahead=False)
    except InputError:
        found.append(Problem("issued", "date"))
    for name in DAYS:
        try:
            content[name] = list(_days(given.get(name, ""), year, name, weekend))
        except InputError:
            found.append(Problem(name, "date"))
    if found:
        raise WrongFileError(FILLED_IN, found)
    try:
        return CalendarFile.model_validate(content)
    except ValidationError as error:
        raise WrongFileError(FILLED_IN, list(problems_of(error, field_of))) from error


def _days(written: str, year: int, name: str, weekend: tuple[str, ...]) -> Iterator[date]:
    """The days of one field. InputError(bad_date)."""
    near = date(year, 7, 1)
    for part in filter(None, _BETWEEN.split(_SPACED.sub(r"\1", plain(written)))):
        first, *last = _SPAN.split(part, maxsplit=1)
        begin = written_day(first, near)
        if not last:
            yield begin
            continue
        alone = _DAY_ALONE.fullmatch(last[0])
        until = written_day(f"{begin.year}-{begin.month}-{alone[1]}" if alone else last[0], begin)
        if not timedelta(0) <= until - begin <= LONGEST:
            raise InputError(Code.BAD_DATE, given=part)
        for n in range((until - begin).days + 1):
            day = begin + timedelta(days=n)
            if name == "normal" or (MON_TO_SUN[day.weekday()] in weekend) is (name == "work"):
                yield day
