"""Another calendar, other closures or newer rules for a case: what moves, and by how much.

`revise` is what the case decides; `outlook` says the same beforehand, for a preview and for
finding the cases that a change touches. Both count by the same function.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.case.act import DeadlineChange
from domain.case.agenda import settle, upcoming
from domain.case.changes import replaced
from domain.case.count import WINDOWS, count
from domain.case.facts import LawRevised
from domain.case.late import anew
from domain.case.record import Decided, Stamp, next_event, record
from domain.case.state import CaseState
from domain.errors import Code, InputError, Refusal
from domain.periods.period import Closures
from domain.values import legal_day


class Flag(StrEnum):
    """What has to be known beside the old and the new date; warnings of the event."""

    MOVED_INTO_PAST = "moved_into_past"
    """A last day that lay ahead now lies behind: overdue, or lapsed, from this moment."""
    NO_LONGER_OVERDUE = "no_longer_overdue"
    """A last day that lay behind now lies ahead: put right."""


@dataclass(frozen=True, slots=True)
class Move:
    """One limit under the old and the new law. None: it does not run there; `latest`: of a
    paused case, where silence to the end of every limit would put the last day.
    `working_days`: from the old day to the new; a later day by the new calendar, an earlier one
    (negative) by the old: the days won, or those that were counted on and are lost."""

    limit: str
    ref: str | None
    was: date | None
    due: date | None
    working_days: int | None
    was_provisional: bool
    provisional: bool
    latest: bool = False

    @property
    def moved(self) -> bool:
        """Whether the day is another one."""
        return self.was != self.due


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a revision would do to a case. `touched` also where no date moves, but its proof,
    its provisional mark or the next alarm differs; `warnings` as its event will carry them."""

    touched: bool
    moves: tuple[Move, ...] = ()
    warnings: tuple[str, ...] = ()
    alarm_was: datetime | None = None
    alarm: datetime | None = None


def revise(state: CaseState, fact: LawRevised, command_id: str, now: datetime) -> Decided:
    """Count the case anew, all of it by the newest law; old and new dates go on record, with what
    has to be flagged, and what passed by itself and by the newest days did not, or newly did.

    Rules and editions only rise. A command that was here before does nothing.
    Refusal(rules_only_rise, nothing_to_revise); InputError where the events of the case can't be
    counted by the new calendar.
    """
    if any(e.command_id == command_id for e in state.timeline):
        return Decided((), state)
    _check(state, fact)
    day = legal_day(now)
    stamp = Stamp(at=now, effective_on=day, command_id=command_id)
    events, after = anew(state, next_event(state, fact, stamp), now)
    if len(events) == 1 and not events[0].rewrites:
        # Only where its life stays: what passed too early can't be counted by the newest days.
        done = record(state, fact, stamp)
        if _same_warnings(done.state, after):
            events, after = done.events, done.state
    first, *found = events
    flags = _flags(first.deadlines, day)
    first = replaced(first, warnings=(*first.warnings, *flags))
    return Decided((first, *found), after)


def _same_warnings(one: CaseState, other: CaseState) -> bool:
    return set(one.clock_warnings) == set(other.clock_warnings)


def outlook(state: CaseState, fact: LawRevised, now: datetime) -> Outlook:
    """What `revise` would do at the legal instant `now`. Raises what it raises."""
    state = settle(state, now).state
    before = upcoming(state)
    was = before.instant if before else None
    try:
        done = revise(state, fact, "outlook", now)
    except Refusal as refused:
        if refused.code is Code.NOTHING_TO_REVISE:
            return Outlook(False, alarm_was=was, alarm=was)
        raise
    after = upcoming(done.state)
    alarm = after.instant if after else None
    event = done.events[0]
    moves = [_move(change, state, done.state) for change in event.deadlines]
    latest = _latest(state, done.state, legal_day(now))
    if latest is not None:
        moves.append(latest)
    touched = bool(moves or event.warnings or event.clock_state) or alarm != was
    return Outlook(touched, tuple(moves), event.warnings, was, alarm)


def _check(state: CaseState, fact: LawRevised) -> None:
    law = state.law
    if fact.rules is not None and fact.rules < law.rules:
        raise Refusal(Code.RULES_ONLY_RISE, rules=fact.rules, now=law.rules)
    old = fact.edition is not None and fact.edition <= law.edition
    same_days = fact.calendar is None or fact.calendar.digest == law.calendar.digest
    same_layers = fact.closures in (None, law.closures)
    # A case at rest takes them too: what may still come to it is counted by the newest days.
    if fact.remedies not in (None, law.remedies):
        return
    if (old or (same_days and same_layers)) and fact.rules in (None, law.rules):
        raise Refusal(Code.NOTHING_TO_REVISE)


def _flags(changes: tuple[DeadlineChange, ...], day: date) -> tuple[Flag, ...]:
    found = []
    for change in changes:
        if change.was is None or change.due is None or change.name in WINDOWS:
            continue
        if change.due < day <= change.was:
            found.append(Flag.MOVED_INTO_PAST)
        if change.was < day <= change.due:
            found.append(Flag.NO_LONGER_OVERDUE)
    return tuple(dict.fromkeys(found))


def _move(change: DeadlineChange, before: CaseState, after: CaseState) -> Move:
    old = before.deadline(change.name, change.ref)
    return Move(
        change.name,
        change.ref,
        change.was,
        change.due,
        _distance(before, after, change.was, change.due, own=change.own),
        bool(old and old.provisional),
        change.provisional,
    )


def _latest(before: CaseState, after: CaseState, day: date) -> Move | None:
    """Of a paused case, the day where silence would end it, where that differs. A pause that has
    no end by itself is touched by every change."""
    if before.clock_state != "paused":
        return None
    old, new = count(before, day).reckoning, count(after, day).reckoning
    bounds = (old.due_at_latest, new.due_at_latest)
    if bounds[0] == bounds[1] is not None and old.provisional == new.provisional:
        return None
    own = before.law.statute.period.closures is Closures.OWN
    days = _distance(before, after, *bounds, own=own)
    return Move("reply", None, *bounds, days, old.provisional, new.provisional, latest=True)


def _distance(
    before: CaseState, after: CaseState, was: date | None, due: date | None, *, own: bool
) -> int | None:
    if was is None or due is None:
        return None
    calendar = before.days(own=own) if due < was else after.days(own=own)
    try:
        return calendar.count(was, due)
    except InputError:  # a year nobody listed
        return None
