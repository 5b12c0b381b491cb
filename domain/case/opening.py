"""How a case begins: registered today, or moving in with the acts of its past."""

from collections.abc import Sequence
from datetime import date, datetime, time

from domain.case.act import Act, Event
from domain.case.agenda import settle
from domain.case.decide import Decided, Stamp, decide, record, today
from domain.case.facts import Registered
from domain.case.people import Actor, Role
from domain.case.state import CaseState, Law
from domain.clock import Receipt
from domain.errors import Code, Refusal
from domain.values import OFFICE_ZONE


def blank(case_id: str, organ: str, law: Law, clock_offset: int = 0) -> CaseState:
    """A case to which nothing has happened."""
    return CaseState(id=case_id, organ=organ, law=law, clock_offset=clock_offset)


def open_case(
    state: CaseState,
    receipt: Receipt,
    actor: Actor,
    command_id: str,
    now: datetime,
    history: Sequence[Act] = (),
) -> Decided:
    """Register the request, apply its past in order, and bring the case up to `now`.

    `history` in order of its days; each act is judged as of its own day, and what the case would
    have done by itself in between is on record as passed. Refusal as by `decide`.
    """
    day = today(now)
    if receipt.arrived > day:
        raise Refusal(Code.IN_THE_FUTURE, day=receipt.arrived, today=day)
    if not any(g.role is Role.INTAKE and g.covers(state.organ, None) for g in actor.grants):
        raise Refusal(Code.NOT_YOUR_ROLE, act="registered", roles=Role.INTAKE)
    first = receipt.arrived if history else day
    stamp = Stamp(now, receipt.arrived, actor.person, Role.INTAKE, command_id)
    opened = record(state, Registered(receipt=receipt), stamp, first)
    events: list[Event] = list(opened.events)
    state = opened.state
    before = receipt.arrived
    for act in history:
        on = act.effective_on or day
        if on < before:
            raise Refusal(Code.DATES_OUT_OF_ORDER, day=on, before=before)
        before = on
        for decided in _lived(state, act, on, now):
            events.extend(decided.events)
            state = decided.state
    last = settle(state, now, moving_in=bool(history))
    return Decided((*events, *last.events), last.state)


def _lived(state: CaseState, act: Act, on: date, now: datetime) -> tuple[Decided, Decided]:
    """What passed by itself before the act's day, and the act."""
    morning = datetime.combine(on, time(0), tzinfo=OFFICE_ZONE)
    passed = settle(state, morning, moving_in=True, found=now)
    return passed, decide(passed.state, act, now, past=True)
