"""How a run takes what the engine hands it: nothing but what a task of its own brings.

A question that waited for a worker comes with the history of the instant it is handed over. What
happened since the run's last task (a timer, a finished activity) is in it, but no task, and so no
time of its own: the library lets the run go on by it, at the instant of the task before. What
the run decides there it keeps in memory and carries into its next task. A replay, which sees that
task's real time, decides otherwise: the run could go on in no other worker.
"""

from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivation, WorkflowActivationJob
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.converter import SerializationContext, StorageDriverStoreContext
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner
from temporalio.workflow import Info

from workflows.messages import WITHOUT_A_TASK


class OwnTasksOnly(SandboxedWorkflowRunner):
    """Drops a run from memory that is handed events without a task: the question is answered with
    an error (`WITHOUT_A_TASK`), and the next task replays the run from its first event."""

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """A run that looks at what it is handed."""
        return _Watched(super().create_instance(det))


class _Watched(WorkflowInstance):
    def __init__(self, inner: WorkflowInstance) -> None:
        self._inner = inner
        self._last: int | None = None

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        """Refuse events at the instant of the task before; each task has an instant of its own."""
        at = act.timestamp.ToNanoseconds()
        if at == self._last and any(map(_brings_events, act.jobs)):
            refused = WorkflowActivationCompletion()
            refused.failed.failure.message = WITHOUT_A_TASK
            return refused
        self._last = at
        return self._inner.activate(act)

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


def _brings_events(job: WorkflowActivationJob) -> bool:
    """What only the engine can know. A cancelled activity is told by the library itself, in the
    same task in which the run cancelled it."""
    if job.HasField("resolve_activity"):
        return not job.resolve_activity.result.HasField("cancelled")
    return job.HasField("fire_timer")
