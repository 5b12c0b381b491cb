"""How a run takes what the engine hands it: nothing but what a task of its own brings.

A question that waited for a worker comes with the history of the instant it is handed over. What
happened since the run's last task (a timer, a finished activity) is in it, but no task that has
begun: the library lets the run go on by it all the same, at the instant of an earlier task or of
one that nobody finished. What the run decides there it keeps in memory and carries into its next
task. A replay, which sees that task's real time, decides otherwise: the record and the run differ,
or the run can go on in no other worker.
"""

from dataclasses import replace
from typing import Any

from temporalio.api.common.v1 import Payloads
from temporalio.bridge.proto.workflow_activation import WorkflowActivation, WorkflowActivationJob
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.converter import SerializationContext, StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner
from temporalio.workflow import Info

from workflows.messages import WITHOUT_A_TASK

LEGACY = "legacy"
"""How the library calls a question that comes by itself; others come with a task."""


class OwnTasksOnly(SandboxedWorkflowRunner):
    """Drops a run from memory that may have gone on for a question's sake: the question is answered
    with an error (`WITHOUT_A_TASK`), and the next task replays the run from its first event."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """A run that looks at what it is handed."""
        # A part of the message that starts it would keep all of that in memory.
        det = replace(det, info=replace(det.info, headers={}), last_completion_result=Payloads())
        return _Watched(super().create_instance(det))


class _Watched(WorkflowInstance):
    def __init__(self, inner: WorkflowInstance) -> None:
        self._inner = inner
        self._last: int | None = None
        self._doubtful = False
        self._new: set[int] = set()

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        """Refuse what came without a task, or the question it may have come with."""
        at = act.timestamp.ToNanoseconds()
        if self._has_no_task(act, at) or self._came_with_more(act):
            refused = WorkflowActivationCompletion()
            refused.failed.failure.message = WITHOUT_A_TASK
            return refused
        self._last = at
        if not act.is_replaying and any(map(_brings_something, act.jobs)):
            self._new.add(at)
        return self._inner.activate(act)

    def _has_no_task(self, act: WorkflowActivation, at: int) -> bool:
        """Each task has an instant of its own."""
        return at == self._last and any(map(_brings_events, act.jobs))

    def _came_with_more(self, act: WorkflowActivation) -> bool:
        """A run was replayed, took in something once, and is asked: that was its task, or a task
        that nobody finished and the question brought. Who asks again has it replayed for the
        question alone, and what is then not new is beyond doubt."""
        if any(job.HasField("initialize_workflow") for job in act.jobs):
            self._doubtful = act.is_replaying
        if not self._doubtful or not any(map(_asks_by_itself, act.jobs)):
            return False
        self._doubtful = len(self._new) == 1
        return self._doubtful

    def get_serialization_context(self, command_info: Any) -> SerializationContext | None:
        """As the run has it."""
        return self._inner.get_serialization_context(command_info)

    def get_external_store_context(self, command_info: Any) -> StorageDriverStoreContext:
        """As the run has it."""
        return self._inner.get_external_store_context(command_info)

    def get_info(self) -> Info:
        """As the run has it."""
        return self._inner.get_info()

    def get_thread_id(self) -> int | None:
        """As the run has it."""
        return self._inner.get_thread_id()


def _asks_by_itself(job: WorkflowActivationJob) -> bool:
    return job.HasField("query_workflow") and job.query_workflow.query_id.startswith(LEGACY)


def _brings_something(job: WorkflowActivationJob) -> bool:
    return not (job.HasField("query_workflow") or job.HasField("remove_from_cache"))


def _brings_events(job: WorkflowActivationJob) -> bool:
    """What only the engine can know. A cancelled activity is told by the library itself, in the
    same task in which the run cancelled it."""
    if job.HasField("resolve_activity"):
        return not job.resolve_activity.result.HasField("cancelled")
    return job.HasField("fire_timer")
