"""What the clock would say by other choices of the settings: where no text settles a point, the
office's reading is one of several.

Each reading is the count with one setting changed, by the same clock. Only settings that the
count asked for are tried.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, cast, get_args, get_origin

from domain.clock.model import ClockState, Limit, LimitName, Reckoning
from domain.errors import YishenError
from domain.periods.ledger import RESTS, Span
from domain.policy import Policy

Choice = str | bool


@dataclass(frozen=True, slots=True)
class DatedReading:
    """The last day of the reply by `setting` = `value`. `due` None: by it no period has an end
    yet; `chosen`: the office's own choice."""

    due: date | None
    setting: str
    value: Choice
    chosen: bool


@dataclass(frozen=True, slots=True)
class OtherCount:
    """The count with `setting` = `value`, all else as the office has it."""

    setting: str
    value: Choice
    reckoning: Reckoning


@dataclass(frozen=True, slots=True)
class Readings:
    """The office's own count by `policy`, and the others that can be counted."""

    policy: Policy
    own: Reckoning
    others: tuple[OtherCount, ...]

    @property
    def days(self) -> tuple[DatedReading, ...]:
        """Where a setting gives another last day of the reply: every choice of it with its day,
        the earliest, which is safe by all of them, first."""
        here = self._last(self.own)
        found = []
        for setting in dict.fromkeys(other.setting for other in self.others):
            days = {o.value: self._last(o.reckoning) for o in self.others if o.setting == setting}
            if set(days.values()) != {here}:
                chosen = getattr(self.policy, setting)
                found.append(DatedReading(here, setting, chosen, chosen=True))
                found += [DatedReading(day, setting, value, False) for value, day in days.items()]
        return tuple(sorted(found, key=_earliest))

    def chosen(self, setting: str) -> str:
        """What the office chose, as the files of the law say it."""
        return said(getattr(self.policy, setting))

    @property
    def safe(self) -> OtherCount | None:
        """The count with the earliest last day, where that lies before the office's own."""
        here = self._last(self.own)
        dated = ((self._last(o.reckoning), o) for o in self.others)
        earlier = [(day, o) for day, o in dated if day and (here is None or day < here)]
        return min(earlier, key=lambda pair: pair[0])[1] if earlier else None

    def deciding(self, name: str, ref: str | None) -> Iterator[str]:
        """The settings that decided the days of a limit: another choice would give others, or
        the limit cites the setting."""
        here = _where(self.own, name, ref)
        found = {o.setting for o in self.others if _where(o.reckoning, name, ref) != here}
        found.update(dict(cited(here[2])) if here else ())
        yield from (setting for setting in Policy.model_fields if setting in found)

    def behind(
        self, ledger: Sequence[Span], name: str, ref: str | None = None
    ) -> Iterator[tuple[str, ...]]:
        """Of each span in the ledger of a limit the settings that decided it: by another choice
        its days would stand otherwise, or it cites the setting. Days of rest are decided by the
        calendar; a span that is not of the own count names only what it cites."""
        own = shapes(self.own, name, ref) if self.others else ()
        others = [(o.setting, shapes(o.reckoning, name, ref)) for o in self.others]
        for span in ledger:
            found = dict(cited(span.article))
            if span.why not in RESTS and span[:4] in own:
                found.update((setting, "") for setting, spans in others if span[:4] not in spans)
            yield tuple(found)

    def _last(self, reckoning: Reckoning) -> date | None:
        """The last day, of a count that stands still the latest; where silence has no end in the
        own count, the one if all is answered now."""
        own = self.own
        if own.state is ClockState.PAUSED and own.due_at_latest is None:
            return reckoning.due or reckoning.due_if_answered
        return reckoning.due or reckoning.due_at_latest


def readings(count: Callable[[Policy], Reckoning], policy: Policy) -> Readings:
    """Count by `policy`, and again with each other choice of every setting that was asked for.
    Raises what `count` raises by `policy`; a choice by which it can't be counted is left out."""
    watched = PolicyAsked(policy)
    own = count(cast("Policy", watched))
    others = []
    for setting, value, changed in watched.alternatives:
        try:
            others.append(OtherCount(setting, value, count(changed)))
        except YishenError:
            continue
    return Readings(policy, own, tuple(others))


def said(value: object) -> str:
    """A choice as the files of the law say it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


class PolicyAsked:
    """A policy that remembers which settings were asked for."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.asked: set[str] = set()

    @property
    def alternatives(self) -> "Iterator[tuple[str, Choice, Policy]]":
        """Every other choice of a setting that was asked for, with the policy so changed."""
        return (other for other in alternatives(self.policy) if other[0] in self.asked)

    def __getattr__(self, name: str) -> Any:
        self.asked.add(name)
        return getattr(self.policy, name)


def _choices(annotation: object) -> tuple[Choice, ...]:
    if annotation is bool:
        return (False, True)
    return get_args(annotation) if get_origin(annotation) is Literal else ()


CHOICES = {
    name: choices
    for name, field in Policy.model_fields.items()
    if (choices := _choices(field.annotation)) and name != "work_towards"
}
"""The settings with a choice of readings, and the choices. What an office works towards follows
from the readings and is none."""


@lru_cache(maxsize=64)
def alternatives(policy: Policy) -> tuple[tuple[str, Choice, Policy], ...]:
    """Every other choice of a setting, with the policy in which that one is changed."""
    return tuple(
        (setting, value, policy.changed(**{setting: value}))
        for setting, choices in CHOICES.items()
        for value in choices
        if value != getattr(policy, setting)
    )


def _earliest(reading: DatedReading) -> tuple[object, ...]:
    return (reading.due is None, reading.due or date.max, reading.chosen, reading.setting)


def cited(article: str) -> Iterator[tuple[str, str]]:
    """The settings that an article cites, each with the choice where it names one, else empty."""
    for part in article.split("; "):
        if part.startswith("setting "):
            name, _, value = part.removeprefix("setting ").partition("=")
            yield name, value


def limit_of(reckoning: Reckoning, name: str, ref: str | None) -> Limit | None:
    """The limit of that name and ref."""
    return next((x for x in reckoning.limits if (x.name, x.ref) == (name, ref)), None)


def shapes(reckoning: Reckoning, name: str, ref: str | None) -> set[tuple[date, date, int, str]]:
    """The spans in the ledger of a limit, without their articles."""
    found = limit_of(reckoning, name, ref)
    return {span[:4] for span in found.ledger} if found else set()


def _where(
    reckoning: Reckoning, name: str, ref: str | None
) -> tuple[date | None, date | None, str] | None:
    if name == LimitName.REPLY:
        last = reckoning.due or reckoning.due_at_latest
        return reckoning.day_zero, last, reckoning.article
    found = limit_of(reckoning, name, ref)
    return (found.base, found.due, found.article) if found else None
