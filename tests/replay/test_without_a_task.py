"""Histories that end before the run's own task: so comes a question that waited for a worker."""

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory

from tests.replay.capture import replayed
from tests.replay.record import names, runs
from workflows.messages import WITHOUT_A_TASK
from workflows.runner import OwnTasksOnly

FIRED = EventType.EVENT_TYPE_TIMER_FIRED
COMPLETED = EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED
SCHEDULED = EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED


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


def _cut_after(history: WorkflowHistory, happened: int) -> WorkflowHistory:
    """Up to the last such event that a task follows, with that task waiting."""
    kinds = [event.event_type for event in history.events]
    last = max(
        n for n, kind in enumerate(kinds[:-2]) if (kind, kinds[n + 1]) == (happened, SCHEDULED)
    )
    return WorkflowHistory(history.workflow_id, history.events[: last + 2])
