"""Trying an act on a case: nothing is sent, nothing is recorded."""

import asyncio
from datetime import datetime

from sqlalchemy.orm import Session

from domain.case.answers.prospect import Prospect, prospect
from domain.case.state import CaseState
from office.acts.order import Order, as_act, resolved
from office.cases.whatif import on_newest_days
from office.desk import Desk
from office.legal_time import legal_now
from office.running.newest import lacking
from register.reads import queries
from register.reads.states import state_of


async def prospect_from_record(desk: Desk, order: Order) -> Prospect:
    """The same by the register alone: no engine is asked. What the register has yet to get of the
    case is not in it. Raises Refusal, InputError and Unreachable(register_…, key_…)."""
    actor, order = await resolved(desk, order)

    def query(session: Session) -> tuple[CaseState, datetime]:
        row, state = queries.case(session, order.case), state_of(session, order.case)
        now = legal_now(state.clock_offset)
        return on_newest_days(state, lacking(session, row), now), now

    state, now = await desk.read(query)
    act = await asyncio.to_thread(as_act, desk, order, actor)
    return desk.register.opened(prospect(state, act, now))


async def prospect_of(desk: Desk, order: Order) -> Prospect:
    """What the order would bring about now. Raises Refusal, InputError and Unreachable as sending
    it would."""
    from office.running.asking import case_view

    actor, order = await resolved(desk, order)
    seen = await case_view(desk, order.case)
    act = await asyncio.to_thread(as_act, desk, order, actor)
    return desk.register.opened(prospect(seen.state, act, seen.now))
