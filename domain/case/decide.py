"""Decide one act: events, or a Refusal with its code and article. Pure; knows no wall clock.

In order: is it a repetition, does it rest on something stale, is its day possible, does the table
allow it, do the guards of its kind. Then the clock counts anew, and what it says goes on record
with the event. What one person can't do alone is recorded as proposed, and moves nothing until
another approves it.
"""

from datetime import date, datetime

from domain.case.act import Act, Consequences, MovedEntry
from domain.case.changes import replaced
from domain.case.complete import complete
from domain.case.evolve import folded, same
from domain.case.facts import (
    ConflictKept,
    EntryAmended,
    EntryAnnulled,
    EntryApproved,
    EntryProposed,
)
from domain.case.guards import check, check_each
from domain.case.hindsight import retold
from domain.case.late import anew, place_of
from domain.case.people import Role
from domain.case.record import Decided, Stamp, next_event, record
from domain.case.second_person import Reason, reason, second
from domain.case.state import CaseState, TimelineEntry
from domain.case.status import status
from domain.case.table import TABLE, permitted, possible, right, told_role
from domain.case.topics.base import Case
from domain.case.topics.correcting import GUARDS as CORRECTING
from domain.case.topics.correcting import entry_of, proposal
from domain.errors import Code, Refusal
from domain.values import legal_day, midnight

Correction = EntryAmended | EntryAnnulled | ConflictKept

_NOT_OF_A_PAST = (*CORRECTING, "training_advanced")
"""Kinds that only a case that lives here knows."""

_NO_CONFLICT = ("noted", "alarm_raised")
"""Kinds that change nothing an act could rest on."""


def decide(state: CaseState, act: Act, now: datetime, *, past: bool = False) -> Decided:
    """What `act` brings about at the legal instant `now`; Refusal or InputError otherwise.

    `past`: the act is history moving in; it is judged as of its own day, and who did it is told.
    """
    on = _day_of(state, act, now)
    if past and act.what.kind in _NOT_OF_A_PAST:
        raise Refusal(Code.NOT_IN_THIS_STATE, act=act.what.kind, state=status(state))
    if isinstance(act.what, EntryApproved):
        return _approved(state, act, act.what, now)
    if past:
        role = told_role(state, act.what.kind, act.actor)
        return _in_order(state, act, Stamp.of(act, now, on, role), past=True)
    stamp = Stamp.of(act, now, on, role_of(state, act))
    done = _done(state, act, stamp)
    alone = reason(state, act, done.state, on, legal_day(now))
    return done if alone is None else _proposed(state, act, stamp, alone)


def foreseen(state: CaseState, act: Act, now: datetime) -> tuple[Decided, Reason | None]:
    """What the act would bring about once it is approved, and why that takes a second person.
    Refusal or InputError as by `decide`, but for evidence."""
    if isinstance(act.what, EntryApproved):
        return decide(state, act, now), None
    on = _day_of(state, act, now)
    done = _done(state, act, Stamp.of(act, now, on, role_of(state, act)))
    return done, reason(state, act, done.state, on, legal_day(now))


def _day_of(state: CaseState, act: Act, now: datetime) -> date:
    """The day of the act, which has been; nothing before it that the actor did not see.
    Refusal(in_the_future, before_arrival, changed_meanwhile)."""
    day = legal_day(now)
    on = act.effective_on or day
    if on > day:
        raise Refusal(Code.IN_THE_FUTURE, day=on, today=day)
    if on < (arrived := state.entry(1).effective_on):
        raise Refusal(Code.BEFORE_ARRIVAL, day=on, arrived=arrived)
    if act.expected_seq is not None and act.what.kind != "noted":
        _refuse_stale(state, act.expected_seq)
    return on


def role_of(state: CaseState, act: Act) -> Role:
    """The role in which the act is done, by the rights of now. A correction is made by whoever
    may record what it corrects, or by the head of the disclosure office."""
    fact, actor = act.what, act.actor
    if isinstance(fact, EntryAmended | EntryAnnulled):
        right(state, fact.kind, actor)
        kind = entry_of(state, fact.seq).kind
        if Role.DISCLOSURE_HEAD in actor.roles_in(state.organ, state.department):
            return Role.DISCLOSURE_HEAD
        return right(state, kind if kind in TABLE else "receipt_confirmed", actor)
    if place_of(state, fact.kind, act.effective_on or date.max, act.after) is None:
        return permitted(state, fact.kind, actor)
    return right(state, fact.kind, actor)


