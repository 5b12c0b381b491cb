"""The state of a case from its record alone: what it was started with, and its events."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.case.act import Event
from domain.case.evolve import folded
from domain.case.opening import blank
from domain.case.state import CaseState, Law
from register.models import CaseEvent
from register.reads import queries
from register.reads.starts import Start, starts_of

CHUNK = 200


def begun(start: Start) -> CaseState:
    """A case before its first event, under the law it was registered by; `start`: its whole
    input."""
    law = Law.model_validate(start["law"])
    return blank(start["id"], start["organ"], law, start.get("clock_offset", 0))


def state_of(session: Session, case: str) -> CaseState:
    """One case as its events leave it. InputError(unknown_case)."""
    row = queries.case(session, case)
    return folded(begun(row.start_input), queries.events(session, case))


def states(session: Session, cases: Sequence[str]) -> Iterator[tuple[CaseState, list[Event]]]:
    """The state of each case, and its events; cases without any are left out."""
    for begin in range(0, len(cases), CHUNK):
        part = cases[begin : begin + CHUNK]
        starts = starts_of(session, part)
        bodies: dict[str, list[str]] = {}
        for case, body in session.execute(
            select(CaseEvent.case_id, CaseEvent.body)
            .where(CaseEvent.case_id.in_(part))
            .order_by(CaseEvent.case_id, CaseEvent.seq)
        ):
            bodies.setdefault(case, []).append(body)
        for case in part:
            if case in bodies and case in starts:
                events = [Event.model_validate_json(body) for body in bodies[case]]
                yield folded(begun(starts[case]), events), events
