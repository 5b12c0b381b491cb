"""The bridge from a case to its clock: which limits run, and what changed about them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import is_

from domain.calendar.closures import covering
from domain.calendar.model import Calendar
from domain.case import awaited, undelivered
from domain.case.act import DeadlineChange
from domain.case.facts import Fact
from domain.case.parts import End, ReplyStatus
from domain.case.standing import open_limits
from domain.case.state import CaseState, Deadline
from domain.clock import (
    ARRIVED,
    ClockState,
    Limit,
    Receipt,
    Reckoning,
    WarningCode,
)
from domain.clock.aiming import AimingReckoner
from domain.periods.ledger import fingerprint
from domain.periods.running import Running
from domain.policy import Policy
from domain.rules import window_ends_with_items
from domain.statute import Statute

WINDOWS = ("correction_notice", "safe_day")
"""Limits nobody can be late for: what they allow only ends."""

_ENDED = (End.WITHDRAWN, End.VOIDED, End.LAPSED)


@dataclass(frozen=True, slots=True)
class Count:
    """The clock's answer for a case on a day, and the limits that run there and then."""

    reckoning: Reckoning
    running: tuple[Running, ...]

    @property
    def clock_state(self) -> str:
        """The clock's word for where the period stands."""
        return self.reckoning.state

    @property
    def warnings(self) -> tuple[WarningCode, ...]:
        """Warning codes of the clock, in order."""
        return self.reckoning.warnings

    @property
    def limits(self) -> tuple[Limit, ...]:
        """Every limit set so far, running or met."""
        return self.reckoning.limits


def count(state: CaseState, as_of: date) -> Count:
    """Count every limit of the case as of a day, or of the last one on its clock where that is
    later. Raises what the clock raises."""
    return Tally().count(state, as_of)


def reckoned(state: CaseState, as_of: date) -> Reckoning:
    """The clock's part of `count`, by the office's own reading."""
    return Tally().reckoned(state, as_of)


class Tally:
    """Counts one case again and again as it goes on; `open_only` as of a `Reckoner`."""

    def __init__(self, *, open_only: bool = False) -> None:
        self._open_only = open_only
        self._given: tuple[Statute, Calendar, Policy, Receipt] | None = None
        self._reckoner: AimingReckoner | None = None

    def count(self, state: CaseState, as_of: date, *, proofs: bool = True) -> Count:
        """As the function of that name; `proofs`: with the ledgers of the clock's limits."""
        reckoning = self.reckoned(state, as_of, proofs=proofs)
        assert self._reckoner is not None
        limits, aimed = self._reckoner.limits(reckoning, state.clock, proofs=proofs)
        running = (
            *_running(state, reckoning, limits, aimed),
            *undelivered.limits(state),
            *_remedies(state, reckoning),
        )
        return Count(reckoning, running)

    def reckoned(self, state: CaseState, as_of: date, *, proofs: bool = True) -> Reckoning:
        """As the function of that name."""
        assert state.receipt is not None
        if state.ending is not None and state.ending.how is End.VOIDED:
            as_of = min(as_of, state.ending.on)  # nothing passes any more; the clock can't know
        as_of = max(as_of, state.clock[-1].at) if state.clock else as_of
        given = (state.law.statute, state.calendar, state.law.policy, state.receipt)
        if self._reckoner is None or self._given is None or not all(map(is_, given, self._given)):
            self._given = given
            self._reckoner = AimingReckoner(*given, open_only=self._open_only)
        return self._reckoner.reckon(state.clock, as_of, proofs=proofs)


def _remedies(state: CaseState, reckoning: Reckoning) -> Iterator[Running]:
    """The limits of remedies; they run beside a reply period and after it."""
    due = reckoning.due if reckoning.state is ClockState.RUNNING else None
    return open_limits(state, due)


def _running(
    state: CaseState, reckoning: Reckoning, limits: Sequence[Limit], aimed: Collection[str]
) -> list[Running]:
    if state.dispatch is not None or state.ending is not None:
        return []
    found = [
        Running(
            name=limit.name,
            ref=limit.ref,
            base=limit.base,
            due=limit.due,
            article=limit.article,
            cause=cause_of(limit.cause, state),
            own=limit.own,
            provisional=limit.provisional,
            ledger=limit.ledger,
        )
        for limit in limits
        if limit.due is not None and (limit.name in aimed or _still_runs(state, reckoning, limit))
    ]
    found.extend(awaited.limits(state, reckoning.state, found))
    # The reply comes first, wherever the clock lists it.
    return sorted(found, key=lambda run: run.name != "reply")


def cause_of(cause: str, state: CaseState) -> str:
    """The cause of a day 0 in the case: a reply ordered anew began with the order."""
    return "case_reopened" if state.rounds and cause == ARRIVED else cause


