"""The engine of the tests: one for the session, on a folder, ports and namespace of its own."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from temporalio.client import Client

from office.running.act_key import act_key
from starter.engine.running import Engine, running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def engine(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Engine]:
    """A running engine that can skip time: `.address`, `.namespace`, `.connect()`, …

    Independent of TEMPORAL_* and of any `yishen up`. Use fresh ids and task queues per test.
    """
    folder = tmp_path_factory.mktemp("engine")
    async with running(folder, namespace="test", isolated=True, time_skipping=True) as started:
        yield started


def pointing_at(engine: Engine) -> dict[str, str]:
    """Variables of an office whose configured server is this engine, with the key of its worker."""
    kept = {k: v for k, v in engine.environment().items() if k.startswith("TEMPORAL_")}
    return {**kept, "YISHEN_ACT_KEY": act_key(engine.folder.root).decode()}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def client(engine: Engine) -> Client:
    """One client of the test engine; make others with `await engine.connect()`."""
    return await engine.connect()
