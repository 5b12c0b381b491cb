"""What one person cannot do alone: make lateness vanish, end the duty to reply, move old figures.

An entry that turns late into in time, a withdrawal, a void, and a correction or a very late entry
that moves a limit of the office or a figure of a past year, need evidence and the approval of
another person. What moves only the applicant's periods does not, nor does an ordinary slip entered
within `late_entry_days` working days (setting).
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from domain.case.act import Act
from domain.case.awaited import NAME as AWAITED
from domain.case.count import WINDOWS, count
from domain.case.facts import EntryAmended, Fact
from domain.case.facts.correcting import CORRECTIONS
from domain.case.people import Role
from domain.case.state import CaseState
from domain.case.undelivered import NAME as DELIVERY
from domain.clock import ClockState
from domain.errors import InputError


class Reason(StrEnum):
    """Why a second person is needed; a warning of the entry that waits."""

    REACHES_BACK = "reaches_back"
    """It takes back that a limit of the office has passed."""
    ENDS_DUTY = "ends_duty"
    """It ends the duty to reply without a reply."""
    MOVES_LIMIT = "moves_limit"
    """A correction, or an entry made late, moves a limit of the office."""
    MOVES_FIGURES = "moves_figures"
    """It moves a figure of a year that is over."""
    DECIDED_EARLIER = "decided_earlier"
    """A decision of the office that counts from a day before its recording."""


DECISIONS = frozenset(
    {
        *("item_reviewed", "signed", "returned", "reply_approved", "reply_returned"),
        *("extension_granted", "extension_refused", "limit_set"),
        *("late_correction_accepted", "reinstated"),
    }
)
"""Decisions taken in the office: they count from their recording; earlier only with the signed
paper and another person."""

_ENDS_DUTY = ("withdrawn", "voided")

_NOT_OWED = (*WINDOWS, AWAITED, DELIVERY)
"""Limits that nobody can be late for, or only to themselves."""

OwnLimit = tuple[str, str | None, date]
"""Name, ref, last day."""


def second(role: Role) -> Role:
    """Who is asked to approve what somebody did in `role`."""
    return Role.PRINCIPAL_LEADER if role is Role.DISCLOSURE_HEAD else Role.DISCLOSURE_HEAD


def reason(before: CaseState, act: Act, after: CaseState, on: date, today: date) -> Reason | None:
    """Why `act`, which leads from `before` to `after`, needs a second person; None: it doesn't.
    `on` the day it happened."""
    kind = act.what.kind
    if kind == "conflict_kept":  # what the head of the disclosure office is there to decide
        return None
    if _decided_earlier(before, act.what, on, today):
        return Reason.DECIDED_EARLIER
    if kind in _ENDS_DUTY:
        return Reason.ENDS_DUTY
    correcting = kind in CORRECTIONS
    if not correcting and on == today:
        return None
    passed = _passed(before, date.min if correcting else on, today)
    still = {(name, ref) for name, ref, _ in _passed(after, date.min, today)}
    over = any((name, ref) not in still for name, ref, _ in passed)
    if over or _late_replies(before) - _late_replies(after):
        return Reason.REACHES_BACK
    if passed - _own_limits(after):
        return Reason.MOVES_LIMIT
    if correcting or _very_late(before, on, today):
        if _own_limits(before) != _own_limits(after) or _left(before) != _left(after):
            return Reason.MOVES_LIMIT
        if _figures(before, today.year) != _figures(after, today.year):
            return Reason.MOVES_FIGURES
    return None


def _decided_earlier(state: CaseState, fact: Fact, on: date, today: date) -> bool:
    """Whether a decision of the office counts from a day before its recording; one that is amended
    is recorded with the amendment."""
    if not isinstance(fact, EntryAmended):
        return fact.kind in DECISIONS and on < today
    return fact.what.kind in DECISIONS and (fact.on or state.entry(fact.seq).effective_on) < today


def _passed(state: CaseState, since: date, today: date) -> set[OwnLimit]:
    """The limits of the office that passed on `since` or later."""
    return {limit for limit in _own_limits(state) if since <= limit[2] < today}


def _late_replies(state: CaseState) -> set[int]:
    """The replies, by their round, that left late."""
    rounds = [(r.number, r.dispatch) for r in state.rounds]
    sent = [*rounds, (state.round, state.dispatch)]
    return {number for number, dispatch in sent if dispatch is not None and not dispatch.in_time}


def _very_late(state: CaseState, on: date, today: date) -> bool:
    try:
        return state.calendar.count(on, today) > state.law.policy.late_entry_days
    except InputError:  # a year nobody listed
        return True


def _own_limits(state: CaseState) -> set[OwnLimit]:
    """Those that the office can be late for."""
    return {(d.name, d.ref, d.due) for d in state.deadlines if d.own and d.name not in _NOT_OWED}


def _left(state: CaseState) -> int | None:
    """The working days that are left of a period that stands still."""
    if state.clock_state != ClockState.PAUSED:
        return None
    return count(state, date.min).reckoning.working_days_left


def _figures(state: CaseState, year: int) -> set[tuple[object, ...]]:
    """What of the case counts in the figures of the years before `year`."""
    return {line for line in _counted(state) if line[0] < year}


def _counted(state: CaseState) -> Iterator[tuple[int, object]]:
    first = state.rounds[0] if state.rounds else state
    if first.receipt is not None:
        yield first.receipt.arrived.year, "received"
    if first.dispatch is not None:
        yield (
            first.dispatch.on.year,
            (first.dispatch.in_time, first.reply and first.reply.reply_kind),
        )
    if first.ending is not None:
        yield first.ending.on.year, (first.ending.how, first.ending.reply_kind)
    for p in state.proceedings:
        yield p.received.year, (p.ref, p.kind)
        if p.served is not None:
            yield p.served.year, (p.ref, p.outcome, p.effective, p.overturned)
