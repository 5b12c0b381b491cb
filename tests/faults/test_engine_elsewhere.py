"""A process that serves many people follows the engine of its folder."""

from pathlib import Path

import pytest
from temporalio.api.workflowservice.v1 import GetSystemInfoRequest
from temporalio.client import Client

from domain.errors import Code, Unreachable
from office.running.making_ready import make_ready
from office.running.shared_engine import SharedEngine
from office.settings import Settings
from starter.engine.client import connect
from starter.engine.running import running

pytestmark = pytest.mark.temporal


async def answers(client: Client) -> bool:
    return bool(await client.workflow_service.get_system_info(GetSystemInfoRequest()))


async def test_an_engine_that_comes_back_elsewhere_is_found_by_the_next_who_asks(
    tmp_path: Path,
) -> None:
    settings = Settings(data=tmp_path)
    make_ready(settings)
    engine = SharedEngine(connect)
    async with running(tmp_path, isolated=True) as first:
        assert await answers(await engine(settings))
        assert await engine(settings) is await engine(settings)
    with pytest.raises(Unreachable) as away:
        await engine(settings)
    assert away.value.code is Code.ENGINE_NOT_RUNNING
    async with running(tmp_path, isolated=True) as second:
        assert second.address != first.address
        assert await answers(await engine(settings))


async def test_it_is_found_by_who_never_saw_it_away(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    make_ready(settings)
    engine = SharedEngine(connect)
    async with running(tmp_path, isolated=True):
        assert await answers(await engine(settings))
    async with running(tmp_path, isolated=True):
        assert await answers(await engine(settings))
