"""The engine on its data folder: ready for cases, found by others, there again after a stop."""

import asyncio
import json
import time
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.workflowservice.v1 import UpdateNamespaceRequest
from temporalio.client import Client
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes
from temporalio.worker import Worker

from domain.errors import Code, Unreachable
from office.settings import Settings
from starter.engine.client import connect
from starter.engine.ready import (
    SEARCH_ATTRIBUTES,
    ensure_namespace,
    ensure_search_attributes,
    namespace_retention,
    search_attributes,
)
from starter.engine.record import EngineRecord, Way, find_running, read_origin
from starter.engine.running import NAMESPACE, Engine, running
from starter.engine.virtual_time import has_time_skipping
from tests.engine_fixture import pointing_at
from tests.starter.engine.waiter import Waiter

pytestmark = pytest.mark.temporal


async def test_namespace_and_attributes_are_there_and_usable_at_once(engine: Engine) -> None:
    client = await engine.connect()
    assert await search_attributes(client, engine.namespace) == SEARCH_ATTRIBUTES
    assert await namespace_retention(client, engine.namespace) == timedelta(days=90)
    status = SearchAttributeKey.for_keyword("CaseStatus")
    handle = await client.start_workflow(
        Waiter.run,
        "x",
        id=f"listed-{uuid.uuid4()}",
        task_queue="nobody",
        search_attributes=TypedSearchAttributes([SearchAttributePair(status, "in_hand")]),
    )
    async with asyncio.timeout(10):
        while True:
            if [found async for found in client.list_workflows('CaseStatus = "in_hand"')]:
                break
            await asyncio.sleep(0.05)
    await handle.terminate()


async def test_an_attribute_of_another_type_is_refused(client: Client) -> None:
    namespace = f"other-{uuid.uuid4()}"
    await ensure_namespace(client, namespace)
    integer = IndexedValueType.INDEXED_VALUE_TYPE_INT
    await ensure_search_attributes(client, namespace, {"Statute": integer})
    with pytest.raises(Unreachable) as refused:
        await ensure_search_attributes(client, namespace)
    assert refused.value.code is Code.SEARCH_ATTRIBUTE_TYPE
    assert refused.value.params["name"] == "Statute"
    assert (refused.value.params["found"], refused.value.params["wanted"]) == ("Int", "Keyword")


async def test_a_second_start_finds_everything_again(tmp_path: Path) -> None:
    queue = f"again-{uuid.uuid4()}"
    async with running(tmp_path, isolated=True) as engine:
        client = await engine.connect()
        await client.start_workflow(Waiter.run, "依申", id=queue, task_queue=queue)
        # As an older release left it.
        config = NamespaceConfig(workflow_execution_retention_ttl=Duration(seconds=3650 * 86400))
        await client.workflow_service.update_namespace(
            UpdateNamespaceRequest(namespace=engine.namespace, config=config)
        )
        first = find_running(tmp_path)
    assert first is not None
    assert find_running(tmp_path) is None, "removed on stop"
    assert not (tmp_path / "engine.json").exists()
    origin = read_origin(tmp_path / "engine-origin.json")
    assert origin is not None
    assert origin.way is Way.CACHED
    begun = time.monotonic()
    async with running(tmp_path, isolated=True) as engine:
        client = await engine.connect()
        async with Worker(client, task_queue=queue, workflows=[Waiter]), asyncio.timeout(60):
            handle = client.get_workflow_handle_for(Waiter.run, queue)
            await handle.signal(Waiter.finish)
            assert await handle.result() == "依申"
            assert await namespace_retention(client, engine.namespace) == timedelta(days=90)
            assert time.monotonic() - begun < 30, "task queues answer at once after a restart"


async def test_a_start_with_the_engine_in_the_cache_is_quick(tmp_path: Path) -> None:
    begun = time.monotonic()
    async with running(tmp_path, isolated=True):
        assert time.monotonic() - begun < 30


async def test_time_is_not_skipped_unless_asked(tmp_path: Path) -> None:
    async with running(tmp_path, isolated=True) as engine:
        assert not await has_time_skipping(await engine.connect())


async def test_isolated_ignores_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
    async with running(tmp_path, isolated=True) as engine:
        client = await engine.connect()
        assert client.namespace == NAMESPACE
        environment = engine.environment()
        assert environment["TEMPORAL_ADDRESS"] == engine.address
        assert environment["YISHEN_DATA"] == str(tmp_path)


async def test_a_configured_server_is_used_and_nothing_started(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in pointing_at(engine).items():
        monkeypatch.setenv(name, value)
    async with running(tmp_path) as used:
        assert (used.way, used.child) == (Way.CONFIGURED, None)
        assert (await used.connect()).namespace == engine.namespace
        assert not (tmp_path / "engine.db").exists()
        assert used.environment()["TEMPORAL_ADDRESS"] == engine.address


async def test_a_namespace_that_is_not_there_is_not_made_on_a_configured_server(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (pointing_at(engine) | {"TEMPORAL_NAMESPACE": "slip"}).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Unreachable) as refused:
        await running(tmp_path).__aenter__()
    assert refused.value.code is Code.ENGINE_REFUSED


class TestConnect:
    """`starter.engine.client.connect`."""

    @pytest.fixture(autouse=True)
    def nothing_set(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.delenv("TEMPORAL_ADDRESS", raising=False)
        monkeypatch.delenv("TEMPORAL_PROFILE", raising=False)
        monkeypatch.setenv("TEMPORAL_CONFIG_FILE", str(tmp_path / "none.toml"))

    async def test_to_the_engine_of_the_data_folder(self, engine: Engine) -> None:
        client = await connect(Settings(data=engine.folder.root))
        assert client.namespace == engine.namespace

    async def test_nothing_runs(self, tmp_path: Path) -> None:
        with pytest.raises(Unreachable) as refused:
            await connect(Settings(data=tmp_path))
        assert refused.value.code is Code.ENGINE_NOT_RUNNING

    async def test_a_record_whose_process_is_gone_is_not_believed(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        written = json.loads((engine.folder.root / "engine.json").read_text())
        (tmp_path / "engine.json").write_text(json.dumps(written))
        assert EngineRecord.model_validate(written).pid > 0
        with pytest.raises(Unreachable) as refused:  # nobody holds this folder's lock
            await connect(Settings(data=tmp_path))
        assert refused.value.code is Code.ENGINE_NOT_RUNNING

    async def test_nothing_listens_at_the_configured_address(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
        begun = time.monotonic()
        with pytest.raises(Unreachable) as refused:
            await connect(None)
        assert refused.value.code is Code.ENGINE_UNREACHABLE
        assert time.monotonic() - begun < 30

    async def test_what_listens_never_answers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        silent = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
        port = silent.sockets[0].getsockname()[1]
        monkeypatch.setenv("TEMPORAL_ADDRESS", f"127.0.0.1:{port}")
        begun = time.monotonic()
        with pytest.raises(Unreachable):
            await connect(None)
        assert time.monotonic() - begun < 30
        silent.close()
