"""Decide one act: events, or a Refusal with its code and article. Pure; knows no wall clock.

In order: is it a repetition, does it rest on something stale, is its day possible, does the table
allow it, do the guards of its kind. Then the clock counts anew, and what it says goes on record
with the event.
"""

from dataclasses import dataclass
from datetime import date, datetime

from domain.case.act import Act, Event, Evidence
from domain.case.changes import replaced
from domain.case.complete import complete, filled
from domain.case.count import Count, changes, count, touches_clock
from domain.case.evolve import apply, counted
from domain.case.facts import Fact
from domain.case.guards import check
from domain.case.late import anew, place_of
from domain.case.people import Role
from domain.case.state import CaseState, TimelineEntry
from domain.case.table import permitted, right, told_role
from domain.case.topics.base import Case
from domain.clock import WarningCode
from domain.errors import Code, Refusal
from domain.values import OFFICE_ZONE

_NO_CONFLICT = ("noted", "alarm_raised")
"""Kinds that change nothing an act could rest on."""

_WITHOUT_EFFECT = (
    WarningCode.EXTENSION_AFTER_DUE,
    WarningCode.SECOND_EXTENSION,
    WarningCode.SECOND_CORRECTION_NOTICE,
    WarningCode.CORRECTION_NOTICE_AFTER_DUE,
)
"""What the clock would not apply is refused while it can still be left undone; in the history of
a case that moves in it is a fact, and stays with its warning."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The events an act or the passing of time brings about, and the state after them."""

    events: tuple[Event, ...]
    state: CaseState


@dataclass(frozen=True, slots=True)
class Stamp:
    """How an event is recorded: when (legal instant), for which day, by whom."""

    at: datetime
    effective_on: date
    person: str = "system"
    role: Role = Role.SYSTEM
    command_id: str | None = None
    digest: str | None = None
    evidence: tuple[Evidence, ...] = ()
    filled: tuple[str, ...] = ()


def today(now: datetime) -> date:
    """The legal day of an instant."""
    return now.astimezone(OFFICE_ZONE).date()


def decide(state: CaseState, act: Act, now: datetime, *, past: bool = False) -> Decided:
    """What `act` brings about at the legal instant `now`; Refusal or InputError otherwise.

    `past`: the act is history moving in; it is judged as of its own day, and who did it is told.
    """
    day = today(now)
    on = act.effective_on or day
    if on > day:
        raise Refusal(Code.IN_THE_FUTURE, day=on, today=day)
    if act.expected_seq is not None and act.what.kind != "noted":
        _refuse_stale(state, act.expected_seq)
    place = None if past else place_of(state, act.what.kind, on)
    if place is not None:
        return _late(state, act, on, place, now)
    role = (told_role if past else permitted)(state, act.what.kind, act.actor)
    check(Case(state, act.actor.person, role, on, day), act.what)
    fact = complete(state, act.what, on, day)
    return record(state, fact, _stamp(act, now, on, role), past=past)


def _stamp(act: Act, now: datetime, on: date, role: Role) -> Stamp:
    person, digest = act.actor.person, act.digest
    return Stamp(now, on, person, role, act.command_id, digest, act.evidence, filled(act.what))


def _late(state: CaseState, act: Act, on: date, place: int, now: datetime) -> Decided:
    """An act that takes an earlier place: rights as they are now, all else as it was then."""
    stamp = _stamp(act, now, on, right(state, act.what.kind, act.actor))
    cause = replaced(_event(state, act.what, stamp), after=place)
    return Decided(*anew(state, cause, now))


def record(state: CaseState, fact: Fact, stamp: Stamp, *, past: bool = True) -> Decided:
    """One fact with everything the clock makes of it on its day, however late it is entered; what
    has passed by itself since then follows (`domain.case.agenda.pass_over`).

    `past` False refuses what would have no effect. Raises what the clock raises.
    """
    event = _event(state, fact, stamp)
    bare = apply(state, event)
    if not touches_clock(state, bare):
        return Decided((event,), bare)
    result: Count = count(bare, stamp.effective_on)
    new = tuple(w for w in result.warnings if w not in state.clock_warnings)
    if not past:
        for warning in new:
            if warning in _WITHOUT_EFFECT:
                raise Code(warning).of(_article(state, warning))
    event = replaced(
        event,
        warnings=new,
        clock_state=None if result.clock_state == state.clock_state else result.clock_state,
        receipt_day=result.reckoning.receipt_day,
        deadlines=changes(bare, result.running, fact),
    )
    return Decided((event,), counted(bare, event))


def _article(state: CaseState, warning: WarningCode) -> str | None:
    statute = state.law.statute
    extension = warning in (WarningCode.EXTENSION_AFTER_DUE, WarningCode.SECOND_EXTENSION)
    rule = statute.extension if extension else statute.correction
    return rule.article if rule else None


def _event(state: CaseState, fact: Fact, stamp: Stamp) -> Event:
    """The next event, the clock not asked yet."""
    return Event(
        seq=state.seq + 1,
        at=stamp.at,
        effective_on=stamp.effective_on,
        person=stamp.person,
        role=stamp.role,
        command_id=stamp.command_id,
        digest=stamp.digest,
        what=fact,
        filled=stamp.filled,
        evidence=stamp.evidence,
    )


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
