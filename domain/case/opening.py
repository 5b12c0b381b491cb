"""How a case begins: registered today, or moving in with the acts of its past."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import reduce

from domain.case.act import Act, Event, Evidence
from domain.case.agenda import pass_over, with_passed
from domain.case.decide import decide
from domain.case.evolve import evolve
from domain.case.facts import Registered
from domain.case.people import Actor, MoveIn, Role
from domain.case.record import Decided, Stamp, record
from domain.case.state import CaseState, Law
from domain.clock import Receipt
from domain.errors import Code, InputError, Refusal
from domain.values import legal_day, midnight


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
    move_in: MoveIn | None = None,
    registered: Registered | None = None,
) -> Decided:
    """Register the request, apply its past in order, and bring the case up to `now`.

    `move_in`: the case comes with a past, told by two people; `actor` and those of `history` are
    then in their words. `history` in order of its days, all before the organ's first day here;
    each act is judged as of its own day, and what the case would have done by itself in between is
    on record as passed. Refusal as by `decide`, move_in_by_two, history_after_first_day.
    """
    events: list[Event] = []
    past = (history, move_in, (), registered)
    for decided in opening(state, receipt, actor, command_id, now, *past):
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
    move_in: MoveIn | None = None,
    evidence: tuple[Evidence, ...] = (),
    registered: Registered | None = None,
) -> Iterator[Decided]:
    """`open_case` in pieces, each of them short: the registration, each act of the past, the rest.
    `evidence`: the application and its papers; `registered`: the receipt with who asks for what.
    Refusal as by `decide`, in the piece it belongs to."""
    if move_in is None:
        if history:
            raise Refusal(Code.MOVE_IN_BY_TWO)
        if Role.INTAKE not in actor.roles_in(state.organ, None):
            raise Refusal(Code.NOT_YOUR_ROLE, act="registered", roles=Role.INTAKE)
        yield from _pieces(
            state, receipt, actor, command_id, now, evidence=evidence, registered=registered
        )
        return
    _check_movers(state, move_in)
    for on in (receipt.arrived, *(act.effective_on for act in history)):
        # What happens from the first day on is done here, by whoever does it.
        if on is None or on >= move_in.first_day:
            raise Refusal(
                Code.HISTORY_AFTER_FIRST_DAY, day=on or legal_day(now), first_day=move_in.first_day
            )
    for piece in _pieces(
        state,
        receipt,
        actor,
        command_id,
        now,
        history,
        evidence=evidence,
        moving_in=True,
        registered=registered,
    ):
        told = _told(state, piece, move_in)
        yield told
        state = told.state


def _told(before: CaseState, piece: Decided, move_in: MoveIn) -> Decided:
    """The piece with both who told it, and the way it came in, on each of its events."""
    said = {"moved_in_by": move_in.by, "asked_by": move_in.intake.asked_by}
    events = tuple(event.changed(**said) for event in piece.events)
    return Decided(events, reduce(evolve, events, before))


def _check_movers(state: CaseState, move_in: MoveIn) -> None:
    """One of intake and the head of the disclosure office, two people, both of the case's organ."""
    if Role.INTAKE not in move_in.intake.roles_in(state.organ, None):
        raise Refusal(Code.NOT_YOUR_ROLE, act="registered", roles=Role.INTAKE)
    heads = Role.DISCLOSURE_HEAD in move_in.head.roles_in(state.organ, None)
    if not heads or move_in.head.person == move_in.intake.person:
        raise Refusal(Code.MOVE_IN_BY_TWO)


def _pieces(
    state: CaseState,
    receipt: Receipt,
    actor: Actor,
    command_id: str,
    now: datetime,
    history: Sequence[Act] = (),
    *,
    evidence: tuple[Evidence, ...] = (),
    moving_in: bool = False,
    registered: Registered | None = None,
) -> Iterator[Decided]:
    day = legal_day(now)
    if receipt.arrived > day:
        raise Refusal(Code.IN_THE_FUTURE, day=receipt.arrived, today=day)
    stamp = Stamp(
        at=now,
        effective_on=receipt.arrived,
        person=actor.person,
        role=Role.INTAKE,
        asked_by=actor.asked_by,
        command_id=command_id,
        evidence=evidence,
    )
    opened = record(state, registered or Registered(receipt=receipt), stamp)
    yield opened
    state = opened.state
    before = receipt.arrived
    for act in history:
        on = act.effective_on or day
        if on < before:
            raise InputError(Code.DATES_OUT_OF_ORDER, field=act.what.kind, day=on, before=before)
        before = on
        lived = _lived(state, act, on, now)
        yield lived
        state = lived.state
    yield pass_over(state, now, moving_in=moving_in)


def opens_on(receipt: Receipt, history: Sequence[Act], checked: datetime) -> date:
    """The first day on which what was checked at the instant `checked` can be opened: no fact of
    it lies in the future."""
    days = [act.effective_on for act in history if act.effective_on is not None]
    return max([receipt.arrived, legal_day(checked), *days])


def _lived(state: CaseState, act: Act, on: date, now: datetime) -> Decided:
    """What passed by itself before the act's day, and the act."""
    morning = midnight(on)
    passed = pass_over(state, morning, moving_in=True, found=now)
    done = with_passed(passed.state, lambda s: decide(s, act, now, past=True), morning, now)
    return Decided((*passed.events, *done.events), done.state)
