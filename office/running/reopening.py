"""A case whose run is over, or was lost, rebuilt from the record: the state is the fold of its
events, so a reopened case knows what the closed one knew."""

from collections.abc import Sequence

from domain.case.act import Event
from domain.case.evolve import folded
from domain.case.opening import blank
from domain.case.state import CaseState
from workflows.messages import Carried, CaseInput, Revision


def rebuilt(start: CaseInput, events: Sequence[Event]) -> CaseState:
    """The state of a case after `events`, the whole of its record in order."""
    return folded(blank(start.id, start.organ, start.law, start.clock_offset), events)


def reopening(
    start: CaseInput, state: CaseState, revision: Revision | None, undelivered: int = 0
) -> CaseInput:
    """The input of a new run that goes on where the record ends, by the law of today;
    `undelivered`: notices that the run before left in the outbox."""
    carried = Carried(state=state, from_record=True, revision=revision, undelivered=undelivered)
    return start.model_copy(update={"carried": carried, "history": ()})
