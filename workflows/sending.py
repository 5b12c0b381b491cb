"""Sending a case its updates, from wherever there is a client of the engine."""

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.case.act import Act
from domain.case.facts import LawRevised
from workflows.messages import ActAnswer, Revision

if TYPE_CHECKING:
    from temporalio.client import Client


def name_of(what: Act | Revision) -> str:
    """The update that takes it."""
    return "act" if isinstance(what, Act) else "revise"


CARRIED = tuple(name for name in LawRevised.model_fields if name in Revision.model_fields)


def revision_of(fact: LawRevised, command_id: str) -> Revision:
    """The message that brings `fact` to a case."""
    return Revision(command_id=command_id, **{name: getattr(fact, name) for name in CARRIED})


async def send(
    client: "Client", case: str, what: Act | Revision, update_id: str, within: timedelta
) -> ActAnswer:
    """Send it to the run of the case; its answer. The same `update_id` is answered once.

    Raises WorkflowUpdateFailedError (the case's no), WorkflowUpdateRPCTimeoutOrCancelledError,
    RPCError (also where the case has no run).
    """
    answer: ActAnswer = await client.get_workflow_handle(case).execute_update(
        name_of(what), what, id=update_id, result_type=ActAnswer, rpc_timeout=within
    )
    return answer
