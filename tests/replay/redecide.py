"""The record of a case, decided anew by the domain alone from the acts of its history."""

from collections.abc import Iterable, Sequence

from domain.case.act import Act, Event
from domain.case.agenda import pass_over, settle
from domain.case.decide import decide
from domain.case.facts import LawRevised
from domain.case.opening import blank, open_case
from domain.case.record import Decided
from domain.case.revising import revise
from domain.case.state import CaseState
from workflows.messages import CaseInput, Revision


def decided_anew(
    start: CaseInput, orders: Iterable[Act | Revision], recorded: Sequence[Event]
) -> list[Event]:
    """What the domain makes of the same acts at the same instants; of what was recorded only the
    instants are used."""
    by_command = {order.command_id: order for order in orders}
    state = blank(start.id, start.organ, start.law, start.clock_offset)
    opened = open_case(
        state,
        start.receipt,
        start.actor,
        start.command_id,
        recorded[0].at,
        start.history,
        start.move_in,
        start.registered,
    )
    events, state = list(opened.events), opened.state
    while state.seq < len(recorded):
        following = recorded[state.seq]
        order = by_command.get(following.command_id or "")
        done = _passed_or_done(state, order, following)
        assert done.events, f"{following.seq} {following.what.kind} is not decided again"
        events.extend(done.events)
        state = done.state
    return events


def _passed_or_done(state: CaseState, order: Act | Revision | None, event: Event) -> Decided:
    if order is None:
        # What passed by itself may have been found together with an act: same instant, then.
        return settle(state, event.at)
    if isinstance(order, Act):
        done = decide(state, order, event.at)
    else:
        fact = LawRevised.model_validate(order.model_dump(exclude={"command_id"}))
        done = revise(state, fact, order.command_id, event.at)
    after = pass_over(done.state, event.at)
    return Decided((*done.events, *after.events), after.state)
