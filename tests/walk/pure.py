"""A walk by the rules alone, without engine or register: thousands of acts in seconds."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from domain.case.act import Event
from domain.case.agenda import idle_until, settle
from domain.case.decide import decide
from domain.case.opening import blank, open_case
from domain.case.record import Decided
from domain.case.state import CaseState, Law
from domain.clock import Receipt, governing
from domain.errors import YishenError
from domain.remedies.organ import OrganProfile
from domain.rules import CURRENT_RULES
from domain.statute import Channel
from domain.values import OFFICE_ZONE
from law import files as lawfiles
from law.remedy_law import load_remedy_law
from register.reads.calendars import HeldDays
from register.reads.touched import slice_for
from tests.walk.holds import Lived
from tests.walk.office import INTAKE, ORGANS, PEOPLE, directory
from tests.walk.past import MOVING_IN, WAITED, commands, lived_before
from tests.walk.steps import Step, choose, later

YEAR = timedelta(days=366)
OPENED = "the-opening"
AS_PACKAGED = HeldDays(None, (), 0)


def receipt(rng: Random, first: date) -> tuple[Receipt, datetime]:
    """A request that arrives within a year from `first`, and when it is registered: that day or
    some days after."""
    arrived = first + timedelta(days=rng.randint(0, 364))
    registered = arrived + timedelta(days=rng.choice((0, 0, 0, 1, 2, 9, 25)))
    moment = datetime.combine(registered, time(rng.randint(0, 23), 15), OFFICE_ZONE)
    return Receipt(channel=rng.choice(list(Channel)), arrived=arrived), moment


def law(organ: str, request: Receipt, now: datetime, days: HeldDays = AS_PACKAGED) -> Law:
    """The law of a request as the counter pins it, `days`: what the register has."""
    calendar = days.calendar or lawfiles.load_calendar("cn")
    entry = next(o for o in directory().organs if o.id == organ)
    promised = {"committed_working_days": entry.committed_working_days}
    policy = lawfiles.load_policy().model_copy(update=promised)
    profile = OrganProfile(
        kind=entry.kind,
        name=entry.name,
        government=entry.government,
        superior=entry.superior,
        court=entry.court,
    )
    return Law(
        statute=governing(lawfiles.load_statutes(), "cn", calendar, policy, request, ()).pinned(),
        calendar=slice_for(calendar, [request.arrived.year], now.year),
        policy=policy,
        ladder=lawfiles.load_ladder(),
        rules=CURRENT_RULES,
        closures=days.of(organ),
        edition=days.edition,
        remedies=load_remedy_law(profile),
    )


@dataclass
class PureWalk:
    """One case and the acts that befell it; `script` tells them."""

    rng: Random
    start: CaseState
    state: CaseState
    now: datetime
    events: list[Event] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    steps: list[tuple[datetime, Step]] = field(default_factory=list)

    @classmethod
    def begin(cls, rng: Random, first: date) -> "PureWalk":
        """A request of the year from `first` in one of the organs, half of them for training;
        some come with a past."""
        organ, moves_in = rng.choice(ORGANS), rng.random() < MOVING_IN
        request, now = receipt(rng, first)
        if moves_in:
            now += timedelta(days=rng.choice(WAITED))
        start = blank("2024-0001", organ, law(organ, request, now), rng.choice((0, 1)))
        if moves_in:
            day = now.date() + timedelta(days=1)
            opened = lived_before(rng, start, request, OPENED, now, first_day=day).opened
        else:
            opened = open_case(start, request, PEOPLE[INTAKE], OPENED, now)
        return cls(rng, start, opened.state, now, list(opened.events), commands(opened))

    def walk(self, acts: int) -> "PureWalk":
        """So many acts, for a year at most, or to the end of the longest remedy."""
        end = self.now + YEAR
        for number in range(acts):
            self.until(min(later(self.rng, self.state, self.now), end))
            rests = idle_until(self.state)
            if self.now >= end or (rests is not None and self.now >= rests):
                break
            self.do(number)
        return self

    def until(self, instant: datetime) -> None:
        """Time passes; every timer fires at its instant."""
        self._take(settle(self.state, instant))
        self.now = instant

    def do(self, number: int) -> None:
        """One act, taken or refused."""
        step = choose(self.rng, self.state, self.now, max(1, self.state.seq - 2))
        self.steps.append((self.now, step))
        command = f"act-{number}"
        try:
            done = decide(self.state, step.act(command), self.now)
        except YishenError:
            self.refused.append(command)
            return
        self.taken[command] = done.events[0].seq
        self.now += timedelta(seconds=done.state.clock_offset - self.state.clock_offset)
        self._take(done)
        self._take(settle(self.state, self.now))

    def _take(self, decided: Decided) -> None:
        self.events.extend(decided.events)
        self.state = decided.state

    def script(self) -> list[str]:
        """What was done, act by act."""
        return [
            f"{now:%Y-%m-%d %H:%M} {step.person} {step.what.model_dump_json()}"
            f" on {step.on}: {step.refusal or 'taken'}"
            for now, step in self.steps
        ]

    def lived(self) -> Lived:
        """What is to be checked."""
        return Lived(self.start, self.events, self.state, self.now, self.taken, self.refused)
