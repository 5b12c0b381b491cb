"""One step of a walk, chosen from what a case says of itself: who does what for which day, and how
long until the next act. Nothing here asks the engine, so a walk follows from its seed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from domain.case import facts as f
from domain.case.act import Act, Evidence
from domain.case.agenda import settle
from domain.case.decide import decide
from domain.case.people import Actor
from domain.case.state import CaseState
from domain.case.status import status
from domain.case.table import TABLE, permitted
from domain.errors import Code, YishenError
from domain.values import OFFICE_ZONE, legal_day
from tests.walk.forms import FORMS
from tests.walk.office import PEOPLE
from tests.walk.pen import Pen
from tests.walk.remedy_forms import REMEDY_FORMS

ALL_FORMS = FORMS | REMEDY_FORMS
WILD = 0.08
"""Share of acts by anyone, whatever the table says."""
STUBBORN = 0.15
"""Share of acts sent although the rules will refuse them."""
TRIES = 12

_URGENT = (
    *("receipt_confirmed", "assigned", "signed", "reply_approved", "dispatched", "delivered"),
    *("item_reviewed", "correction_received", "late_correction_accepted", "fee_paid"),
    *("extension_granted", "extension_told", "judgment_served_on_other"),
)
_RARE = {
    "withdrawn": 0.15,
    "voided": 0.07,
    "entry_amended": 0.5,
    "entry_annulled": 0.2,
    "reply_returned": 0.3,
}
_RARE |= {"returned": 0.3, "reassigned": 0.4, "noted": 0.3, "accountability_recorded": 0.3}
_RARE |= {"training_advanced": 0.4}
_ENDS = ("reconsideration_decided", "judgment_received", "complaint_decided", "answer_submitted")


@dataclass(frozen=True)
class Step:
    """One act to be sent. `refusal`: what the rules will say to it; None: they take it."""

    person: str
    what: f.OfficeFact
    on: date | None
    evidence: tuple[Evidence, ...]
    expected_seq: int | None
    refusal: Code | None

    def act(self, command_id: str) -> Act:
        """As it reaches the case."""
        return Act(
            command_id=command_id,
            actor=PEOPLE[self.person],
            what=self.what,
            effective_on=self.on,
            evidence=self.evidence,
            expected_seq=self.expected_seq,
        )


def verdict(state: CaseState, act: Act, now: datetime) -> Code | None:
    """What the rules say to an act at an instant: None, or the code of the refusal."""
    try:
        decide(settle(state, now).state, act, now)
    except YishenError as no:
        return no.code
    return None


def choose(
    rng: Random,
    state: CaseState,
    now: datetime,
    seen: int,
    *,
    people: Mapping[str, Actor] = PEOPLE,
) -> Step:
    """The next act: mostly one the table permits and the rules take. `seen`: an earlier number of
    the case, that a stale act may rest on."""
    if rng.random() < WILD:
        return _fill(rng, state, now, seen, rng.choice(list(people)), _anything(rng))
    step = None
    insists = rng.random() < STUBBORN
    for _ in range(TRIES):
        person, kind = _pick(rng, state, people)
        step = _fill(rng, state, now, seen, person, kind)
        if insists or step.refusal is None:
            break
    assert step is not None
    return step


def _anything(rng: Random) -> str:
    return rng.choice(list(ALL_FORMS))


def _pick(rng: Random, state: CaseState, people: Mapping[str, Actor]) -> tuple[str, str]:
    """A person and an act the table permits, by weight of the act."""
    here = status(state)
    kinds = [kind for kind, row in TABLE.items() if here in row.states]
    weights = [weight(state, kind) for kind in kinds]
    while True:
        kind = rng.choices(kinds, weights)[0]
        may = [person for person, actor in people.items() if _may(state, kind, actor)]
        if may:
            return rng.choice(may), kind


def _may(state: CaseState, kind: str, actor: Actor) -> bool:
    try:
        permitted(state, kind, actor)
    except YishenError:
        return False
    return True


def weight(state: CaseState, kind: str) -> float:
    if kind in _URGENT:
        return 8.0
    if kind in _RARE:
        return _RARE[kind]
    if kind in REMEDY_FORMS:
        if kind in _ENDS:
            return 2.0 if state.contested else 0.1
        if kind.endswith("_received"):
            many = len(state.proceedings)
            return (0.1 if state.ending is None and state.dispatch is None else 1.5) / (1 + many)
        return 0.8 if state.contested else 0.1
    return 2.0


def _fill(
    rng: Random,
    state: CaseState,
    now: datetime,
    seen: int,
    person: str,
    kind: str,
) -> Step:
    day = legal_day(now)
    on = _day(rng, state, day)
    pen = Pen(rng, state, on or day, day)
    step = Step(
        person=person,
        what=ALL_FORMS[kind](pen),
        on=on,
        evidence=pen.proofs(),
        expected_seq=rng.choice((state.seq, state.seq, seen)) if rng.random() < 0.3 else None,
        refusal=None,
    )
    refusal = verdict(state, step.act("a-step"), now)
    return Step(step.person, step.what, on, step.evidence, step.expected_seq, refusal)


def _day(rng: Random, state: CaseState, day: date) -> date | None:
    """Mostly today; at times a day since the arrival, rarely one before it or ahead."""
    chance = rng.random()
    if chance < 0.7:
        return None
    if chance < 0.9:
        return day - timedelta(days=rng.choice((0, 1, 1, 2, 3, 5)))
    if chance < 0.97 and state.receipt is not None:
        return day - timedelta(days=rng.randint(0, max(0, (day - state.receipt.arrived).days)))
    return day + timedelta(days=rng.choice((-400, -1, 1, 2)))


# -- time ---------------------------------------------------------------------------------------


def later(rng: Random, state: CaseState, now: datetime) -> datetime:
    """When the next act comes: minutes to weeks, office hours or not, on last days, at midnight."""
    chance = rng.random()
    if chance < 0.4:
        return now + timedelta(minutes=rng.randint(1, 90))
    if chance < 0.6:
        return _at(now + timedelta(days=rng.randint(1, 4)), rng)
    if chance < 0.7:
        return _at(now + timedelta(days=rng.randint(5, 30)), rng)
    edges = [instant for instant in _edges(state) if now < instant < now + timedelta(days=120)]
    if chance < 0.92 and edges:
        return rng.choice(edges)
    if chance < 0.97:
        return _midnight(legal_day(now) + timedelta(days=rng.randint(1, 3)))
    return _at(now + timedelta(days=rng.randint(30, 75)), rng)


def _at(day: datetime, rng: Random) -> datetime:
    return datetime.combine(
        legal_day(day), time(rng.randint(8, 18), rng.randint(0, 59)), tzinfo=OFFICE_ZONE
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=OFFICE_ZONE)


def _edges(state: CaseState) -> Iterator[datetime]:
    """Around the last day of every running limit."""
    for deadline in state.deadlines:
        over = _midnight(deadline.due + timedelta(days=1))
        yield over - timedelta(hours=14)
        yield over - timedelta(seconds=2)
        yield over
        yield over + timedelta(minutes=1)
        yield over + timedelta(days=1, hours=9)
