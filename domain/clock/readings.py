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
        found.update(_cited(here[2]) if here else ())
        yield from (setting for setting in Policy.model_fields if setting in found)

    def behind(
        self, ledger: Sequence[Span], name: str, ref: str | None = None
    ) -> Iterator[tuple[str, ...]]:
        """Of each span in the ledger of a limit the settings that decided it: by another choice
        its days would stand otherwise, or it cites the setting. Days of rest are decided by the
        calendar; a span that is not of the own count names only what it cites."""
        own = _spans(self.own, name, ref) if self.others else ()
        others = [(o.setting, _spans(o.reckoning, name, ref)) for o in self.others]
        for span in ledger:
            cited = list(_cited(span.article))
            if span.why not in RESTS and _shape(span) in own:
                cited += [setting for setting, spans in others if _shape(span) not in spans]
            yield tuple(dict.fromkeys(cited))

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
    watched = _PolicyAsked(policy)
    own = count(cast("Policy", watched))
    others = []
    for setting in CHOICES.keys() & watched.asked:
        for value in CHOICES[setting]:
            if value != getattr(policy, setting):
                try:
                    others.append(OtherCount(setting, value, count(_with(policy, setting, value))))
                except YishenError:
                    continue
    order = list(CHOICES)
    return Readings(policy, own, tuple(sorted(others, key=lambda o: order.index(o.setting))))


def said(value: object) -> str:
    """A choice as the files of the law say it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


class _PolicyAsked:
    """A policy that remembers which settings were asked for."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.asked: set[str] = set()

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
    if (choices := _choices(field.annotation))
}
"""The settings with a choice of readings, and the choices."""


@lru_cache(maxsize=256)
def _with(policy: Policy, setting: str, value: Choice) -> Policy:
    return policy.changed(**{setting: value})


def _earliest(reading: DatedReading) -> tuple[object, ...]:
    return (reading.due is None, reading.due or date.max, reading.chosen, reading.setting)


def _cited(article: str) -> Iterator[str]:
    for part in article.split("; "):
        if part.startswith("setting "):
            yield part.removeprefix("setting ")


def _shape(span: Span) -> tuple[date, date, int, str]:
    return span.first, span.last, span.counted, span.why


def _limit(reckoning: Reckoning, name: str, ref: str | None) -> Limit | None:
    return next((x for x in reckoning.limits if (x.name, x.ref) == (name, ref)), None)


def _spans(reckoning: Reckoning, name: str, ref: str | None) -> set[tuple[date, date, int, str]]:
    found = _limit(reckoning, name, ref)
    return {_shape(span) for span in found.ledger} if found else set()


def _where(
    reckoning: Reckoning, name: str, ref: str | None
) -> tuple[date | None, date | None, str] | None:
    if name == LimitName.REPLY:
        last = reckoning.due or reckoning.due_at_latest
        return reckoning.day_zero, last, reckoning.article
    found = _limit(reckoning, name, ref)
    return (found.base, found.due, found.article) if found else None
