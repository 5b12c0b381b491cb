"""What the rules say to an act before anything is filled in: they are asked with trial facts
(`trial_facts`), by the same ways that the act itself will go."""

from collections.abc import Iterator
from datetime import date, datetime

from domain.case.act import Act
from domain.case.answers.trial_facts import entries, trials
from domain.case.decide import foreseen, role_of
from domain.case.facts import ConflictKept, EntryAmended, EntryAnnulled, EntryRefused, OfficeFact
from domain.case.guards import check
from domain.case.people import Actor
from domain.case.state import CaseState
from domain.case.topics.base import Case
from domain.errors import Code, YishenError
from domain.periods.ledger import ONE_DAY
from domain.values import legal_day

CORRECTING = ("entry_amended", "entry_annulled", "conflict_kept")
"""Acts about an entry, to which the rules speak by the entry alone; so does `entry_refused`."""

_LATE = (
    *(Code.CORRECTION_LATE, Code.PAYMENT_LATE),
    *(Code.EXTENSION_AFTER_DUE, Code.CORRECTION_NOTICE_AFTER_DUE),
)


def tried(
    state: CaseState, kind: str, actor: Actor, now: datetime
) -> tuple[YishenError | None, OfficeFact | None, date | None]:
    """What the rules say to all trials of a kind; one that they take, and its day."""
    first: YishenError | None = None
    if kind in (*CORRECTING, "entry_refused"):
        for seq in entries(kind, state):
            no = correction_refused(state, kind, seq, actor, now)
            if no is None:
                return None, None, None
            first = first or no
        return first or Code.NOTHING_OPEN.of(case=state.id, act=kind), None, None
    try:
        for trial in trials(kind, state, legal_day(now)):
            no = refused(state, trial, actor, now)
            if no is None:
                return None, trial, None
            first = first or no
            for on in _in_time(state, no):
                if refused(state, trial, actor, now, on) is None:
                    return None, trial, on
    except YishenError as no:
        first = first or no
    if first is not None and first.code is Code.REMEDY_LAW_MISSING:
        return None, None, None  # the case takes it up when the act is sent
    return first, None, None


def refused(
    state: CaseState,
    trial: OfficeFact,
    actor: Actor,
    now: datetime,
    on: date | None = None,
    after: int | None = None,
) -> YishenError | None:
    """What they say to that fact, as of the day `on`, after the entry `after`; None: they take
    it."""
    try:
        foreseen(state, as_act(trial, actor, on, after), now)
    except YishenError as no:
        return no
    return None


def correctable(
    state: CaseState, actor: Actor, now: datetime, kind: str = "entry_amended"
) -> tuple[int, ...]:
    """The numbers of the entries that `actor` may correct by an act of that kind, oldest first."""
    return tuple(
        seq for seq in entries(kind, state) if not correction_refused(state, kind, seq, actor, now)
    )


def correction_refused(
    state: CaseState, kind: str, seq: int, actor: Actor, now: datetime
) -> YishenError | None:
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
        role = role_of(state, as_act(fact, actor))
        check(Case(state, actor.person, role, day, day), fact)
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


def as_act(fact: OfficeFact, actor: Actor, on: date | None = None, after: int | None = None) -> Act:
    """The act that would bring that fact about."""
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
