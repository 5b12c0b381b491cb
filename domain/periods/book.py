"""Named periods of a procedure, each in the versions that were in force one after another."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from itertools import pairwise
from operator import not_
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from domain.calendar.zones import Zone
from domain.checked import Checks, Names, check_of
from domain.errors import Code, InputError
from domain.periods.period import CitedPeriod, Period, Unit, months_later
from domain.values import Value


class PeriodVersion(CitedPeriod):
    """A period as it stood from one day to another (both included). `from_year_end`: it is counted
    from the last day of the year that is meant, whichever day of it is given. `takes_over`: also of
    what began under the version before and had not run out when this one came into force; else a
    period keeps the version of the day on which it began."""

    in_force_from: date
    in_force_to: date | None = None
    from_year_end: bool = Field(default=False, exclude_if=not_)
    takes_over: bool = Field(default=False, exclude_if=not_)

    def begins(self, day: date) -> date:
        """Day 0, of the day given."""
        return date(day.year, 12, 31) if self.from_year_end else day

    def ends(self, begins: date) -> date | None:
        """The last day of what begins on that day, before it goes on to a working day; None: it
        has to be counted by a calendar."""
        match self.unit:
            case Unit.CALENDAR_DAY:
                return begins + timedelta(days=self.n)
            case Unit.MONTH:
                return months_later(begins, self.n)
        return None


class PeriodBook(Value):
    """The periods of one procedure. `zone`: where its days begin and end."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: Names
    source: str = Field(min_length=1)
    zone: Zone
    calendar: str = Field(min_length=1)
    periods: dict[str, tuple[PeriodVersion, ...]]
    checked: Checks = Field(default_factory=dict, exclude_if=not_)
    """By name. No law: a case carries none."""

    @model_validator(mode="after")
    def _versions_follow(self) -> Self:
        for versions in self.periods.values():
            if not versions or versions[-1].in_force_to is not None:
                raise PydanticCustomError("open_end", "the last version has no in_force_to")
            for earlier, later in pairwise(versions):
                if earlier.in_force_to != later.in_force_from - timedelta(days=1):
                    raise PydanticCustomError(
                        "gap", "{day} leaves a gap or an overlap", {"day": f"{earlier.in_force_to}"}
                    )
        return self

    @model_validator(mode="after")
    def _taken_over(self) -> Self:
        for name, versions in self.periods.items():
            days_or_months = {Unit.CALENDAR_DAY, Unit.MONTH}.issuperset(v.unit for v in versions)
            for nth, version in enumerate(versions):
                if version.takes_over and not (nth and days_or_months):
                    raise PydanticCustomError(
                        "takes_over", "{name}: nothing that could be taken over", {"name": name}
                    )
        return self

    @model_validator(mode="after")
    def _checks_of_periods(self) -> Self:
        known = {f"{n}.{v.in_force_from}" for n, all_ in self.periods.items() for v in all_}
        strange = sorted(set(self.checked) - known - set(self.periods))
        if strange:
            raise PydanticCustomError(
                "checks_nothing", "checked: no field {name}", {"name": strange[0]}
            )
        return self

    def unchecked(self, articles: Collection[str]) -> tuple[str, ...]:
        """The periods whose version cites one of `articles` and that nobody compared with a
        text."""
        return tuple(
            f"{self.id}/{name}"
            for name, versions in self.periods.items()
            if any(v.article in articles and not self.is_checked(name, v) for v in versions)
        )

    def is_checked(self, name: str, version: PeriodVersion) -> bool:
        """Whether this version was compared with a text."""
        check = check_of(self.checked, name, version.in_force_from)
        return check is not None and check.text is not None

    def period(self, name: str, day: date) -> Period:
        """The period that begins on that day; see `version`."""
        version = self.version(name, day)
        return Period(
            n=version.n,
            unit=version.unit,
            roll=version.roll,
            closures=version.closures,
            article=version.article,
        )

    def version(self, name: str, day: date) -> PeriodVersion:
        """The version in force on the day the period begins, or a later one that took over what
        had not run out. Raises bad_field for a name nobody knows, no_statute for a day before the
        first version."""
        versions = self.periods.get(name)
        if versions is None:
            known = ", ".join(f"{self.id}/{known}" for known in self.periods)
            raise InputError(Code.BAD_FIELD, field="period", detail="one_of", known=known)
        for number, version in enumerate(versions):
            begins = version.begins(day)
            if version.in_force_from <= begins and (
                version.in_force_to is None or begins <= version.in_force_to
            ):
                return _taking_over(version, versions[number + 1 :], begins)
        known = f"{versions[0].article} ({versions[0].in_force_from})"
        raise InputError(Code.NO_STATUTE, name=f"{self.id}/{name}", day=day, known=known)


def _taking_over(
    version: PeriodVersion, later: Sequence[PeriodVersion], begins: date
) -> PeriodVersion:
    for newer in later:
        ends = version.ends(begins)
        if not newer.takes_over or ends is None or ends < newer.in_force_from:
            break
        version = newer
    return version
