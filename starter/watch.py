"""Starting the watch over the calendar; done by every worker, running once."""

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from workflows.calendar_watch import WATCH_ID
from workflows.messages import TASK_QUEUE


async def start_watch(client: Client, task_queue: str = TASK_QUEUE, watch: str = WATCH_ID) -> None:
    """Start it unless it runs. Raises RPCError."""
    await client.start_workflow(
        "CalendarWatch",
        id=watch,
        task_queue=task_queue,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
    )
