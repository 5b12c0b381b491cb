"""Runs that the engine has and that can't go on: their tasks fail again and again."""

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

QUERY = 'ExecutionStatus = "Running" AND TemporalReportedProblems IS NOT NULL'
MOST = 1_000


async def failing_runs(client: Client) -> dict[str, str] | None:
    """Id of each open run whose tasks fail, and what the engine says; None from an engine too old
    to mark them."""
    found: dict[str, str] = {}
    try:
        async for run in client.list_workflows(QUERY, limit=MOST):
            found[run.id] = await _why(client, run.id)
    except RPCError as error:
        if error.status is RPCStatusCode.INVALID_ARGUMENT:
            return None
        raise
    return found


async def _why(client: Client, workflow: str) -> str:
    """What the last failed task said."""
    from temporalio.api.common.v1 import WorkflowExecution
    from temporalio.api.workflowservice.v1 import GetWorkflowExecutionHistoryReverseRequest

    request = GetWorkflowExecutionHistoryReverseRequest(
        namespace=client.namespace,
        execution=WorkflowExecution(workflow_id=workflow),
        maximum_page_size=5,
    )
    answer = await client.workflow_service.get_workflow_execution_history_reverse(request)
    for event in answer.history.events:
        if event.HasField("workflow_task_failed_event_attributes"):
            failed = event.workflow_task_failed_event_attributes.failure
            return " ".join((failed.cause.message or failed.message).split())
    return ""
