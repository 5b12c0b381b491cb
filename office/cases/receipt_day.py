"""The receipt day and the last day of a request that is about to be registered, told at once as its
channel and its arrival are known: from the register and the law, without the engine."""

from dataclasses import dataclass
from datetime import date

from domain.case.answers.readings import readings_of
from domain.case.changes import replaced
from domain.case.count import reckoned
from domain.case.facts import NewApplicant
from domain.case.state import CaseState
from domain.clock import ClockEvent, ClockEventKind, Receipt, Reckoning
from domain.clock.readings import DatedReading
from domain.clock.receipt import needs_confirmation, receipt_rule
from domain.errors import YishenError
from domain.statute import Statute
from office.acts.doubts import Doubt, of_day, of_overdue
from office.cases.application import Application
from office.cases.opening import law_of, office_for, opening_of
from office.desk import Desk
from office.legal_time import legal_now


@dataclass(frozen=True, slots=True)
class ForeseenReceipt:
    """What a registration of today would come to. `receipt_day` and `due` None: `awaits_confirming`
    until `confirm_by`; then `due_if_confirmed` is the last day if that were today. `article` of the
    rule of the channel; `provisional`: a year of it has no calendar yet; `readings`: the last day
    by each choice of a setting that gives another, the earliest first; `doubts`: what is worth a
    question."""

    statute: Statute
    receipt_day: date | None
    awaits_confirming: bool
    article: str
    due: date | None
    due_article: str
    confirm_by: date | None
    due_if_confirmed: date | None
    provisional: bool
    reckoning: Reckoning
    readings: tuple[DatedReading, ...]
    warnings: tuple[str, ...]
    doubts: tuple[Doubt, ...]


async def foresee_receipt(
    desk: Desk, user: str, receipt: Receipt, organ: str | None = None
) -> ForeseenReceipt:
    """What the registration of a request that arrived so would come to today.

    Refusal(in_the_future, not_your_role, unknown_user), InputError(organ_needed, unknown_organ,
    calendar_missing, …), Unreachable(register_…).
    """
    nobody = NewApplicant(name="-")
    asked = Application(user, "foreseen", receipt, nobody, "-", organ=organ)
    now = legal_now()
    actor, place, days, line, _ = await desk.read(lambda session: office_for(desk, session, asked))
    law = law_of(asked, line, days, now)
    state = opening_of(asked, actor, place, law, now, None).state
    return _told(state, receipt, now.date())


def _told(state: CaseState, receipt: Receipt, today: date) -> ForeseenReceipt:
    statute, policy = state.law.statute, state.law.policy
    found = readings_of(state, today)
    rule = receipt_rule(statute, receipt)
    waits = state.receipt_day is None and needs_confirmation(rule, policy)
    limit = state.deadline("receipt_confirmation")
    confirmed = _if_confirmed(state, today) if waits else None
    return ForeseenReceipt(
        statute=statute,
        receipt_day=state.receipt_day,
        awaits_confirming=waits,
        article=rule.article,
        due=found.own.due,
        due_article=found.own.article,
        confirm_by=limit.due if limit else None,
        due_if_confirmed=confirmed.due if confirmed else None,
        provisional=(confirmed or found.own).provisional,
        reckoning=confirmed or found.own,
        readings=found.days,
        warnings=state.clock_warnings,
        doubts=(*of_day(receipt.arrived, today), *of_overdue(state, today)),
    )


def _if_confirmed(state: CaseState, today: date) -> Reckoning | None:
    event = ClockEvent(ClockEventKind.RECEIPT_CONFIRMED, today)
    try:
        return reckoned(replaced(state, clock=(*state.clock, event)), today)
    except YishenError:
        return None
