"""Replay a history by the present code, and hear what that code would write.

Replay itself compares only the kinds of commands: not the arguments of an activity.
"""

from typing import Any

from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import (
    Interceptor,
    Replayer,
    StartActivityInput,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from worker import sandbox
from workflows.activity_names import RECORD_EVENTS, RecordBatch
from workflows.case import CaseWorkflow
from workflows.converter import data_converter

HEAR = "yishen_hear"


class _Outbound(WorkflowOutboundInterceptor):
    def start_activity(self, input: StartActivityInput) -> workflow.ActivityHandle[Any]:  # noqa: A002
        workflow.extern_functions()[HEAR](input.activity, input.args)
        return super().start_activity(input)


class _Inbound(WorkflowInboundInterceptor):
    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        super().init(_Outbound(outbound))


class _Ear(Interceptor):
    def __init__(self) -> None:
        self.batches: list[RecordBatch] = []

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002
    ) -> type[WorkflowInboundInterceptor]:
        input.unsafe_extern_functions[HEAR] = self._hear
        return _Inbound

    def _hear(self, name: str, args: list[Any]) -> None:
        if name == RECORD_EVENTS:
            self.batches.append(args[0])


async def replayed(
    history: WorkflowHistory, runner: type[SandboxedWorkflowRunner] = SandboxedWorkflowRunner
) -> list[RecordBatch]:
    """What the present code writes in replaying `history`; raises where it takes another way."""
    ear = _Ear()
    replayer = Replayer(
        workflows=[CaseWorkflow],
        workflow_runner=sandbox(runner),
        data_converter=data_converter,
        interceptors=[ear],
    )
    await replayer.replay_workflow(history)
    return ear.batches
