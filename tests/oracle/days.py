"""Which days are worked, read from the notices themselves and from nothing else."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice, takewhile
from pathlib import Path

NOTICES = Path(__file__).parents[2] / "law" / "calendars" / "cn.json"
WITHOUT_NOTICE = "statutory_days_for_provisional_use"
DAY = timedelta(days=1)


class NotKnownError(Exception):
    """Nothing is known of the year that a count runs into."""

    def __init__(self) -> None:
        super().__init__("calendar_missing")


class Days:
    """The days of the State Council's notices; from `open_from` on a notice may still come."""

    def __init__(self, path: Path = NOTICES) -> None:
        notices = json.loads(path.read_text(encoding="utf-8"))
        years = notices["years"]
        self.years = {int(year) for year in years}
        self.off = {date.fromisoformat(day) for year in years.values() for day in year["off"]}
        for (
            year
        ) in years.values():  # a year without a notice yet: the days that the law gives anyway
            self.off |= {date.fromisoformat(d) for d in year.get(WITHOUT_NOTICE, ())}
        self.work = {date.fromisoformat(day) for year in years.values() for day in year["work"]}
        self.open_from = date.fromisoformat(notices["open_from"])

    def works(self, day: date) -> bool:
        """Whether offices work: Monday to Friday unless off, at a weekend only if so ordered."""
        if day.year not in self.years:
            raise NotKnownError
        if day.weekday() < 5:
            return day not in self.off
        return day in self.work

    def after(self, day: date) -> Iterator[date]:
        """Day after day, from the next on."""
        while True:
            day += DAY
            yield day

    def working_day(self, day: date, n: int) -> date:
        """The n-th working day after a day, which itself is not counted; n at least 1."""
        return next(islice(filter(self.works, self.after(day)), n - 1, None))

    def between(self, first: date, last: date) -> list[date]:
        """The working days after the first up to the last."""
        return [d for d in takewhile(lambda d: d <= last, self.after(first)) if self.works(d)]

    def from_here(self, day: date) -> date:
        """The day itself if it is worked, else the next that is."""
        while not self.works(day):
            day += DAY
        return day


@cache
def days() -> Days:
    """The notices in the repository."""
    return Days()
