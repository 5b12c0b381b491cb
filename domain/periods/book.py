"""Named periods of a procedure, each in the versions that were in force one after another."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from domain.calendar.zones import Zone
from domain.errors import Code, InputError
from domain.periods.period import CitedPeriod, Period
from domain.statute import Names
from domain.values import Value


class PeriodVersion(CitedPeriod):
    """A period as it stood from one day to another (both included)."""

    in_force_from: date
    in_force_to: date | None = None


class PeriodBook(Value):
    """The periods of one procedure. `zone`: where its days begin and end."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: Names
    source: str = Field(min_length=1)
    zone: Zone
    calendar: str = Field(min_length=1)
    periods: dict[str, tuple[PeriodVersion, ...]]

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

    def period(self, name: str, day: date) -> Period:
        """The version in force on the day the period begins. Raises bad_field for a name nobody
        knows, no_statute for a day before the first version."""
        versions = self.periods.get(name)
        if versions is None:
            known = ", ".join(f"{self.id}/{known}" for known in self.periods)
            raise InputError(Code.BAD_FIELD, field="period", detail="one_of", known=known)
        for version in versions:
            if version.in_force_from <= day and (
                version.in_force_to is None or day <= version.in_force_to
            ):
                return Period(
                    n=version.n,
                    unit=version.unit,
                    roll=version.roll,
                    closures=version.closures,
                    article=version.article,
                )
        known = f"{versions[0].article} ({versions[0].in_force_from})"
        raise InputError(Code.NO_STATUTE, name=f"{self.id}/{name}", day=day, known=known)
