"""What must hold of a case after any walk, from its record and its state alone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce

from domain.case import facts as f
from domain.case.act import Event
from domain.case.agenda import upcoming
from domain.case.answers.proof import limits_of, prove
from domain.case.awaited import NAME as ANSWER_AWAITED
from domain.case.ends import next_end
from domain.case.evolve import evolve, refolded
from domain.case.evolve import steps as evolved
from domain.case.standing import bound
from domain.case.state import CaseState
from domain.case.status import status
from domain.case.summary import Mover
from domain.case.tasks import mover
from domain.ladder import steps
from domain.remedies.proceeding import ANSWER_LIMITS, APPEAL_SIDES
from domain.remedies.progress import Progress, progress
from domain.values import midnight
from register.chain import canonical

SLACK = timedelta(seconds=30)
"""The engine fires a timer a little after its instant."""


@dataclass(frozen=True)
class Lived:
    """A case as it was lived: the state before its first event, its record, where it stands now,
    and the acts that were taken (command id to number) or refused."""

    start: CaseState
    events: Sequence[Event]
    state: CaseState
    now: datetime
    taken: Mapping[str, int]
    refused: Sequence[str] = field(default=())


def problems(lived: Lived) -> Iterator[str]:
    """Everything that does not hold."""
    yield from _numbers(lived)
    yield from _fold(lived)
    yield from _anew(lived)
    yield from _commands(lived)
    yield from _round_trip(lived)
    yield from _by_itself(lived)
    yield from _proofs(lived)
    yield from _driven(lived)


def _numbers(lived: Lived) -> Iterator[str]:
    numbers = [event.seq for event in lived.events]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"numbers of the events: {numbers}"


def _fold(lived: Lived) -> Iterator[str]:
    folded = reduce(evolve, lived.events, lived.start)
    for name in CaseState.model_fields:
        record, case = getattr(folded, name), getattr(lived.state, name)
        if record != case:
            yield f"state.{name}: the record folds to {record!r}, the case has {case!r}"


def _anew(lived: Lived) -> Iterator[str]:
    """Everything folded anew, in the order of happening, gives the same case."""
    anew = refolded(lived.state)
    for name in CaseState.model_fields:
        if getattr(anew, name) != getattr(lived.state, name):
            yield f"state.{name} folded anew: {getattr(anew, name)!r}"


def _commands(lived: Lived) -> Iterator[str]:
    """Each command of an accepted act once, at the number it was answered with; none other."""
    found = Counter(e.command_id for e in lived.events if e.command_id is not None)
    places = {e.command_id: e.seq for e in lived.events if e.command_id is not None}
    revisions = {e.command_id for e in lived.events if e.what.kind == "law_revised"}
    for command, times in found.items():
        if times != 1:
            yield f"command {command}: recorded {times} times"
        if command not in revisions and command not in lived.taken:
            yield f"command {command}: recorded, but was not taken"
    for command, seq in lived.taken.items():
        if places.get(command) != seq:
            yield f"command {command}: taken as {seq}, recorded as {places.get(command)}"
    for command in lived.refused:
        if command in found:
            yield f"command {command}: refused, but recorded"


def _round_trip(lived: Lived) -> Iterator[str]:
    """What is recorded can be read again."""
    for event in lived.events:
        try:
            again = Event.model_validate_json(canonical(event))
        except ValueError as error:
            yield f"event {event.seq} {event.what.kind} can't be read: {error}"
            continue
        if again != event:
            yield f"event {event.seq} {event.what.kind} reads as another: {again!r}"


def _by_itself(lived: Lived) -> Iterator[str]:
    """The case did by itself exactly what was due, each alarm once at its legal instant, and
    nothing was done while something was due."""
    state = lived.start
    raised: Counter[tuple[object, ...]] = Counter()
    for (event, *_), after in evolved(lived.start, lived.events):
        thing = upcoming(state)
        what = event.what
        by_case = event.command_id is None and event.proposal is None
        own = by_case and what.kind != "registered"
        if own and (thing is None or thing.instant > event.at):
            yield f"event {event.seq} {what.kind}: nothing was due at {event.at}"
        elif event.moved_in_by is not None:
            # What moves in is recorded at once; only what ended something has its place in it.
            end = next_end(state)
            if not own and end is not None and end.instant <= midnight(event.effective_on):
                yield f"event {event.seq} {what.kind}: {end} was due before"
        elif not own and thing is not None and thing.instant <= event.at:
            due = thing.fact.kind if thing.fact else thing.step and thing.step.name
            yield f"event {event.seq} {what.kind}: {due} was due before, at {thing.instant}"
        if isinstance(what, f.AlarmRaised):
            raised[what.limit, what.ref, what.due, what.step, what.instant] += 1
            if not _on_the_ladder(state, what):
                yield f"event {event.seq}: {what!r} stands on no ladder"
        state = after
    for alarm, times in raised.items():
        if times != 1:
            yield f"alarm {alarm} raised {times} times"
    thing = upcoming(state)
    if thing is not None and thing.instant <= lived.now - SLACK:
        yield f"at {lived.now} {thing!r} was due and is not on record"


def _on_the_ladder(state: CaseState, alarm: f.AlarmRaised) -> bool:
    limit = state.deadline(alarm.limit, alarm.ref)
    if limit is None or limit.due != alarm.due:
        return False
    ladder = steps(state.law.ladder, state.calendar, limit.name, limit.base, limit.due)
    for step in ladder:
        if step.instant >= alarm.instant:
            return (step.name, step.instant) == (alarm.step, alarm.instant)
    return False


def _proofs(lived: Lived) -> Iterator[str]:
    """Counting each limit again from the record gives what was recorded."""
    for name, ref in limits_of(lived.events):
        proof = prove(lived.start, lived.events, name, ref)
        for setting in proof.settings:
            if not setting.recount.same:
                yield (
                    f"limit {name}:{ref} of event {setting.event.seq} {setting.event.what.kind}"
                    f" due {setting.change.due}, counted again {setting.recount.due}"
                )
        if not proof.standing.recount.same:
            yield (
                f"limit {name}:{ref} stands at {proof.standing.due},"
                f" counted again {proof.standing.recount.due}"
            )


OF_THE_REPLY = frozenset(
    {
        *("reply", "receipt_confirmation", "correction", "fee_payment"),
        *("third_party_answer", "coproducer_answer", ANSWER_AWAITED),
    }
)
"""Limits that bring a case nearer to its reply: each ends by itself, or somebody is told of it."""


def undriven(state: CaseState) -> Iterator[str]:
    """What of the case is open and nothing will ever move: a reply that is owed without a limit,
    or a proceeding in which something is awaited of us without one. Waiting for somebody else is
    as good as a limit where the office sees for whom."""
    running = {(d.name, d.ref) for d in state.deadlines}
    if state.ending is None and state.dispatch is None:
        waits = mover(state) not in (Mover.OFFICE, Mover.NOBODY)
        if not waits and not any(name in OF_THE_REPLY for name, _ in running):
            yield f"a reply is owed, without limit: {status(state)}, clock {state.clock_state}"
    follows = {fact.ref for _, fact in bound(state)}
    for p in state.proceedings:
        expected: Mapping[Progress, Iterable[str]] = {
            Progress.AWAITING_ANSWER: ANSWER_LIMITS,
            Progress.APPEALABLE: () if p.appealed_by else APPEAL_SIDES,
        }
        names = expected.get(progress(p), ())
        if names and p.ref not in follows and not any((name, p.ref) in running for name in names):
            yield f"{p.kind} {p.ref} is {progress(p)}, without limit"


def _driven(lived: Lived) -> Iterator[str]:
    for (event, *_), state in evolved(lived.start, lived.events):
        for stuck in undriven(state):
            yield f"after event {event.seq} {event.what.kind}: {stuck}"
