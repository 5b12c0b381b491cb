"""The past of a case that moves in: what people did before the office had its first day here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from domain.case import facts as f
from domain.case.act import Act
from domain.case.opening import open_case
from domain.case.people import MoveIn, told
from domain.case.record import Decided
from domain.case.state import CaseState
from domain.clock import Receipt
from domain.errors import YishenError
from domain.values import OFFICE_ZONE
from tests.walk.office import HEAD, INTAKE, PEOPLE
from tests.walk.steps import choose

MOVING_IN = 0.2
"""Share of the cases that come with a past."""
WAITED = (10, 40, 200)
"""Days from the arrival of a request until its case moves in."""
MOST = 9
PAUSES = (0, 0, 1, 2, 5, 9, 20)
"""Days between one act of the past and the next."""


@dataclass(frozen=True)
class Past:
    """What was done, and the case that moves in with it."""

    acts: tuple[Act, ...]
    opened: Decided


def lived_before(
    rng: Random,
    start: CaseState,
    request: Receipt,
    command: str,
    now: datetime,
    *,
    first_day: date,
) -> Past:
    """A past that the rules take at the instant `now`, all of it before `first_day`."""
    movers = MoveIn(intake=PEOPLE[INTAKE], head=PEOPLE[HEAD], first_day=first_day)
    registrar = told("老登记员（虚构）")

    def opened(acts: Sequence[Act], at: datetime) -> Decided:
        return open_case(start, request, registrar, command, at, acts, movers)

    acts: tuple[Act, ...] = ()
    found = opened(acts, now)
    day = request.arrived
    for _ in range(rng.randint(1, MOST)):
        day += timedelta(days=rng.choice(PAUSES))
        if day >= min(first_day, now.date()):
            break
        noon = datetime.combine(day, time(12), OFFICE_ZONE)
        then = opened(acts, noon).state
        step = choose(rng, then, noon, then.seq)
        act = Act(
            command_id=f"{command}.{len(acts) + 1}",
            actor=told(step.person),
            what=step.what,
            effective_on=day,
            evidence=step.evidence,
        )
        if isinstance(act.what, f.ReceiptConfirmed) and request.arrived.year == 2019:
            continue  # by which law a request of that May is judged may hang on it
        try:
            found = opened((*acts, act), now)
        except YishenError:
            continue
        acts = (*acts, act)
    return Past(acts, found)


def commands(opened: Decided) -> dict[str, int]:
    """Every command of the past, and the number it is on record as."""
    return {e.command_id: e.seq for e in opened.events if e.command_id is not None}


def entry(act: Act) -> dict[str, Any]:
    """The act as a file of cases that move in tells it."""
    fact = act.what.model_dump(mode="json", exclude_none=True)
    proofs = [proof.model_dump(mode="json", exclude_none=True) for proof in act.evidence]
    return {**fact, "on": str(act.effective_on), "by": act.actor.person, "evidence": proofs}
