"""How a case begins: registered today, or moving in with the acts of its past."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from domain.case.act import Act, Event
from domain.case.agenda import pass_over, with_passed
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
    events: list[Event] = []
    for decided in opening(state, receipt, actor, command_id, now, history):
        events.extend(decided.events)
        state = decided.state
    return Decided(tuple(events), state)


def opening(
    state: CaseState,
    receipt: Receipt,
    actor: Actor,
    command_id: str,
    now: datetime,
    history: Sequence[Act] = (),
) -> Iterator[Decided]:
    """`open_case` in pieces, each of them short: the registration, each act of the past, the rest.
    Refusal as by `decide`, in the piece it belongs to."""
    day = today(now)
    if receipt.arrived > day:
        raise Refusal(Code.IN_THE_FUTURE, day=receipt.arrived, today=day)
    if not any(g.role is Role.INTAKE and g.covers(state.organ, None) for g in actor.grants):
        raise Refusal(Code.NOT_YOUR_ROLE, act="registered", roles=Role.INTAKE)
    first = receipt.arrived if history else day
    stamp = Stamp(now, receipt.arrived, actor.person, Role.INTAKE, command_id)
    opened = record(state, Registered(receipt=receipt), stamp, first)
    yield opened
    state = opened.state
    before = receipt.arrived
    for act in history:
        on = act.effective_on or day
        if on < before:
            raise Refusal(Code.DATES_OUT_OF_ORDER, field=act.what.kind, day=on, before=before)
        before = on
        lived = _lived(state, act, on, now)
        yield lived
        state = lived.state
    yield pass_over(state, now, moving_in=bool(history))


def opens_on(receipt: Receipt, history: Sequence[Act], checked: datetime) -> date:
    """The first day on which what was checked at the instant `checked` can be opened: no fact of
    it lies in the future."""
    days = [act.effective_on for act in history if act.effective_on is not None]
    return max([receipt.arrived, today(checked), *days])


def _lived(state: CaseState, act: Act, on: date, now: datetime) -> Decided:
    """What passed by itself before the act's day, and the act."""
    morning = datetime.combine(on, time(0), tzinfo=OFFICE_ZONE)
    passed = pass_over(state, morning, moving_in=True, found=now)
    done = with_passed(passed.state, lambda s: decide(s, act, now, past=True), morning, now)
    return Decided((*passed.events, *done.events), done.state)
