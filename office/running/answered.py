"""What a run has answered, from its history: acts that may be on no record."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowExecution

from office.running.unwritten import Answered
from workflows.messages import CaseInput, SentAct

FormT = TypeVar("FormT", CaseInput, SentAct)


async def answered_by(client: Client, run: WorkflowExecution) -> Sequence[Answered]:
    """The acts that this run has answered, and those it took over unwritten, from its history."""
    acts: dict[str, Answered] = {}
    done: list[Answered] = []
    handle = client.get_workflow_handle(run.id, run_id=run.run_id)
    async for event in handle.fetch_history_events():
        at = event.event_time.ToJsonString()
        if event.HasField("workflow_execution_started_event_attributes"):
            begun = event.workflow_execution_started_event_attributes.input.payloads
            done += _taken_over(await _read(client, begun, CaseInput), at)
        if event.HasField("workflow_execution_update_accepted_event_attributes"):
            request = event.workflow_execution_update_accepted_event_attributes.accepted_request
            act = await _read(client, request.input.args.payloads, SentAct)
            if act is not None:
                acts[request.meta.update_id] = Answered(
                    run.id, act.command_id, act.what.kind, act.actor.person, at
                )
        if event.HasField("workflow_execution_update_completed_event_attributes"):
            end = event.workflow_execution_update_completed_event_attributes
            if end.outcome.HasField("success") and end.meta.update_id in acts:
                done.append(acts[end.meta.update_id])
    return done


def _taken_over(start: CaseInput | None, at: str) -> Iterable[Answered]:
    if start is None or start.carried is None:
        return
    for event in start.carried.unwritten:
        if event.command_id is not None:
            yield Answered(start.id, event.command_id, event.what.kind, event.person, at)


async def _read(client: Client, payloads: Sequence[Payload], form: type[FormT]) -> FormT | None:
    """None for a message of another kind, or one that this program can't read. Raises
    Unreachable(key_store_unreachable, key_missing, …)."""
    try:
        found: FormT = (await client.data_converter.decode(payloads, [form]))[0]
    except (ValueError, RuntimeError):
        return None
    return found
