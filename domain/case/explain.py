"""A ledger as a reader needs it: which consultation took the days out, which weekend days were
worked, how many days are counted so far, and what made day 0."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.case.state import CaseState
from domain.clock import ClockEventKind as Kind
from domain.clock import Consultation, Reckoning, Span
from domain.statute import Party

_ONE_DAY = timedelta(days=1)
_PARTIES = frozenset(Party)
_OF_THE_REPLY = ("reply", "committed", "fee_notice")
_OF_THE_RECEIPT = ("correction_notice",)
_NO_CAUSE = ("noted", "alarm_raised", "law_revised")
_CAUSES = (
    "reconsideration_received",
    "lawsuit_received",
    "complaint_received",
    "reconsideration_decided",
    "judgment_received",
    "delivered",
    "dispatched",
)
"""What begins a limit of a remedy, where several things stand on its day 0."""
_BEGINS = {
    "receipt_confirmation": "arrived",
    "correction": "correction_notice_sent",
    "third_party_answer": "letter_delivered",
    "coproducer_answer": "letter_delivered",
    "agency_answer": "letter_delivered",
    "fee_payment": "fee_notice_delivered",
}
"""What happened on day 0 of a limit that is not counted from the receipt."""


@dataclass(frozen=True, slots=True)
class Line:
    """A span of a ledger in its case. `total`: counted up to its end; `refs`: the consultations
    that took its days out; `worked`: weekend days in it that a notice made working days."""

    first: date
    last: date
    counted: int
    total: int
    why: str
    article: str
    refs: tuple[str, ...] = ()
    worked: tuple[date, ...] = ()
    notice: str = ""


def explain(ledger: Iterable[Span], state: CaseState, reckoning: Reckoning) -> tuple[Line, ...]:
    """Every span of `ledger` with what stands behind it in the case."""
    return tuple(_lines(ledger, state, reckoning))


def _lines(ledger: Iterable[Span], state: CaseState, reckoning: Reckoning) -> Iterator[Line]:
    total = 0
    calendar = state.calendar
    for first, last, counted, why, article in ledger:
        total += counted
        worked: tuple[date, ...] = ()
        notice = ""
        # A period in calendar days counts its rest days too; a worked one is no news there.
        if counted and state.law.statute.period.unit == "working_day":
            worked = tuple(day for day in calendar.days_worked if first <= day <= last)
            notice = " ".join(dict.fromkeys(calendar.notice(day, day) for day in worked))
        refs: tuple[str, ...] = ()
        if why in _PARTIES and not counted:
            refs = _covering(first, last, state, reckoning.consultations)
        yield Line(first, last, counted, total, why, article, refs, worked, notice)


def _covering(
    first: date, last: date, state: CaseState, consultations: Sequence[Consultation]
) -> tuple[str, ...]:
    """Refs of the consultations that take out a day between `first` and `last`."""
    policy = state.law.policy
    both_ends = policy.exclusion_ends == "both_ends"
    found = []
    for asked in consultations:
        if not asked.excluded or asked.ref is None:
            continue
        begins = asked.asked if both_ends else asked.asked + _ONE_DAY
        ends = asked.answered or date.max
        if asked.limit is not None and policy.silent_consultation != "until_answer":
            ends = min(ends, asked.limit)
        if begins <= last and ends >= first:
            found.append(asked.ref)
    return tuple(found)


def day_zero_cause(name: str, base: date, state: CaseState) -> str:
    """What happened on day 0 of a limit: `arrived`, `receipt_confirmed`, `correction_received`,
    `fee_paid`, `correction_notice_sent`, `letter_delivered`, `fee_notice_delivered`; after the
    reply the kind of an event."""
    if name in _BEGINS:
        return _BEGINS[name]
    if name not in (*_OF_THE_REPLY, *_OF_THE_RECEIPT):
        return _event_on(base, state)
    kinds = {event.kind for event in state.clock if event.at == base}
    restarts = (Kind.FEE_PAID, Kind.CORRECTION_RECEIVED) if name in _OF_THE_REPLY else ()
    for kind in (*restarts, Kind.RECEIPT_CONFIRMED):
        if kind in kinds:
            return str(kind)
    return "case_reopened" if state.rounds else "arrived"


def _event_on(day: date, state: CaseState) -> str:
    there = [e.kind for e in state.timeline if e.effective_on == day and e.kind not in _NO_CAUSE]
    return next((kind for kind in _CAUSES if kind in there), there[-1] if there else "arrived")
