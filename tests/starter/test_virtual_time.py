"""Virtual time on the embedded engine."""

import asyncio
import uuid
from datetime import timedelta

import pytest
from temporalio import workflow
from temporalio.client import Client
from temporalio.worker import Worker

from domain.errors import Code, Unreachable
from starter.engine.virtual_time import fast_forward, has_time_skipping, skipper

pytestmark = pytest.mark.temporal


@workflow.defn
class Sleeper:
    """Sleeps some days, one after the other; tells how many seconds it lived."""

    @workflow.run
    async def run(self, days: int) -> float:
        begun = workflow.now()
        for _ in range(days):
            await workflow.sleep(timedelta(days=1))
        return (workflow.now() - begun).total_seconds()


async def test_thirty_days_pass_in_seconds(client: Client) -> None:
    queue = f"sleep-{uuid.uuid4()}"
    async with Worker(client, task_queue=queue, workflows=[Sleeper]), asyncio.timeout(30):
        handle = await skipper(client).client.start_workflow(
            Sleeper.run, 30, id=queue, task_queue=queue
        )
        await fast_forward(client, handle, timedelta(days=10))
        assert (await handle.describe()).close_time is None
        await fast_forward(client, handle, timedelta(days=19, hours=23))
        assert (await handle.describe()).close_time is None
        with pytest.raises(Unreachable):  # it ends on the way: a jump of two days isn't completed
            await fast_forward(client, handle, timedelta(days=2))
        lived = await handle.result()
    assert (
        timedelta(days=30).total_seconds() <= lived < timedelta(days=30, minutes=1).total_seconds()
    )


@pytest.mark.slow
async def test_more_timers_are_crossed_than_the_server_allows_by_itself(client: Client) -> None:
    queue = f"sleep-{uuid.uuid4()}"
    async with Worker(client, task_queue=queue, workflows=[Sleeper]), asyncio.timeout(60):
        handle = await skipper(client).client.start_workflow(
            Sleeper.run, 300, id=queue, task_queue=queue
        )
        await fast_forward(client, handle, timedelta(days=250))
        assert (await handle.describe()).close_time is None


async def test_without_a_worker_the_jump_is_given_up_in_time(client: Client) -> None:
    queue = f"sleep-{uuid.uuid4()}"
    handle = await skipper(client).client.start_workflow(
        Sleeper.run, 30, id=queue, task_queue=queue
    )
    with pytest.raises(Unreachable) as refused:
        await fast_forward(client, handle, timedelta(days=1), within=timedelta(seconds=1))
    assert refused.value.code is Code.TIME_SKIP_FAILED
    assert refused.value.params["detail"] == "timeout"


async def test_the_server_says_whether_it_skips(client: Client) -> None:
    assert await has_time_skipping(client)