def _done(state: CaseState, act: Act, stamp: Stamp) -> Decided:
    """The act, whoever has to approve it."""
    if isinstance(act.what, Correction):
        return _corrected(state, act.what, act, stamp)
    place = place_of(state, act.what.kind, stamp.effective_on, act.after)
    if place is None:
        return _in_order(state, act, stamp)
    # An earlier place: rights as they are now, all else as it was then.
    cause = replaced(next_event(state, act.what, stamp), after=place)
    return Decided(*anew(state, cause, stamp.at))


def _in_order(state: CaseState, act: Act, stamp: Stamp, *, past: bool = False) -> Decided:
    on, day = stamp.effective_on, legal_day(stamp.at)
    possible(state, act.what.kind)
    check_each(state, stamp.people, stamp.role, on, day, act.what)
    fact = complete(state, act.what, on, day)
    done = record(state, fact, stamp, past=past)
    if retold(state, fact):
        cause = next_event(state, fact, stamp)
        told = Decided(*anew(state, cause, midnight(on) if past else stamp.at))
        if not same(told.state, done.state):
            return told
    return done


# -- corrections --------------------------------------------------------------------------------


def _corrected(state: CaseState, fact: Correction, act: Act, stamp: Stamp) -> Decided:
    check(Case(state, stamp.doer, stamp.role, stamp.effective_on, legal_day(stamp.at)), fact)
    entry = entry_of(state, fact.seq)
    cause = replaced(next_event(state, fact, stamp), consequences=_moved(state, fact, entry))
    return Decided(*anew(state, cause, stamp.at))


def _moved(state: CaseState, fact: Correction, entry: TimelineEntry) -> Consequences:
    """The amended entry in the place of its other day."""
    on = fact.day if isinstance(fact, EntryAmended) else None
    stays = on in (None, entry.effective_on) or entry.seq not in state.order[1:]
    if on is None or stays:
        return Consequences()
    rest = tuple(seq for seq in state.order if seq != entry.seq)
    place = place_of(replaced(state, order=rest), entry.kind, on)
    return Consequences(moved=(MovedEntry(seq=entry.seq, after=place),))


# -- a second person ----------------------------------------------------------------------------


def _proposed(state: CaseState, act: Act, stamp: Stamp, why: Reason) -> Decided:
    """The act on record, waiting for approval. Refusal(evidence_needed)."""
    paper = any(proof.sha256 for proof in act.evidence)
    if not act.evidence or (why is Reason.DECIDED_EARLIER and not paper):
        raise Refusal(Code.EVIDENCE_NEEDED, act=act.what.kind, need=why)
    what = EntryProposed(what=act.what, code=why, after=act.after)  # type: ignore[arg-type]
    event = replaced(next_event(state, what, stamp), warnings=(why,))
    return Decided((event,), folded(state, (event,)))


def _approved(state: CaseState, act: Act, fact: EntryApproved, now: datetime) -> Decided:
    """The approval, and what was proposed as if done at this instant by whoever proposed it."""
    permitted(state, fact.kind, act.actor)
    proposed, entry = proposal(state, fact.seq), state.entry(fact.seq)
    role, day = _approver(state, act, entry), legal_day(now)
    check(Case(state, act.actor.person, role, day, day), fact)
    approval = record(state, fact, Stamp.of(act, now, day, role))
    said = {"what": proposed.what, "done_by": entry.done_by, "after": proposed.after}
    inner = act.changed(**said, evidence=(), expected_seq=None)
    stamp = Stamp.of(inner, now, entry.effective_on, entry.role)
    stamp = stamp.proposed_in(entry)
    done = _done(approval.state, inner, stamp)
    return Decided((*approval.events, *done.events), done.state)


def _approver(state: CaseState, act: Act, entry: TimelineEntry) -> Role:
    """The role in which the act approves that entry: the one that is asked, or the principal
    leader's. Refusal(not_your_role)."""
    asked = second(entry.role)
    for role in act.actor.roles_in(state.organ, state.department):
        if role in (asked, Role.PRINCIPAL_LEADER):
            return role
    raise Refusal(Code.NOT_YOUR_ROLE, act=act.what.kind, roles=asked)


# -- the same command, or a stale one -----------------------------------------------------------


def remembered(state: CaseState, act: Act) -> TimelineEntry | None:
    """The entry an act with this command id left before; Refusal if it was another act."""
    for entry in reversed(state.timeline):
        if entry.command_id == act.command_id:
            if entry.digest != act.digest:
                raise Refusal(Code.COMMAND_ID_REUSED, command_id=act.command_id)
            return entry
    return None


def _refuse_stale(state: CaseState, expected: int) -> None:
    since = [e.kind for e in state.timeline if e.seq > expected and e.kind not in _NO_CONFLICT]
    if since:
        raise Refusal(Code.CHANGED_MEANWHILE, changed=", ".join(since))
