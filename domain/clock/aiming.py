"""The safe day: the earliest last day of the reply by any reading, for an office that works
towards it (setting work_towards). The period itself stays as the office reads it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from domain.calendar.model import Calendar
from domain.clock.model import ClockEvent, ClockState, Limit, LimitName, Receipt, Reckoning
from domain.clock.readings import (
    Choice,
    OtherCount,
    PolicyAsked,
    Readings,
    limit_of,
    said,
    shapes,
)
from domain.clock.reckon import Reckoner
from domain.errors import YishenError
from domain.periods.ledger import RESTS
from domain.policy import Policy
from domain.statute import Statute

AIMED = (LimitName.SAFE_DAY, LimitName.COMMITTED)
"""Limits that are those of the count with the safe day, where the office works towards it."""

_OVER = (ClockState.LAPSED, ClockState.WITHDRAWN)


class AimingReckoner(Reckoner):
    """Counts one request again and again, by the readings that the office works towards too."""

    def __init__(
        self,
        statute: Statute,
        calendar: Calendar,
        policy: Policy,
        receipt: Receipt,
        *,
        open_only: bool = False,
    ) -> None:
        self._policy = policy
        self._asked = PolicyAsked(policy)
        aiming = policy.work_towards == "safe_day"
        given = cast("Policy", self._asked) if aiming else policy
        super().__init__(statute, calendar, given, receipt, open_only=open_only)
        self._others: dict[tuple[str, Choice], Reckoner] = {}

    def limits(
        self, own: Reckoning, events: Sequence[ClockEvent], *, proofs: bool = True
    ) -> tuple[tuple[Limit, ...], tuple[str, ...]]:
        """Every limit after `events`, of which it counted `own`; and the names of those that are
        of another reading than the office's."""
        if self._policy.work_towards == "own_reading":
            return own.limits, ()
        counted = tuple(self._by_others(events, own.as_of))
        found = Readings(self._policy, own, counted)
        towards = aim(found)
        if towards is None:
            return own.limits, ()
        if proofs:
            proved = self._others[towards.setting, towards.value].reckon(events, own.as_of)
            towards = replace(towards, reckoning=proved)
        return limits(found, towards), AIMED

    def _by_others(self, events: Sequence[ClockEvent], as_of: date) -> Iterator[OtherCount]:
        statute, calendar, _, receipt = self._given
        for setting, value, changed in self._asked.alternatives:
            key = setting, value
            if key not in self._others:
                self._others[key] = Reckoner(
                    statute, calendar, changed, receipt, open_only=self._open_only
                )
            try:
                reckoning = self._others[key].reckon(events, as_of, proofs=False)
            except YishenError:  # by that choice it can't be counted
                continue
            yield OtherCount(setting, value, reckoning)


def aim(readings: Readings) -> OtherCount | None:
    """The count that the office works towards where that is not its own: by it the period ends
    first, also where by the office's reading none runs yet, or it stands still."""
    own = readings.own
    if readings.policy.work_towards != "safe_day" or own.state in _OVER:
        return None
    dated = [(other.reckoning.due, other) for other in readings.others]
    earlier = [(due, other) for due, other in dated if due and (own.due is None or due < own.due)]
    return min(earlier, key=lambda pair: pair[0])[1] if earlier else None


def limits(readings: Readings, towards: OtherCount | None) -> tuple[Limit, ...]:
    """Every limit of the office's own count; where it works towards another, with the safe day,
    and with the committed limit of that one."""
    own = readings.own
    if towards is None:
        return own.limits
    kept = (limit for limit in own.limits if limit.name not in AIMED)
    return (*kept, *_aimed(readings, towards))


def _aimed(readings: Readings, towards: OtherCount) -> Iterator[Limit]:
    """Their spans that the office's own count has not, and the last of all, cite the choice they
    are of: so the ledger of another choice is another one."""
    chose = f"; setting {towards.setting}={said(towards.value)}"
    for name, of in ((LimitName.SAFE_DAY, LimitName.REPLY), (LimitName.COMMITTED,) * 2):
        found, own = (limit_of(r, of, None) for r in (towards.reckoning, readings.own))
        if found is None:
            continue
        if own is not None and name == of and _same_days(own, found):
            yield own
            continue
        before = shapes(readings.own, of, None)
        ledger = tuple(
            span._replace(article=span.article + chose)
            if span.last == found.due or (span.why not in RESTS and span[:4] not in before)
            else span
            for span in found.ledger
        )
        article = f"{found.article}{chose}; setting work_towards"
        yield replace(found, name=name, article=article, ledger=ledger)


def _same_days(one: Limit, other: Limit) -> bool:
    days = ((x.base, x.due, [span[:4] for span in x.ledger]) for x in (one, other))
    return next(days) == next(days)
