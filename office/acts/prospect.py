"""Trying an act on a case: nothing is sent, nothing is recorded."""

import asyncio

from domain.case.answers.prospect import Prospect, prospect
from office.acts.order import Order, as_act, resolved
from office.desk import Desk
from office.running.asking import case_view


async def prospect_of(desk: Desk, order: Order) -> Prospect:
    """What the order would bring about now. Raises Refusal, InputError and Unreachable as sending
    it would."""
    actor, order = await resolved(desk, order)
    seen = await case_view(desk, order.case)
    act = await asyncio.to_thread(as_act, desk, order, actor)
    return desk.register.opened(prospect(seen.state, act, seen.now))
