"""What guards and folds share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.case.changes import Changes
from domain.case.parts import Item, Maker
from domain.case.people import Role
from domain.case.state import CaseState, TimelineEntry
from domain.clock import ClockEvent, ClockEventKind
from domain.errors import Code, InputError, Refusal
from domain.statute import Statute


@dataclass(frozen=True, slots=True)
class Case:
    """What a guard looks at: the state, who acts in which role of the case's organ, the day the
    act takes effect, and today."""

    state: CaseState
    person: str
    role: Role
    on: date
    today: date

    @property
    def statute(self) -> Statute:
        """The law of the case."""
        return self.state.law.statute


Guard = Callable[[Case, Any], None]
Fold = Callable[[CaseState, TimelineEntry, Any], Changes]


def known_item(state: CaseState, ref: str) -> Item:
    """The item of that ref; InputError(unknown_ref) with those that there are."""
    item = state.item(ref)
    if item is None:
        refs = ", ".join(i.ref for i in state.items) or "-"
        raise InputError(Code.UNKNOWN_REF, case=state.id, ref=ref, refs=refs)
    return item


def made(state: CaseState, entry: TimelineEntry) -> Changes:
    """Who made the reply, with one more of them."""
    return {"makers": (*state.makers, Maker(kind=entry.kind, person=entry.doer))}


def not_in_the_future(case: Case, *days: date | None) -> None:
    """Only what has happened can be recorded."""
    for day in days:
        if day is not None and day > case.today:
            raise Refusal(Code.IN_THE_FUTURE, day=day, today=case.today)


def delivered_in_between(case: Case, delivered: date | None) -> None:
    """A letter reaches its addressee on the day it left or later, and not in the future."""
    not_in_the_future(case, delivered)
    if delivered is not None and delivered < case.on:
        raise Refusal(Code.DELIVERED_BEFORE_SENT, delivered=delivered, sent=case.on)


# -- the clock's own list of what happened ------------------------------------------------------


def with_tick(clock: tuple[ClockEvent, ...], event: ClockEvent) -> tuple[ClockEvent, ...]:
    """The clock's events with one more, kept in order of their days (same day: as recorded)."""
    place = len(clock)
    while place and clock[place - 1].at > event.at:
        place -= 1
    return (*clock[:place], event, *clock[place:])


def tick(state: CaseState, event: ClockEvent) -> Changes:
    """One more event on the clock."""
    return {"clock": with_tick(state.clock, event)}


def retick(
    state: CaseState,
    change: Callable[[ClockEvent], ClockEvent],
    *kinds: ClockEventKind,
    ref: str | None = None,
) -> Changes:
    """The last clock event of one of `kinds` (and of that ref), changed."""
    clock = list(state.clock)
    for place in range(len(clock) - 1, -1, -1):
        if clock[place].kind in kinds and clock[place].ref == ref:
            clock[place] = change(clock[place])
            break
    return {"clock": tuple(clock)}
