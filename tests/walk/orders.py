"""The same facts in other orders of recording: what happened in a case, when the office learned of
each thing, and what must come out the same whenever it did."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from domain.case import facts as f
from domain.case.act import Act, Event, Evidence
from domain.case.agenda import pass_over, settle
from domain.case.count import count, deadline
from domain.case.decide import decide
from domain.case.evolve import RECORDED
from domain.case.opening import blank, open_case
from domain.case.people import Actor, Grant, Role
from domain.case.second_person import DECISIONS
from domain.case.state import CaseState, Law, Validity
from domain.case.tasks import summarise, tasks
from domain.clock import Receipt
from domain.errors import YishenError
from domain.ladder import Ladder
from domain.periods.ledger import fingerprint
from domain.policy import Policy
from domain.remedies.organ import OrganProfile
from domain.remedies.terms import OrganKind
from domain.rules import CURRENT_RULES
from domain.values import Value, legal_day
from law.files import load_calendar, load_ladder, load_statutes
from law.remedy_law import load_remedy_law
from tests.walk.holds import undriven
from tests.walk.office import QINGHE, handlers

ON_THEIR_DAY = DECISIONS
"""What the office decides is entered on the day it decides it; all else may become known later."""
PAPER = Evidence(text="回执（虚构）", sha256="ab" * 32)
DELAYS = (1, 2, 3, 7, 15, 30, 60)
"""Days."""
TRIES = 4
AMENDED = 1000
"""Numbers of corrections begin here."""

_ROLES = tuple(Grant(role=role, organ=QINGHE) for role in Role if role is not Role.SYSTEM)
NAMES = sorted({handler for _, handler in handlers(QINGHE)} | {"liu", "yang", "huang"})
PEOPLE = {name: Actor(person=name, grants=_ROLES) for name in NAMES}
"""Everybody may do everything; four eyes still need several people."""


class Deed(Value):
    """A fact of the office: who did what on which day."""

    on: date
    person: str
    what: f.OfficeFact


class Happened(Value):
    """What happened in a case, in that order, and under which law. `alarms`: its ladder rings."""

    statute: str
    policy: Policy
    alarms: bool
    receipt: Receipt
    deeds: tuple[Deed, ...] = ()


class Slip(Value):
    """A deed, by its place, that was entered for a wrong day and amended later."""

    number: int
    on: date
    amended: datetime


class Order(Value):
    """When the office learned of what: of the request, then of each deed by its place in what
    happened; and the instant at which the case is looked at."""

    registered: datetime
    entries: tuple[tuple[int, datetime], ...]
    until: datetime
    slip: Slip | None = None


@cache
def law(statute: str, policy: str, alarms: bool) -> Law:
    """The product's law with that statute and settings."""
    profile = OrganProfile(
        kind=OrganKind.DEPARTMENT,
        name="某县自然资源局（虚构）",
        government="某县人民政府（虚构）",
        superior="某市自然资源局（虚构）",
        court="某县人民法院（虚构）",
    )
    found = next(s for s in load_statutes() if s.id == statute)
    return Law(
        statute=found.pinned(),
        calendar=load_calendar(found.calendar),
        policy=Policy.model_validate_json(policy),
        ladder=load_ladder() if alarms else Ladder(id="silent", limits={}),
        rules=CURRENT_RULES,
        remedies=load_remedy_law(profile),
    )


