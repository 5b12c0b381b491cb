"""How long the words of a case are kept, once nothing can come of it any more.

Dates, figures, codes and hashes are kept for ever; what is counted here is how long anybody may
still read who asked for what, and why something was refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from pydantic import Field, model_validator

from domain.case.agenda import idle_until, upcoming
from domain.case.parts import End
from domain.case.state import CaseState
from domain.checked import Checks, unchecked
from domain.periods.period import months_later
from domain.values import Value, legal_day


class RetentionRule(Value):
    """How long a kind of case is kept. `years` None: for ever; `endings` none: however it ended;
    `contested`: only those that a proceeding was about; `to_year_end`: the years begin with the
    year after the case was over, so they end with a calendar year."""

    name: str = Field(pattern=r"^[a-z_]{1,40}$")
    article: str = Field(min_length=1)
    years: int | None = Field(default=None, ge=1, le=200)
    endings: tuple[End, ...] = ()
    contested: bool = False
    to_year_end: bool = True

    def covers(self, how: End, *, contested: bool) -> bool:
        """Whether it is for a case that ended so."""
        return (contested or not self.contested) and (not self.endings or how in self.endings)

    def first_day(self, over: date) -> date | None:
        """The day from which a case may be forgotten that was over on `over`; None: never."""
        if self.years is None:
            return None
        if self.to_year_end:
            return date(over.year + self.years + 1, 1, 1)
        return months_later(over, 12 * self.years) + timedelta(days=1)


class RetentionSchedule(Value):
    """The rules of an office; the first that covers a case counts, and the last covers all."""

    id: str
    source: str
    rules: tuple[RetentionRule, ...] = Field(min_length=1)
    checked: Checks = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_total(self) -> Self:
        last = self.rules[-1]
        if last.contested or last.endings:
            raise ValueError("the last rule has to cover every case")
        return self

    def rule(self, how: End, *, contested: bool) -> RetentionRule:
        """The rule for a case that ended so."""
        return next(rule for rule in self.rules if rule.covers(how, contested=contested))

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The rules whose years nobody compared with a text."""
        return unchecked(self.checked, (rule.name for rule in self.rules))


@dataclass(frozen=True, slots=True)
class Retention:
    """What the schedule says of a case: by which `rule` and `article`, since when it is `over` for
    good (None: it isn't), and the first day on which it may be forgotten (`due`; None: never, or
    not known yet)."""

    rule: str
    article: str
    over: date | None
    due: date | None

    def is_due(self, day: date) -> bool:
        """Whether it may be forgotten on that day."""
        return self.due is not None and self.due <= day


def over_for_good(state: CaseState, now: datetime) -> date | None:
    """The last day on which anything could still come of the case: of its longest remedy, of a void
    one the day it was voided. None while anything may at the legal instant `now`."""
    end = idle_until(state)
    if state.ending is None or end is None or end > now or upcoming(state) is not None:
        return None
    if state.ending.how is End.VOIDED:
        return state.ending.on
    return legal_day(end) - timedelta(days=1)


def retention(schedule: RetentionSchedule, state: CaseState, now: datetime) -> Retention | None:
    """What the schedule says of a case at the legal instant `now`; None while a reply is owed."""
    if state.ending is None:
        return None
    rule = schedule.rule(state.ending.how, contested=bool(state.proceedings))
    over = over_for_good(state, now)
    due = None if over is None else rule.first_day(over)
    return Retention(rule.name, rule.article, over, due)


def shortest(rules: Iterable[RetentionRule]) -> int | None:
    """The fewest years after which any case may be forgotten; None: none ever is."""
    return min((rule.years for rule in rules if rule.years is not None), default=None)
