"""What an act would bring about, told before it is done; the same that then happens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.case.act import Act, Event, SetAside
from domain.case.agenda import pass_over, settle
from domain.case.decide import foreseen
from domain.case.second_person import Reason
from domain.case.state import CaseState


@dataclass(frozen=True, slots=True)
class LimitMove:
    """The last day of a limit before and after; None: it does not run."""

    limit: str
    ref: str | None
    was: date | None
    due: date | None


@dataclass(frozen=True, slots=True)
class Prospect:
    """The events that an act would leave, from the state `before` to the state `after`; `needs`:
    why they would wait for a second person (None: they would not)."""

    before: CaseState
    events: tuple[Event, ...]
    after: CaseState
    needs: Reason | None

    @property
    def moves(self) -> Iterator[LimitMove]:
        """Every limit whose last day would be another one, or none."""
        was = {(d.name, d.ref): d.due for d in self.before.deadlines}
        due = {(d.name, d.ref): d.due for d in self.after.deadlines}
        for name, ref in dict.fromkeys([*was, *due]):
            old, new = was.get((name, ref)), due.get((name, ref))
            if old != new:
                yield LimitMove(name, ref, old, new)

    @property
    def conflicts(self) -> Iterator[SetAside]:
        """Acts of people that would be set aside, and why."""
        for event in self.events:
            if event.consequences is not None:
                yield from event.consequences.set_aside


def prospect(state: CaseState, act: Act, now: datetime) -> Prospect:
    """What `act` would bring about at the legal instant `now`, once it is approved where that is
    needed. Refusal and InputError as by `decide`, but for evidence."""
    before = settle(state, now).state
    done, needs = foreseen(before, act, now)
    passed = pass_over(done.state, now)
    return Prospect(before, (*done.events, *passed.events), passed.state, needs)