@dataclass
class Telling:
    """A case that is told of one thing after the other."""

    start: CaseState
    state: CaseState
    now: datetime
    events: list[Event]

    @classmethod
    def begin(cls, happened: Happened, registered: datetime) -> "Telling":
        """The request is registered."""
        book = law(happened.statute, happened.policy.model_dump_json(), happened.alarms)
        start = blank("2024-0001", QINGHE, book)
        opened = open_case(start, happened.receipt, PEOPLE["huang"], "c", registered)
        return cls(start, opened.state, registered, list(opened.events))

    def until(self, instant: datetime) -> None:
        """Time passes."""
        passed = settle(self.state, instant)
        self._take(passed.events, passed.state)
        self.now = instant

    def learn(self, deed: Deed, number: int, instant: datetime) -> None:
        """As the workflow takes an act; what takes a second person is approved at once.
        YishenError where it is refused; nothing has changed."""
        known, state = len(self.events), self.state
        self._do(deed.what, deed.person, deed.on, f"d{number}", instant)
        if self.state.timeline[-1].kind == "entry_proposed":
            other = next(name for name in NAMES if name != deed.person)
            approval = f.EntryApproved(seq=self.state.seq)
            try:
                self._do(approval, other, legal_day(instant), f"d{number}.approved", instant)
            except YishenError:
                del self.events[known:]
                self.state = state
                raise
        self.now = instant

    def _do(
        self, what: f.OfficeFact, person: str, on: date, command: str, instant: datetime
    ) -> None:
        before = settle(self.state, instant)
        act = Act(
            command_id=command,
            actor=PEOPLE[person],
            what=what,
            effective_on=on,
            evidence=(PAPER,),
        )
        done = decide(before.state, act, instant)
        after = pass_over(done.state, instant)
        self._take((*before.events, *done.events, *after.events), after.state)

    def amend(self, deed: Deed, slip: Slip) -> None:
        """The deed is put on the day on which it happened. YishenError where that is refused."""
        seq = self.recorded(slip.number).seq
        right = f.EntryAmended.model_validate(
            {"seq": seq, "what": deed.what, "on": deed.on, "reason": "记错日期（虚构）"}
        )
        correction = Deed(on=legal_day(slip.amended), person=deed.person, what=right)
        self.learn(correction, AMENDED + slip.number, slip.amended)

    def recorded(self, number: int) -> Event:
        """The event by which that deed counts."""
        event = next(e for e in reversed(self.events) if e.command_id == f"d{number}")
        return next((e for e in self.events if e.proposal == event.seq), event)

    def _take(self, events: Sequence[Event], state: CaseState) -> None:
        self.events.extend(events)
        self.state = state


def told(happened: Happened, order: Order) -> Telling:
    """The case at the end of the order. YishenError where an entry is refused."""
    telling, slip = Telling.begin(happened, order.registered), order.slip
    for number, instant in order.entries:
        deed = happened.deeds[number]
        if slip is not None and slip.amended <= instant:
            telling.amend(happened.deeds[slip.number], slip)
            slip = None
        wrong = slip is not None and slip.number == number
        telling.learn(deed.changed(on=slip.on) if slip and wrong else deed, number, instant)
    if slip is not None:
        telling.amend(happened.deeds[slip.number], slip)
    telling.until(order.until)
    return telling


# -- another order -------------------------------------------------------------------------------


def reordered(rng: Random, happened: Happened, order: Order) -> tuple[Order, Telling] | None:
    """Another order in which the office may have learned of it all, and the case at its end; None
    where none was found. Nothing is entered before its day, and of one day in the order of
    happening; what rests on something unknown waits until that is known."""
    late = [n for n, deed in enumerate(happened.deeds) if deed.what.kind not in ON_THEIR_DAY]
    for _ in range(TRIES if late else 0):
        instants = dict(order.entries)
        for number in rng.sample(late, min(len(late), rng.choice((1, 2, 3, 4, 8)))):
            delay = timedelta(days=rng.choice(DELAYS), seconds=rng.randint(0, 3600))
            instants[number] = min(instants[number] + delay, order.until)
        _keep_days(happened, instants)
        registered = order.registered
        if rng.random() < 0.3:
            late_by = timedelta(days=rng.choice(DELAYS))
            registered = min(*instants.values(), registered + late_by)
        found = _possible(happened, instants, registered, order.until)
        if found is not None and found[0] != order:
            return found
    return None


