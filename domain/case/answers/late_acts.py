"""What happened and was never entered: acts that are not open any more, and were before."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.case.agenda import settle
from domain.case.answers.trial_facts import trials
from domain.case.answers.trying import refused
from domain.case.happening import PLACELESS
from domain.case.living import before_all, by_people
from domain.case.people import Actor, Role
from domain.case.state import CaseState, TimelineEntry
from domain.case.status import status
from domain.case.summary import Status
from domain.case.table import TABLE, Row, right
from domain.errors import YishenError
from domain.periods.ledger import ONE_DAY
from domain.values import legal_day, midnight


@dataclass(frozen=True, slots=True)
class LateAct:
    """An act that is not open any more, and was from the day `first` to the day `last`."""

    kind: str
    role: Role
    first: date
    last: date


def acts_entered_late(
    state: CaseState, actor: Actor, now: datetime, kinds: Collection[str] = tuple(TABLE)
) -> tuple[LateAct, ...]:
    """The acts, of those `kinds`, that are not open now and were before, and that the rules still
    take as of a day of then: what happened and was never entered, `actor` may record by the rights
    of now. In the table's order."""
    state = settle(state, now).state
    here, been = status(state), _been(state, now)
    found = []
    for kind, row in TABLE.items():
        if kind not in kinds or kind in PLACELESS or here in row.states:
            continue
        spans = [span for span in been if _was_open(row, span.status)]
        if not spans:
            continue
        try:
            role = right(state, kind, actor)
        except YishenError:
            continue
        if _taken_late(state, kind, actor, now, spans):
            first, last = min(s.first for s in spans), max(s.last for s in spans)
            found.append(LateAct(kind, role, first, last))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Span:
    """Days on which the case was in a state; `after`: the entry that began them."""

    status: Status
    first: date
    last: date
    after: int | None

    @property
    def places(self) -> Iterator[tuple[date, int | None]]:
        """Where in it something could have happened: late in it, and at its very beginning."""
        if self.last - self.first > ONE_DAY:
            yield self.last - ONE_DAY, None
        if self.after is not None:
            yield self.first, self.after


def _taken_late(
    state: CaseState, kind: str, actor: Actor, now: datetime, spans: list[_Span]
) -> bool:
    """Whether the rules take anything of that kind as of a place in one of the spans."""
    try:
        facts = list(trials(kind, state, legal_day(now)))
    except YishenError:
        return False
    places = dict.fromkeys(place for span in reversed(spans) for place in span.places)
    return any(
        not refused(state, one, actor, now, on, after) for on, after in places for one in facts
    )


def _was_open(row: Row, then: Status) -> bool:
    """Whether the act was possible in that state; work done before anybody was assigned was done
    (see `possible_then`)."""
    return then in row.states or (then is Status.REGISTERED and Status.IN_HAND in row.states)


def _been(state: CaseState, now: datetime) -> list[_Span]:
    """The states that the case was in, as it happened."""
    life, found = before_all(state), list[_Span]()
    since: TimelineEntry | None = None

    def until(day: date) -> None:
        """In the state that an entry left, and in what came of it by itself."""
        if since is not None:
            found.append(_Span(status(life.state), since.effective_on, day, None))

    for entry in by_people(state):
        on = entry.effective_on
        if since is not None:
            found.append(_Span(status(life.state), since.effective_on, on, since.seq))
        life.until(midnight(on))
        until(on)
        life.take(entry)
        since = entry
    if since is not None:
        found.append(_Span(status(life.state), since.effective_on, legal_day(now), since.seq))
    life.until(now)
    until(legal_day(now))
    return found
