"""The worker's look at engine and mail drop: which runs fail, and whether notices can go out, noted
in the register where people look.

The engine marks a run whose tasks fail again and again (`TemporalReportedProblems`); what fails
while an entry is written is noted by the activity itself.
"""

import asyncio
from pathlib import Path

import structlog
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.mail import why_closed
from domain.errors import Code, YishenError
from register.engine import Register
from register.reads.troubles import MAIL_DROP, What
from register.writes.troubles import keep_only

SECONDS = 15
QUERY = 'ExecutionStatus = "Running" AND TemporalReportedProblems IS NOT NULL'
MOST = 1_000

log = structlog.get_logger()


async def watch_troubles(client: Client, register: Register, mail_drop: Path) -> None:
    """Look every few seconds, for as long as the worker lives."""
    while True:
        try:
            await asyncio.to_thread(keep_mail_trouble, register, mail_drop)
            failing = await failing_runs(client)
            if failing is not None:
                await asyncio.to_thread(_keep, register, failing)
        except YishenError as error:
            log.warning("troubles_not_noted", code=error.code, **error.params)
        except RPCError as error:
            log.warning("troubles_not_found", why=error.message)
        await asyncio.sleep(SECONDS)


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


def keep_mail_trouble(register: Register, mail_drop: Path) -> None:
    """Note that no notice can be laid down there, or that it can. Raises Unreachable."""
    why = why_closed(mail_drop)
    failing = {} if why is None else {MAIL_DROP: why}
    with register.writing() as session:
        keep_only(session, What.MAIL, failing, Code.NOTICE_NOT_SENT)


def _keep(register: Register, failing: dict[str, str]) -> None:
    with register.writing() as session:
        keep_only(session, What.RUN, failing, Code.RUN_FAILS)
