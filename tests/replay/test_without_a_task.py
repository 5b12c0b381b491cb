"""Histories that end before the run's own task: so comes a question that waited for a worker."""

from collections.abc import Iterator

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.client import WorkflowHistory
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails

from tests.replay.capture import replayed
from tests.replay.record import names, runs
from workflows.messages import WITHOUT_A_TASK
from workflows.runner import OwnTasksOnly

FIRED = EventType.EVENT_TYPE_TIMER_FIRED
COMPLETED = EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED
SCHEDULED = EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED
TIMED_OUT = EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT


class Kept(OwnTasksOnly):
    """Keeps the run, to be asked after its replay."""

    run: WorkflowInstance

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """As ever."""
        Kept.run = super().create_instance(det)
        return Kept.run


@pytest.mark.parametrize("name", names())
async def test_a_run_takes_all_that_its_tasks_bring(name: str) -> None:
    for history in runs(name):
        await replayed(history, OwnTasksOnly)


@pytest.mark.parametrize("happened", [FIRED, COMPLETED])
async def test_a_run_does_not_go_on_by_what_comes_without_a_task(
    happened: int, capfd: pytest.CaptureFixture[str]
) -> None:
    """It would go on at the instant of the task before. The library tells of it only in its log."""
    history = runs("overdue")[0]
    await replayed(_cut_after(history, happened), OwnTasksOnly)
    assert WITHOUT_A_TASK in capfd.readouterr().out


async def test_a_question_that_brought_a_task_nobody_finished_is_to_be_asked_again() -> None:
    """A task that timed out has an instant, and it is not the one a replay will see."""
    history = runs("overdue")[0]
    events = [*_unfinished(history, _cut_after(history, FIRED))]
    await replayed(WorkflowHistory(history.workflow_id, events), Kept)
    question = WorkflowActivation(run_id="any", history_length=len(events))
    question.jobs.add().query_workflow.query_id = "legacy_query"
    answer = Kept.run.activate(question)
    assert answer.failed.failure.message == WITHOUT_A_TASK


def _unfinished(history: WorkflowHistory, cut: WorkflowHistory) -> Iterator[HistoryEvent]:
    """The task begins, times out, and waits again."""
    yield from cut.events
    scheduled, started = cut.events[-1], history.events[len(cut.events)]
    yield started
    over = HistoryEvent(event_id=started.event_id + 1, event_type=TIMED_OUT)
    over.event_time.FromSeconds(started.event_time.seconds + 10)
    over.workflow_task_timed_out_event_attributes.scheduled_event_id = scheduled.event_id
    over.workflow_task_timed_out_event_attributes.started_event_id = started.event_id
    yield over
    again = HistoryEvent()
    again.CopyFrom(scheduled)
    again.event_id = over.event_id + 1
    again.event_time.CopyFrom(over.event_time)
    yield again


def _cut_after(history: WorkflowHistory, happened: int) -> WorkflowHistory:
    """Up to the last such event that a task follows, with that task waiting."""
    kinds = [event.event_type for event in history.events]
    last = max(
        n for n, kind in enumerate(kinds[:-2]) if (kind, kinds[n + 1]) == (happened, SCHEDULED)
    )
    return WorkflowHistory(history.workflow_id, history.events[: last + 2])