def slipped(rng: Random, happened: Happened, order: Order) -> tuple[Order, Telling] | None:
    """The order with one deed that was entered for some days earlier and amended; None where none
    was found. Of one day, what is amended comes last: a deed that was alone on its day."""
    days = [deed.on for deed in happened.deeds]
    alone = [
        number
        for number, deed in enumerate(happened.deeds)
        if deed.what.kind not in ON_THEIR_DAY and days.count(deed.on) == 1
    ]
    for _ in range(TRIES if alone else 0):
        number = rng.choice(alone)
        later = [at for n, at in order.entries if n > number]
        slip = Slip(
            number=number,
            on=days[number] - timedelta(days=rng.randint(1, 6)),
            amended=rng.choice([*later, order.until]),
        )
        found = order.changed(slip=slip)
        try:
            return found, told(happened, found)
        except YishenError:
            continue
    return None


def _keep_days(happened: Happened, instants: dict[int, datetime]) -> None:
    for number in sorted(instants, reverse=True)[1:]:
        if happened.deeds[number + 1].on == happened.deeds[number].on:
            instants[number] = min(instants[number], instants[number + 1])


def _possible(
    happened: Happened, instants: dict[int, datetime], registered: datetime, until: datetime
) -> tuple[Order, Telling] | None:
    telling = Telling.begin(happened, registered)
    waiting = sorted(instants, key=lambda n: (instants[n], n))
    entries: list[tuple[int, datetime]] = []
    while waiting:
        for number in waiting:
            deed, instant = happened.deeds[number], max(instants[number], telling.now)
            if deed.what.kind in ON_THEIR_DAY and legal_day(instant) != deed.on:
                return None
            if any(happened.deeds[n].on == deed.on for n in waiting if n < number):
                continue
            try:
                telling.learn(deed, number, instant)
            except YishenError:
                continue
            entries.append((number, instant))
            waiting.remove(number)
            break
        else:
            return None
    telling.until(until)
    return Order(registered=registered, entries=tuple(entries), until=until), telling


# -- what must be the same -----------------------------------------------------------------------


def outcome(state: CaseState, now: datetime) -> dict[str, object]:
    """All of a case that may not hang on the order in which the office learned of it."""
    folded = {name: getattr(state, name) for name in CaseState.model_fields if name not in RECORDED}
    summary = summarise(state, None).model_dump(exclude={"seq", "tasks"})
    # Numbers of entries follow from the order of recording.
    waiting = [task for task in tasks(state) if task.kind != "conflict_kept"]
    running = sorted(count(state, legal_day(now)).running, key=lambda r: (r.name, r.ref or ""))
    happened = [(e.role is Role.SYSTEM, e.what, e.effective_on) for e in state.happened]
    return {
        **folded,
        "terms": (state.law.statute, state.law.policy),
        "receipt_day": state.receipt_day,
        "clock_state": state.clock_state,
        "warnings": sorted(state.clock_warnings),
        "limits": [
            deadline(run).model_copy(update={"proof": fingerprint(run.ledger)}) for run in running
        ],
        "ledgers": [run.ledger for run in running],
        "facts": [(what, on) for itself, what, on in happened if not itself],
        "passed": [(what, on) for itself, what, on in happened if itself],
        "summary": summary,
        "tasks": waiting,
    }


def differences(one: dict[str, object], other: dict[str, object]) -> Iterator[str]:
    """What is not the same in both."""
    for name, value in one.items():
        if value != other[name]:
            yield f"{name}: {value!r}\n     is not {other[name]!r}"


def flaws(telling: Telling) -> Iterator[str]:
    """What does not hold of one telling at its end: nothing is set aside, but where an order to
    reply turned out to have no effect yet; the limits on record are those that a count of that
    instant gives; and what is open is driven."""
    yield from undriven(telling.state)
    timeline = telling.state.timeline
    undone = any(e.kind == "case_reopened" and e.validity is Validity.REVOKED for e in timeline)
    for entry in timeline:
        if entry.validity is Validity.SET_ASIDE and not undone:
            yield f"{entry.kind} of {entry.effective_on} is set aside: {entry.against}"
    on_record = sorted(telling.state.deadlines, key=lambda d: (d.name, d.ref or ""))
    if on_record != outcome(telling.state, telling.now)["limits"]:
        yield f"limits on record: {on_record}"
