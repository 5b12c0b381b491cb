"""Cases in every state on record at once: walks by the rules alone, lived up to this moment and
written as the worker would have written them. No engine ever had them."""

from datetime import UTC, datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from domain.case.agenda import idle_until, upcoming
from domain.case.facts import NewApplicant, Registered
from domain.case.opening import blank, open_case
from domain.case.people import Actor
from domain.case.state import CaseState
from domain.case.summary import Summary
from domain.case.tasks import summarise
from domain.clock import Receipt
from domain.statute import Channel
from register.writes.record import record
from register.writes.requests import NewRequest, mark_started
from tests.register.office import put_in_the_book
from tests.walk.office import INTAKE, ORGANS, PEOPLE
from tests.walk.pure import PureWalk, law
from tests.walk.steps import later
from workflows.messages import CaseInput

AGE = (0, 1, 3, 8, 15, 20, 25, 30, 40, 60, 90, 260)
"""Days since a request was registered: what is old is mostly closed, or overdue for long."""
MOST = 30


def line_of(state: CaseState) -> Summary:
    """The line of the list, as the case itself would hand it over."""
    thing = upcoming(state)
    return summarise(state, thing.instant if thing else idle_until(state))


def lay_down(session: Session, seed: int, number: int, now: datetime) -> str:
    """One case with its whole record; its id. Every fourth is a training case, a year or two
    back. `now`: the real instant; needs a writing session."""
    name = f"{seed}.{number}"
    rng = Random(name)
    offset = 0 if number % 4 else -rng.randint(200, 900) * 86_400
    end = now + timedelta(seconds=offset)
    moment = end - timedelta(days=rng.choice(AGE), minutes=rng.randint(1, 300))
    arrived = moment.date() - timedelta(days=rng.choice((0, 0, 0, 1, 2, 9)))
    request = Receipt(channel=rng.choice(list(Channel)), arrived=arrived)
    organ = rng.choice(ORGANS)
    actor = PEOPLE[INTAKE]
    first = Registered(
        receipt=request,
        applicant=NewApplicant(kind="natural", name="张某（虚构）", contact="无"),
        subject=f"规划文件 {name}（虚构）",
    )
    start = CaseInput(
        id="new",
        number="new",
        organ=organ,
        law=law(organ, request, moment),
        receipt=request,
        actor=actor,
        command_id=f"{name}.open",
        registered_at=moment,
        clock_offset=offset,
        registered=first,
    )
    row = put_in_the_book(session, _row(start, first, actor))
    walk = _walked(rng, start, row.id, now)
    record(session, row.id, walk.events, line_of(walk.state))
    mark_started(session, row.id, datetime.now(UTC))
    return row.id


def _row(start: CaseInput, first: Registered, actor: Actor) -> NewRequest:
    assert first.applicant is not None
    assert first.subject is not None
    return NewRequest(
        command_id=start.command_id,
        person=actor.person,
        organ=start.organ,
        channel=start.receipt.channel,
        arrived=start.receipt.arrived,
        registered_on=start.registered_at.date(),
        statute=start.law.statute.id,
        applicant=first.applicant,
        subject=first.subject,
        training=start.clock_offset != 0,
        clock_offset=start.clock_offset,
        start_input=start.model_dump(mode="json"),
    )


def _walked(rng: Random, start: CaseInput, case: str, now: datetime) -> PureWalk:
    begun = blank(case, start.organ, start.law, start.clock_offset)
    opened = open_case(
        begun,
        start.receipt,
        start.actor,
        start.command_id,
        start.registered_at,
        registered=start.registered,
    )
    walk = PureWalk(rng, begun, opened.state, start.registered_at, list(opened.events))
    patience = rng.randint(1, MOST)
    for number in range(patience):
        end = now + timedelta(seconds=walk.state.clock_offset)
        moment = later(rng, walk.state, walk.now)
        if moment >= end:
            break
        walk.until(moment)
        walk.do(number)
    walk.until(max(walk.now, now + timedelta(seconds=walk.state.clock_offset)))
    return walk
