"""The named periods of reconsideration and litigation, in every version, by the first day.

Counted by walking the days of the calendar; the last day, if it is a rest day, goes on to the next
that is worked (Administrative Litigation Law with Civil Procedure Law 2023 art 85; Reconsideration
Law 2023 art 88).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from tests.oracle.counting import Line
from tests.oracle.days import DAY, Days, NotKnownError
from tests.oracle.statutes import RefusedError

WORKING, CALENDAR, MONTHS = "working_day", "calendar_day", "month"

LITIGATION_1989 = date(1990, 10, 1)
LITIGATION_2015 = date(2015, 5, 1)
INTERPRETATION_2000 = date(2000, 3, 10)
INTERPRETATION_2018 = date(2018, 2, 8)
RECONSIDERATION_1999 = date(1999, 10, 1)
RECONSIDERATION_2023 = date(2024, 1, 1)


@dataclass(frozen=True)
class Version:
    """A length from one day on. `takes_over`: also of periods that had not run out on that day."""

    since: date
    n: int
    unit: str
    article: str
    takes_over: bool = False


PERIODS: dict[str, tuple[Version, ...]] = {
    "cn-reconsideration/apply": (
        Version(RECONSIDERATION_1999, 60, CALENDAR, "1999 art 9"),
        Version(RECONSIDERATION_2023, 60, CALENDAR, "2023 art 20(1)"),
    ),
    "cn-reconsideration/apply_not_told": (
        Version(INTERPRETATION_2000, 24, MONTHS, "(2012) Xing Ta Zi no. 11: as 2000 art 41"),
        Version(INTERPRETATION_2018, 12, MONTHS, "(2012) Xing Ta Zi no. 11: as 2018 art 64"),
        Version(RECONSIDERATION_2023, 12, MONTHS, "2023 art 20(3)"),
    ),
    "cn-reconsideration/apply_longest": (Version(RECONSIDERATION_2023, 60, MONTHS, "2023 art 21"),),
    "cn-reconsideration/accept": (
        Version(RECONSIDERATION_1999, 5, WORKING, "1999 art 17, 40"),
        Version(RECONSIDERATION_2023, 5, WORKING, "2023 art 30, 88"),
    ),
    "cn-reconsideration/correction_notice": (
        Version(RECONSIDERATION_2023, 5, WORKING, "2023 art 31, 88"),
    ),
    "cn-reconsideration/correction": (
        Version(RECONSIDERATION_2023, 10, WORKING, "2023 art 31, 88"),
    ),
    "cn-reconsideration/copy": (
        Version(RECONSIDERATION_1999, 7, WORKING, "1999 art 23, 40"),
        Version(RECONSIDERATION_2023, 7, WORKING, "2023 art 48, 88"),
    ),
    "cn-reconsideration/answer": (
        Version(RECONSIDERATION_1999, 10, CALENDAR, "1999 art 23; art 40 names only 5 and 7 days"),
        Version(RECONSIDERATION_2023, 10, WORKING, "2023 art 48, 88"),
    ),
    "cn-reconsideration/simplified_copy": (
        Version(RECONSIDERATION_2023, 3, WORKING, "2023 art 54, 88"),
    ),
    "cn-reconsideration/simplified_answer": (
        Version(RECONSIDERATION_2023, 5, WORKING, "2023 art 54, 88"),
    ),
    "cn-reconsideration/decide": (
        Version(RECONSIDERATION_1999, 60, CALENDAR, "1999 art 31"),
        Version(RECONSIDERATION_2023, 60, CALENDAR, "2023 art 62(1)"),
    ),
    "cn-reconsideration/decide_extended": (
        Version(RECONSIDERATION_1999, 90, CALENDAR, "1999 art 31: 60 and up to 30 more"),
        Version(RECONSIDERATION_2023, 90, CALENDAR, "2023 art 62(1): 60 and up to 30 more"),
    ),
    "cn-reconsideration/decide_simplified": (
        Version(RECONSIDERATION_2023, 30, CALENDAR, "2023 art 62(2)"),
    ),
    "cn-litigation/sue_after_reconsideration": (
        Version(LITIGATION_1989, 15, CALENDAR, "1989 art 38"),
        Version(LITIGATION_2015, 15, CALENDAR, "2014 art 45"),
    ),
    "cn-litigation/sue": (
        Version(LITIGATION_1989, 3, MONTHS, "1989 art 39"),
        Version(LITIGATION_2015, 6, MONTHS, "2014 art 46(1); 2015 no. 9 art 26", takes_over=True),
    ),
    "cn-litigation/sue_inaction": (
        Version(LITIGATION_1989, 3, MONTHS, "1989 art 39"),
        Version(LITIGATION_2015, 6, MONTHS, "2015 no. 9 art 4, 26; 2018 art 66", takes_over=True),
    ),
    "cn-litigation/sue_not_told": (
        Version(INTERPRETATION_2000, 24, MONTHS, "interpretation 2000 art 41"),
        Version(INTERPRETATION_2018, 12, MONTHS, "interpretation 2018 art 64"),
    ),
    "cn-litigation/docket": (
        Version(LITIGATION_1989, 7, CALENDAR, "1989 art 42"),
        Version(LITIGATION_2015, 7, CALENDAR, "2014 art 51"),
    ),
    "cn-litigation/defence": (
        Version(LITIGATION_1989, 10, CALENDAR, "1989 art 43"),
        Version(LITIGATION_2015, 15, CALENDAR, "2014 art 67"),
    ),
    "cn-litigation/defence_second": (
        Version(INTERPRETATION_2000, 10, CALENDAR, "interpretation 2000 art 66"),
        Version(LITIGATION_2015, 15, CALENDAR, "2014 art 101, civil procedure 2012 art 167"),
        Version(INTERPRETATION_2018, 15, CALENDAR, "interpretation 2018 art 108"),
    ),
    "cn-litigation/first_instance": (
        Version(LITIGATION_1989, 3, MONTHS, "1989 art 57"),
        Version(LITIGATION_2015, 6, MONTHS, "2014 art 81"),
    ),
    "cn-litigation/first_instance_simplified": (
        Version(LITIGATION_2015, 45, CALENDAR, "2014 art 83"),
    ),
    "cn-litigation/appeal_judgment": (
        Version(LITIGATION_1989, 15, CALENDAR, "1989 art 58"),
        Version(LITIGATION_2015, 15, CALENDAR, "2014 art 85"),
    ),
    "cn-litigation/appeal_ruling": (
        Version(LITIGATION_1989, 10, CALENDAR, "1989 art 58"),
        Version(LITIGATION_2015, 10, CALENDAR, "2014 art 85"),
    ),
    "cn-litigation/retrial": (
        Version(LITIGATION_2015, 6, MONTHS, "2015 no. 9 art 24; 2018 art 110"),
    ),
    "cn-litigation/second_instance": (
        Version(LITIGATION_1989, 2, MONTHS, "1989 art 60"),
        Version(LITIGATION_2015, 3, MONTHS, "2014 art 88"),
    ),
}


def version(name: str, first: date, days: Days) -> Version:
    """The version of the first day, or a later one that took over what had not run out."""
    found = [v for v in PERIODS[name] if v.since <= first]
    if not found:
        raise RefusedError("no_statute")
    chosen = found[-1]
    for later in PERIODS[name][len(found) :]:
        if later.takes_over and last_day(chosen, first, days) >= later.since:
            chosen = later
    return chosen


def last_day(version: Version, first: date, days: Days) -> date:
    """The last day of a period that begins on `first`, which is not counted."""
    return days.from_here(end(version.n, version.unit, first, days))


def end(n: int, unit: str, first: date, days: Days) -> date:
    """The end before it goes on to a worked day; n below 0 counts back."""
    if unit == MONTHS:
        return _months(n, first)
    step, day, left = DAY if n > 0 else -DAY, first, abs(n)
    while left:
        day += step
        left -= unit == CALENDAR or days.works(day)
    return day


def _months(n: int, first: date) -> date:
    year, month = first.year, first.month
    for _ in range(abs(n)):
        month += 1 if n > 0 else -1
        if month in (0, 13):
            year, month = (year + 1, 1) if month == 13 else (year - 1, 12)
    return date(year, month, min(first.day, monthrange(year, month)[1]))


def answer(line: Line, days: Days) -> Line:
    """The answer to a question for one period, with the fields of `yishen due`."""
    first, asked = date.fromisoformat(line["from"]), line["period"]
    try:
        if isinstance(asked, str):
            chosen, rolls = version(asked, first, days), True
        else:
            chosen = Version(date.min, asked["n"], asked["unit"], "")
            rolls = asked.get("roll") != "none"
        raw = end(chosen.n, chosen.unit, first, days)
        due = days.from_here(raw) if rolls else raw
    except (RefusedError, NotKnownError) as refused:
        return {"error": str(refused)}
    on_calendar = rolls or chosen.unit == WORKING
    return {
        "start": first,
        "raw": raw,
        "due": due,
        "provisional": on_calendar and max(first, due) >= days.open_from,
    }
