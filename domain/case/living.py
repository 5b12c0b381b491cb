"""The life of a case as it happened: its facts in the order of happening, each judged by where the
case stood then, and between them what passed by itself. Whatever the order in which the office
learned of them, the life is the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.case.changes import replaced
from domain.case.complete import complete
from domain.case.count import Tally, deadline, touches_clock
from domain.case.ends import ended, next_end
from domain.case.evolve import untouched
from domain.case.facts import ExtensionTold, Fact
from domain.case.guards import check_each
from domain.case.hindsight import TELLING, basis
from domain.case.people import Role
from domain.case.state import CaseState, TimelineEntry, Validity
from domain.case.table import possible_then
from domain.case.topics import FOLDS
from domain.errors import YishenError
from domain.values import legal_day, midnight

REGISTERED = "registered"


Ran = tuple[str, str | None, date]
"""A limit that ran: name, ref, last day."""


Stretch = tuple[datetime, frozenset[Ran]]
"""The limits that ran from an instant on."""


@dataclass(frozen=True, slots=True)
class Passed:
    """What passed by itself, on the day of its legal instant; `after` the number of the last fact
    of the office before it."""

    what: Fact
    on: date
    after: int


@dataclass(slots=True)
class Life:
    """What came of the facts so far. `aside`: those that are not possible, and why; `filled`: what
    the case fills in, as it is now; `course`: every fact that counts, with its day; `spans`: the
    limits that ran; `newest`: the number of the entry that is told for the first time."""

    state: CaseState
    newest: int
    passed: list[Passed] = field(default_factory=list)
    aside: dict[int, YishenError] = field(default_factory=dict)
    filled: dict[int, Fact] = field(default_factory=dict)
    course: list[tuple[Fact, date]] = field(default_factory=list)
    tally: Tally = field(default_factory=lambda: Tally(open_only=True))
    spans: list[Stretch] = field(default_factory=list)
    last: int = 0

    def until(self, instant: datetime) -> None:
        """Everything that passes by itself up to and at `instant`."""
        while (thing := next_end(self.state)) is not None and thing.instant <= instant:
            what, on = ended(thing), legal_day(thing.instant)
            entry = TimelineEntry(
                seq=0,
                at=thing.instant,
                effective_on=on,
                person="system",
                role=Role.SYSTEM,
                what=what,
            )
            self.passed.append(Passed(what, on, self.last))
            self._fold(entry, thing.instant)

    def take(self, entry: TimelineEntry) -> None:
        """A fact of the office: judged, filled in, folded; or set aside."""
        morning = midnight(entry.effective_on)
        self.until(morning)
        self.last = entry.seq
        before = self.state
        try:
            if entry.kind != REGISTERED and not entry.kept:
                possible_then(before, entry.kind)
                on, day = entry.effective_on, legal_day(entry.at)
                check_each(before, entry.people, entry.role, on, day, entry.what)
            filled = refilled(before, entry, new=entry.seq == self.newest)
            same = filled is entry.what
            self._fold(entry if same else replaced(entry, what=filled), morning)
        except YishenError as no:
            if entry.kind == REGISTERED:
                raise  # nothing can have happened without it
            self.state = before
            self.aside[entry.seq] = no
            return
        if filled != entry.what:
            self.filled[entry.seq] = filled

    def _fold(self, entry: TimelineEntry, instant: datetime) -> None:
        before = self.state
        changed = replaced(before, **FOLDS[entry.kind](before, entry, entry.what))
        if touches_clock(before, changed):
            known = () if entry.kind == "case_reopened" else before.clock_warnings
            result = self.tally.count(changed, entry.effective_on, proofs=False)
            changed = replaced(
                changed,
                clock_state=result.clock_state,
                receipt_day=result.reckoning.receipt_day or before.receipt_day,
                clock_warnings=(*known, *(w for w in result.warnings if w not in known)),
                deadlines=tuple(deadline(run) for run in result.running),
            )
            running = frozenset((run.name, run.ref, run.due) for run in result.running)
            self.spans.append((instant, running))
        self.state = changed
        self.course.append((entry.what, entry.effective_on))


def lived(state: CaseState, now: datetime) -> Life:
    """The life of the case up to `now`, from the facts of its timeline alone.

    A fact says of days before its own what it says with all that is filled in: where a life fills
    in something else there, it is lived again with that.
    """
    life, told, filled = _lived(state, now), state, dict[int, Fact]()
    for _ in state.timeline:
        filled |= life.filled
        telling = {s: what for s, what in life.filled.items() if what.kind in TELLING}
        if not telling:
            break
        told = _saying(told, telling)
        life = _lived(told, now)
    life.filled = {
        seq: what
        for seq, what in filled.items()
        if what != state.entry(seq).what and seq not in life.aside
    }
    return life


def _saying(state: CaseState, facts: Mapping[int, Fact]) -> CaseState:
    timeline = tuple(
        replaced(entry, what=facts[entry.seq]) if entry.seq in facts else entry
        for entry in state.timeline
    )
    return replaced(state, timeline=timeline)


def _lived(state: CaseState, now: datetime) -> Life:
    life = before_all(state)
    for entry in by_people(state):
        life.take(entry)
    life.until(now)
    return life


def before_all(state: CaseState) -> Life:
    """The life of the case before anything happened in it."""
    start = replaced(
        untouched(state),
        order=(),
        clock_state="unconfirmed",
        receipt_day=None,
        clock_warnings=(),
        deadlines=(),
    )
    return Life(start, state.seq)


def by_people(state: CaseState) -> Iterator[TimelineEntry]:
    """The facts of the office that were not annulled, in the order of happening; those set aside
    too: they may have become possible."""
    for seq in state.order:
        entry = state.timeline[seq - 1]
        if entry.role is not Role.SYSTEM and entry.validity is not Validity.ANNULLED:
            yield entry


def refilled(state: CaseState, entry: TimelineEntry, *, new: bool) -> Fact:
    """The fact of the entry with what the case fills in, filled in anew; of a `new` one, with all
    that follows from where the case stood."""
    if not entry.filled and not new:
        return entry.what
    if isinstance(entry.what, ExtensionTold) and entry.what.basis == basis(state):
        return entry.what  # what was shown then by these facts, whatever the calendar says now
    blank = entry.what.changed(**dict.fromkeys(entry.filled))
    return complete(state, blank, entry.effective_on, entry.effective_on)
