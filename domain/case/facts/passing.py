"""Steps of the ladder that come, and another version of the law that reaches the case."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from domain.alike import Alike
from domain.calendar.closures import Closure
from domain.calendar.model import Calendar
from domain.ladder import Ladder
from domain.remedies.law import RemedyLaw
from domain.values import Value


class Delivery(StrEnum):
    """What became of an alarm."""

    DELIVERED = "delivered"
    OUTRANKED = "outranked"
    """Missed, and a higher step of the same limit was due at the same time."""
    PASSED = "passed"
    """Its instant lies before the case moved in, or its cause was gone when it was found."""


class AlarmRaised(Value):
    """A step of the ladder; `instant` is the legal one, whenever it was found.

    `to` the addressed role, `person` where one person is meant; `late` in working days. `passed`:
    so many earlier steps of the limit, the first at `since`, lay in the past already when the limit
    was set and have no event of their own.
    """

    kind: Literal["alarm_raised"] = "alarm_raised"
    limit: str
    ref: str | None = None
    step: str
    due: date
    instant: datetime
    to: str
    person: str | None = None
    delivery: Delivery
    late: int = 0
    passed: int = 0
    since: datetime | None = None


class LawRevised(Value):
    """Another calendar version, other closures of the organ, or newer rules reached the case: its
    limits were counted anew. None: as it was. `edition` as in the case's law; `version` the one
    whose loading sent this, a calendar's or a closure's. `remedies`, `ladder`: for a case that
    was registered before there were limits of remedies."""

    kind: Literal["law_revised"] = "law_revised"
    calendar: Alike[Calendar] | None = None
    rules: int | None = None
    closures: tuple[Alike[Closure], ...] | None = None
    edition: int | None = None
    remedies: Alike[RemedyLaw] | None = None
    ladder: Alike[Ladder] | None = None
    version: str | None = None


ByItself = AlarmRaised | LawRevised
