"""Whether a worker serves the cases: who asked the engine for work, and when."""

from datetime import UTC, datetime, timedelta

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from workflows.messages import TASK_QUEUE

LONG_POLL = timedelta(seconds=90)
"""A living worker asks at least once a minute."""

RPC = timedelta(seconds=1)


async def worker_alive(client: Client, task_queue: str = TASK_QUEUE) -> bool:
    """Whether a worker has asked for work lately. A worker that just died still counts for a
    minute: True means "was there", False means "nobody is"."""
    request = DescribeTaskQueueRequest(
        namespace=client.namespace,
        task_queue=TaskQueue(name=task_queue),
        task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    )
    try:
        answer = await client.workflow_service.describe_task_queue(request, timeout=RPC)
    except RPCError:
        return False
    now = datetime.now(UTC)
    seen = (p.last_access_time.ToDatetime(tzinfo=UTC) for p in answer.pollers)
    return any(now - moment < LONG_POLL for moment in seen)
