"""What a person may do in a case now, the most pressing first, and what the rules refuse of it
whatever would be filled in. By the same table and the same rules as the act itself."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.case.act import Act
from domain.case.agenda import settle
from domain.case.answers.prospect import Prospect, prospect
from domain.case.answers.trial_facts import entries, settled, trials
from domain.case.answers.whatif import what_if
from domain.case.decide import foreseen, role_of
from domain.case.facts import ConflictKept, EntryAmended, EntryAnnulled, EntryRefused, OfficeFact
from domain.case.guards import check
from domain.case.happening import PLACELESS
from domain.case.living import before_all, by_people
from domain.case.people import Actor, Role
from domain.case.state import CaseState, TimelineEntry
from domain.case.status import status
from domain.case.summary import Mover, Status, Task
from domain.case.table import TABLE, Row, permitted, right
from domain.case.tasks import mover, tasks_for
from domain.case.topics.base import Case
from domain.clock import ClockEvent, ClockEventKind
from domain.errors import Code, YishenError
from domain.periods.ledger import ONE_DAY
from domain.values import legal_day, midnight


class ActGroup(StrEnum):
    """Where an act stands among those that are open."""

    AWAITED = "awaited"
    """What the case waits for, from this person or from outside; or the other answer to it."""
    OTHER = "other"
    ENDING = "ending"
    """It ends the case without a reply."""
    CORRECTING = "correcting"


@dataclass(frozen=True, slots=True)
class OpenAct:
    """An act that the table lets somebody do now, in `role`; `task` what it settles of what the
    case waits for. `refused`: what the rules say whatever is filled in (None: it may be done).
    `trial`: a fact that they take; `plain`: it asks for nothing but words, so that it moves the
    clock as any other of its kind would. `on`: the latest day on which they take it, of what had to
    come in time and is only entered now (None: today).

    An act that is refused may still have been possible on an earlier day, before another.
    """

    kind: str
    role: Role
    group: ActGroup
    task: Task | None = None
    refused: YishenError | None = None
    trial: OfficeFact | None = None
    on: date | None = None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class LateAct:
    """An act that is not open any more, and was from the day `first` to the day `last`."""

    kind: str
    role: Role
    first: date
    last: date


OTHERWISE = {
    "extension_refused": "extension_granted",
    "entry_refused": "entry_approved",
    "reply_returned": "reply_approved",
    "returned": "signed",
}
"""Acts that settle the same task the other way."""

_EXPECTED = {
    Status.CORRECTING: "correction_received",
    Status.AWAITING_PAYMENT: "fee_paid",
}
_FROM_PARTIES = (Mover.THIRD_PARTY, Mover.OTHER_AGENCY)
_ENDING = ("withdrawn", "voided")
_CORRECTING = ("entry_amended", "entry_annulled", "conflict_kept")
_LAST = ("noted", "training_advanced")
_LATE = (
    *(Code.CORRECTION_LATE, Code.PAYMENT_LATE),
    *(Code.EXTENSION_AFTER_DUE, Code.CORRECTION_NOTICE_AFTER_DUE),
)


def acts_open(state: CaseState, actor: Actor, now: datetime) -> tuple[OpenAct, ...]:
    """Everything the table lets `actor` do at the legal instant `now`: what the case waits for
    first, then the others as they follow in a case, then what ends or corrects it."""
    state = settle(state, now).state
    own, expected = tasks_for(state, actor), _expected(state)
    waiting = {task.kind: task for task in reversed(own)}
    order = [*expected, *dict.fromkeys(task.kind for task in own)]
    found = list(_all(state, actor, now, waiting, expected))

    def place(act: OpenAct) -> tuple[int, int, int]:
        settles = act.kind if act.kind in order else OTHERWISE.get(act.kind, "")
        turn = order.index(settles) if settles in order else len(order)
        other = settles != act.kind or act.kind in _LAST
        return list(ActGroup).index(act.group), turn, int(other)

    return tuple(sorted(found, key=place))


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
        not _foreseen(state, one, actor, now, on, after) for on, after in places for one in facts
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


def effect(state: CaseState, act: OpenAct, actor: Actor, now: datetime) -> Prospect | None:
    """What an open act does to the case, before anything is filled in; None where that hangs on
    what will be."""
    if act.trial is None or not act.plain or act.refused is not None:
        return None
    return prospect(state, _as_act(act.trial, actor, act.on), now)


def approved_on(state: CaseState, act: OpenAct, today: date) -> date | None:
    """The last day of the reply once the extension that `act` asks for (the longest there is) or
    grants is granted and the applicant is told, today; None of other acts."""
    longest, asked = state.law.statute.extension, state.extension
    if act.refused is None and act.kind == "extension_asked" and longest is not None:
        days = longest.n
    elif act.refused is None and act.kind == "extension_granted" and asked is not None:
        days = asked.working_days
    else:
        return None
    told = ClockEvent(ClockEventKind.EXTENSION_GRANTED, today, working_days=days)
    try:
        return what_if(state, [told], today).reply.due
    except YishenError:
        return None


def correctable(
    state: CaseState, actor: Actor, now: datetime, kind: str = "entry_amended"
) -> tuple[int, ...]:
    """The numbers of the entries that `actor` may correct by an act of that kind, oldest first."""
    return tuple(seq for seq in entries(kind, state) if not _no(state, kind, seq, actor, now))


def _all(
    state: CaseState,
    actor: Actor,
    now: datetime,
    waiting: dict[str, Task],
    expected: tuple[str, ...],
) -> Iterator[OpenAct]:
    for kind in TABLE:
        try:
            role = permitted(state, kind, actor)
        except YishenError:
            continue
        settles = waiting.get(kind) or waiting.get(OTHERWISE.get(kind, ""))
        group = ActGroup.OTHER
        if settles is not None or kind in expected:
            group = ActGroup.AWAITED
        elif kind in _ENDING:
            group = ActGroup.ENDING
        elif kind in _CORRECTING:
            group = ActGroup.CORRECTING
        refused, trial, on = _tried(state, kind, actor, now)
        plain = trial is not None and settled(kind, state)
        yield OpenAct(kind, role, group, settles, refused, trial, on, plain)


def _expected(state: CaseState) -> tuple[str, ...]:
    """What the case waits for from outside, by the act that records it."""
    kind = _EXPECTED.get(status(state))
    if kind is not None:
        return (kind,)
    return ("consultation_answered",) if mover(state) in _FROM_PARTIES else ()


def _tried(
    state: CaseState, kind: str, actor: Actor, now: datetime
) -> tuple[YishenError | None, OfficeFact | None, date | None]:
    """What the rules say to all trials of a kind; one that they take, and its day."""
    first: YishenError | None = None
    if kind in (*_CORRECTING, "entry_refused"):
        for seq in entries(kind, state):
            no = _no(state, kind, seq, actor, now)
            if no is None:
                return None, None, None
            first = first or no
        return first or Code.NOTHING_OPEN.of(case=state.id, act=kind), None, None
    try:
        for trial in trials(kind, state, legal_day(now)):
            no = _foreseen(state, trial, actor, now)
            if no is None:
                return None, trial, None
            first = first or no
            for on in _in_time(state, no):
                if _foreseen(state, trial, actor, now, on) is None:
                    return None, trial, on
    except YishenError as no:
        first = first or no
    if first is not None and first.code is Code.REMEDY_LAW_MISSING:
        return None, None, None  # the case takes it up when the act is sent
    return first, None, None


def _foreseen(
    state: CaseState,
    trial: OfficeFact,
    actor: Actor,
    now: datetime,
    on: date | None = None,
    after: int | None = None,
) -> YishenError | None:
    try:
        foreseen(state, _as_act(trial, actor, on, after), now)
    except YishenError as no:
        return no
    return None


def _in_time(state: CaseState, no: YishenError) -> Iterator[date]:
    """The last days on which something was in time that is refused as late."""
    if no.code not in _LATE:
        return
    if state.ending is not None:
        yield state.ending.on - ONE_DAY
    reply = state.deadline("reply")
    if reply is not None:
        yield reply.due


def _no(state: CaseState, kind: str, seq: int, actor: Actor, now: datetime) -> YishenError | None:
    """What the rules say to a correction of that entry, as far as it hangs on the entry alone."""
    fact: OfficeFact
    match kind:
        case "entry_amended":
            as_it_stands = {"seq": seq, "what": state.entry(seq).what, "on": None, "reason": "x"}
            fact = EntryAmended.model_construct(**as_it_stands)  # type: ignore[arg-type]
        case "entry_annulled":
            fact = EntryAnnulled(seq=seq, reason="x")
        case "conflict_kept":
            fact = ConflictKept(seq=seq, reason="x")
        case _:
            fact = EntryRefused(seq=seq, reason="x")
    day = legal_day(now)
    try:
        role = role_of(state, _as_act(fact, actor))
        check(Case(state, actor.person, role, day, day), fact)
    except YishenError as no:
        return no
    return None


def _as_act(
    fact: OfficeFact, actor: Actor, on: date | None = None, after: int | None = None
) -> Act:
    return Act.model_construct(
        command_id="trial",
        actor=actor,
        what=fact,
        effective_on=on,
        done_by=None,
        after=after,
        evidence=(),
        expected_seq=None,
    )