def _still_runs(state: CaseState, reckoning: Reckoning, limit: Limit) -> bool:
    """Whether somebody can still meet or miss this limit."""
    match limit.name:
        case "receipt_confirmation":
            return reckoning.state is ClockState.UNCONFIRMED
        case "correction":
            return reckoning.state is ClockState.AWAITING_CORRECTION
        case "fee_payment":
            return reckoning.state is ClockState.AWAITING_PAYMENT
        case "third_party_answer" | "coproducer_answer":
            consultation = state.consultation(limit.ref or "")
            return (
                consultation is not None
                and consultation.answered is None
                and not consultation.silent
            )
        case "correction_notice":
            return (
                reckoning.state is ClockState.RUNNING
                and limit.met is None
                and not _closed(state, limit)
                and not any(e.kind == "correction_notice_sent" for e in state.clock)
                and (state.reply is None or state.reply.status is ReplyStatus.RETURNED)
                and not (state.items and window_ends_with_items(state.law.rules))
            )
        case "reply" | "committed":
            return reckoning.state is ClockState.RUNNING
        case _:
            return False


def _closed(state: CaseState, window: Limit) -> bool:
    """Whether something happened on the clock after the window was over: it does not open again
    when a pause ends."""
    assert window.due is not None
    last = max((event.at for event in state.clock), default=window.due)
    return last > window.due or any(letter.silent for letter in state.consultations)


def deadline(run: Running) -> Deadline:
    """The limit as it runs, without proof."""
    return Deadline(
        name=run.name,
        ref=run.ref,
        base=run.base,
        due=run.due,
        article=run.article,
        cause=run.cause,
        own=run.own,
        proof="",
        provisional=run.provisional,
    )


def setting(run: Running, fact: Fact, state: CaseState, was: date | None) -> DeadlineChange:
    """`fact` set the limit as it runs in `state`."""
    return DeadlineChange(
        name=run.name,
        ref=run.ref,
        base=run.base,
        due=run.due,
        was=was,
        article=run.article,
        provisional=run.provisional,
        why=fact.kind,
        calendar_version=state.days(own=run.own).version,
        cause=run.cause,
        own=run.own,
        ledger=run.ledger,
    )


def _stands(old: Deadline, run: Running) -> bool:
    """Whether the setting on record still says all of the limit. One that keeps its day by another
    ledger is set anew: the old proof would prove nothing."""
    before = (old.base, old.due, old.provisional, old.cause)
    if before != (run.base, run.due, run.provisional, run.cause):
        return False
    return old.proof == fingerprint(run.ledger)


def changes(state: CaseState, running: Sequence[Running], fact: Fact) -> tuple[DeadlineChange, ...]:
    """What `fact` set, moved or ended, or what is proved by another count now: the limits that run
    in `state`, against those that it holds from before."""
    before = {(d.name, d.ref): d for d in state.deadlines}
    found = []
    for run in running:
        old = before.pop((run.name, run.ref), None)
        if old is not None and _stands(old, run):
            continue
        found.append(setting(run, fact, state, old.due if old else None))
    found.extend(
        DeadlineChange(
            name=name,
            ref=ref,
            base=old.base,
            was=old.due,
            article=old.article,
            why=fact.kind,
            calendar_version=state.days(own=old.own).version,
            cause=old.cause,
            own=old.own,
        )
        for (name, ref), old in before.items()
    )
    return tuple(found)


def touches_clock(before: CaseState, after: CaseState) -> bool:
    """Whether the limits may differ. A pause that ends by itself does so through its silence."""
    return (
        before.clock is not after.clock
        or before.receipt is not after.receipt
        or before.law is not after.law
        or before.ending is not after.ending
        or before.consultations is not after.consultations
        or before.reply is not after.reply
        or before.proceedings is not after.proceedings
        or before.dispatch is not after.dispatch
        or before.silence is not after.silence
        or before.path_lapses is not after.path_lapses
        or _first_item(before, after)
        or _other_release(before, after)
        or _other_closures(before, after)
    )


def _first_item(before: CaseState, after: CaseState) -> bool:
    """Whether items are there now, where they end a window."""
    return window_ends_with_items(after.law.rules) and bool(before.items) != bool(after.items)


def _other_release(before: CaseState, after: CaseState) -> bool:
    """Whether something else may go out over an objection of which the third party was told."""
    told = any(letter.told for letter in after.consultations)
    return told and before.items is not after.items


def _other_closures(before: CaseState, after: CaseState) -> bool:
    """Whether another department means other days without work."""
    if before.department == after.department or not before.law.closures:
        return False
    layers = [covering(s.law.closures, s.organ, s.department) for s in (before, after)]
    return layers[0] != layers[1]
