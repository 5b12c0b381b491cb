"""`yishen engine prepare`: an office's own server gets what cases need, once."""

import uuid
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.client import Client

from domain.errors import Code
from starter.engine.ready import (
    RETENTION,
    SEARCH_ATTRIBUTES,
    ensure_namespace,
    ensure_search_attributes,
    namespace_retention,
    search_attributes,
)
from starter.engine.running import Engine
from tests.engine_fixture import pointing_at
from tests.starter.command_line import CommandLine

pytestmark = pytest.mark.temporal

ALL = sorted(SEARCH_ATTRIBUTES)


def office_of(engine: Engine, folder: Path, namespace: str) -> CommandLine:
    """An office whose engine is configured: a namespace on the server of the tests."""
    return CommandLine(folder, pointing_at(engine) | {"TEMPORAL_NAMESPACE": namespace})


@pytest.fixture
def namespace() -> str:
    return f"prepared-{uuid.uuid4()}"


async def test_a_server_that_lacks_everything_gets_it_once(
    engine: Engine, client: Client, tmp_path: Path, namespace: str
) -> None:
    yishen = office_of(engine, tmp_path, namespace)
    first = (await yishen("engine", "prepare", "--json")).done
    assert (first["made"], first["added"]) == (True, ALL)
    assert await search_attributes(client, namespace) == SEARCH_ATTRIBUTES
    assert await namespace_retention(client, namespace) == RETENTION
    again = await yishen("engine", "prepare", lang="zh")
    assert again.code == 0
    assert f"已有命名空间 {namespace}" in again.out
    assert "检索属性齐全" in again.out


async def test_a_namespace_that_is_there_keeps_what_it_has_and_gets_the_rest(
    engine: Engine, client: Client, tmp_path: Path, namespace: str
) -> None:
    await ensure_namespace(client, namespace)
    of_others = {"Clerk": IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD}
    there = {"Statute": SEARCH_ATTRIBUTES["Statute"], **of_others}
    await ensure_search_attributes(client, namespace, there)
    done = (await office_of(engine, tmp_path, namespace)("engine", "prepare", "--json")).done
    assert (done["made"], done["added"]) == (False, [n for n in ALL if n != "Statute"])
    assert await search_attributes(client, namespace) == {**SEARCH_ATTRIBUTES, **of_others}


async def test_an_attribute_of_another_type_is_for_the_administrator(
    engine: Engine, client: Client, tmp_path: Path, namespace: str
) -> None:
    await ensure_namespace(client, namespace)
    integer = IndexedValueType.INDEXED_VALUE_TYPE_INT
    await ensure_search_attributes(client, namespace, {"DueAt": integer})
    said = await office_of(engine, tmp_path, namespace)("engine", "prepare", "--json")
    assert (said.code, said.json["error"]["code"]) == (3, Code.SEARCH_ATTRIBUTE_TYPE)
    assert "DueAt" in said.json["error"]["message"]


async def test_where_no_server_is_named_or_answers_it_says_so(tmp_path: Path) -> None:
    nowhere = CommandLine(tmp_path, {"TEMPORAL_ADDRESS": "127.0.0.1:1"})
    for yishen, code in (
        (CommandLine(tmp_path, {}), Code.ENGINE_NOT_CONFIGURED),
        (nowhere, Code.ENGINE_UNREACHABLE),
    ):
        assert (await yishen("engine", "prepare", "--json")).json["error"]["code"] == code
    plain = await nowhere("engine", "prepare", lang="zh")
    assert (plain.code, "连接被拒绝" in plain.err) == (3, True)
