"""A fact that happened before others that are on record: the life of the case is gone through
anew, and what differs goes on record with it.

What passed by itself and no longer follows is revoked, what newly follows is found; what people
did is never undone: what is not possible any more is set aside until it is possible again.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import reduce

from domain.case.act import Consequences, Event, Refilled, SetAside
from domain.case.changes import replaced
from domain.case.count import changes
from domain.case.evolve import counted, entered, known
from domain.case.facts import AlarmRaised, ConflictKept, EntryAmended, Fact
from domain.case.happening import PLACELESS
from domain.case.living import Life, Passed, Stretch, by_people, lived
from domain.case.people import Role
from domain.case.standing import new_warnings
from domain.case.state import CaseState, TimelineEntry, Validity
from domain.errors import Code, InputError, YishenError
from domain.values import legal_day, midnight

OnRecord = Mapping[int, int]
"""Of what passes by itself, counted from the first: its number where it is on record."""


def place_of(state: CaseState, kind: str, on: date, after: int | None = None) -> int | None:
    """The number of the fact after which a fact of that day takes its place, the registration or
    a later one; None: it comes last. Of one day, what is recorded first comes first, and what
    passed by itself before all. `after`: an entry of that day which it is said to come after.
    InputError(no_such_entry)."""
    if kind in PLACELESS:
        return None
    if after is not None:
        return _stated(state, on, after)
    order, last = state.order, len(state.order) - 1
    place = last
    while place > 0 and not _done_by(state.entry(order[place]), on):
        place -= 1
    while place < last and _passed_by(state.entry(order[place + 1]), on):
        place += 1
    return None if place == last else order[place]


def _stated(state: CaseState, on: date, after: int) -> int | None:
    if after not in state.order or state.entry(after).effective_on != on:
        raise InputError(Code.NO_SUCH_ENTRY, seq=after, last=state.seq)
    return None if after == state.order[-1] else after


def _done_by(entry: TimelineEntry, on: date) -> bool:
    return entry.role is not Role.SYSTEM and entry.effective_on <= on


def _passed_by(entry: TimelineEntry, on: date) -> bool:
    return entry.role is Role.SYSTEM and entry.effective_on <= on


def anew(state: CaseState, cause: Event, now: datetime) -> tuple[tuple[Event, ...], CaseState]:
    """`cause`, which changes what is known of the past, and after it what follows from it; and
    the state after them.

    Raises the Refusal of its own fact, where that was not possible on its day.
    """
    before = known(state, cause)
    life = lived(before, now)
    seq = cause.what.seq if isinstance(cause.what, EntryAmended | ConflictKept) else cause.seq
    if seq in life.aside:
        raise life.aside[seq]
    own = life.filled.pop(cause.seq, None)
    if own is not None:
        cause = cause.changed(what=_in_full(cause.what, before.entry(cause.seq).what, own))
        before = entered(state, cause)
    found = tuple(_told(before, cause, life, _still_passing(before, life)))
    after = reduce(entered, found, state)
    if [(entry.what, entry.effective_on) for entry in after.happened] != life.course:
        # The same things pass in another order.
        found = tuple(_told(before, cause, life, {}))
        after = reduce(entered, found, state)
    today = legal_day(now)
    # Not folded again: the life is what the record folds to.
    final = replaced(
        life.state,
        seq=after.seq,
        timeline=after.timeline,
        order=after.order,
        clock_state=state.clock_state,
        deadlines=state.deadlines,
    )
    first = replaced(
        found[0],
        warnings=(
            *(w for w in final.clock_warnings if w not in state.clock_warnings),
            *new_warnings(state, final),
        ),
        clock_state=None if life.state.clock_state == state.clock_state else life.state.clock_state,
        receipt_day=final.receipt_day,
        deadlines=changes(final, life.tally.count(final, today).running, cause.what),
    )
    return (first, *found[1:]), counted(final, first)


def _in_full(said: Fact, bare: Fact, full: Fact) -> Fact:
    """The fact as it was `said`, with all that `full` has beyond it as the state carries it."""
    names = type(full).model_fields
    news = {n: getattr(full, n) for n in names if getattr(full, n) != getattr(bare, n)}
    return said.changed(**news)


def _told(state: CaseState, cause: Event, life: Life, known: OnRecord) -> Iterator[Event]:
    """The cause with its consequences, then what newly follows, each right after what comes
    before it."""
    moved = cause.consequences or Consequences()
    yield replaced(cause, consequences=_consequences(moved, state, life, known.values()))
    seq, office, before = cause.seq, 0, 0
    for place, passed in enumerate(life.passed):
        if passed.after != office:
            office = before = passed.after
        if place in known:
            before = known[place]
            continue
        seq += 1
        yield Event(
            seq=seq,
            at=cause.at,
            effective_on=passed.on,
            person="system",
            role=Role.SYSTEM,
            what=passed.what,
            after=before,
            found_by=cause.seq,
        )
        before = seq


def _still_passing(state: CaseState, life: Life) -> dict[int, int]:
    recorded: defaultdict[Passed, list[int]] = defaultdict(list)
    after = 0
    for seq in state.order:
        entry = state.timeline[seq - 1]
        if entry.role is not Role.SYSTEM:
            after = seq
        elif entry.validity is Validity.COUNTS:
            recorded[Passed(entry.what, entry.effective_on, after)].append(seq)
    known = {}
    for place, passed in enumerate(life.passed):
        if on_record := recorded.get(passed):
            known[place] = on_record.pop(0)
    return known


def _consequences(
    moved: Consequences, state: CaseState, life: Life, passing: Collection[int]
) -> Consequences:
    """What of the record no longer counts, or counts again, or says another thing."""
    of_itself = [state.timeline[seq - 1] for seq in state.order]
    alarms = [(e, e.what) for e in state.timeline if isinstance(e.what, AlarmRaised)]
    unfounded = {e.seq for e, alarm in alarms if not _founded(alarm, life)}
    return replaced(
        moved,
        revoked=tuple(
            e.seq
            for e in of_itself
            if e.role is Role.SYSTEM and e.validity is Validity.COUNTS and e.seq not in passing
        ),
        set_aside=tuple(
            SetAside(seq=seq, code=no.code, values=tuple(_values(no)))
            for seq, no in life.aside.items()
            if state.entry(seq).against != no.code
        ),
        taken_up=tuple(
            e.seq
            for e in by_people(state)
            if e.validity is Validity.SET_ASIDE and e.seq not in life.aside
        ),
        refilled=tuple(Refilled(seq=seq, what=what) for seq, what in life.filled.items()),
        unfounded=tuple(
            e.seq for e, _ in alarms if e.validity is Validity.COUNTS and e.seq in unfounded
        ),
        founded=tuple(
            e.seq for e, _ in alarms if e.validity is Validity.REVOKED and e.seq not in unfounded
        ),
        warnings=life.state.clock_warnings,
    )


def _values(no: YishenError) -> Iterator[tuple[str, str]]:
    yield from ((name, str(value)) for name, value in no.params.items())


def _founded(alarm: AlarmRaised, life: Life) -> bool:
    """Whether the limit ran on the day of the alarm; and was over, where it says so."""
    day = legal_day(alarm.instant)
    morning = midnight(day)
    # What ended in the course of the day ran when the alarm came.
    before = bisect_left(life.spans, morning, key=_since)
    evening = bisect_left(life.spans, morning + timedelta(days=1), key=_since)
    over = alarm.step.startswith("overdue")
    return any(
        (name, ref) == (alarm.limit, alarm.ref) and (not over or due < day)
        for _, limits in life.spans[max(before - 1, 0) : evening]
        for name, ref, due in limits
    )


def _since(span: Stretch) -> datetime:
    return span[0]
