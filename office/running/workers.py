"""Whether a worker serves the cases: who asked the engine for work, and when."""

from datetime import UTC, datetime, timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client, WorkflowQueryFailedError
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import YishenError
from workflows.calendar_watch import WATCH_ID
from workflows.messages import TASK_QUEUE

LONG_POLL = timedelta(seconds=90)
"""A living worker asks at least once a minute."""

RPC = timedelta(seconds=1)


async def worker_alive(client: Client, task_queue: str = TASK_QUEUE) -> bool:
    """Whether a worker has asked for work lately. A worker that just died still counts for a
    minute, and an engine that doesn't say may have one: True means "was there, or who knows",
    False means "nobody is"."""
    request = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    try:
        answer = await client.workflow_service.describe_task_queue(request, timeout=RPC)
    except RPCError:
        return True
    now = datetime.now(UTC)
    seen = (p.last_access_time.ToDatetime(tzinfo=UTC) for p in answer.pollers)
    return any(now - moment < LONG_POLL for moment in seen)


ANSWER = timedelta(seconds=4)
METADATA = "__temporal_workflow_metadata"
"""A query every workflow answers."""


async def worker_answers(client: Client) -> bool:
    """Whether a worker serves now: a question to the watch over the calendar, which every worker
    starts, is answered. A worker that hangs or was just killed still has a poll open."""
    if not await worker_alive(client):
        return False
    try:
        await client.get_workflow_handle(WATCH_ID).query(METADATA, rpc_timeout=ANSWER)
    except (WorkflowQueryFailedError, YishenError):
        return True  # also an answer that we lack the key of is one
    except RPCError as error:
        return error.status is RPCStatusCode.NOT_FOUND  # a first start, in its first seconds
    return True
