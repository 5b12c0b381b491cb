"""From "the process runs" to "cases can start": health, namespace, search attributes."""

import asyncio
import time
from collections.abc import Mapping
from datetime import timedelta

from google.protobuf.duration_pb2 import Duration
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.operatorservice.v1 import (
    AddSearchAttributesRequest,
    ListSearchAttributesRequest,
)
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    DescribeTaskQueueRequest,
    DescribeWorkflowExecutionRequest,
    RegisterNamespaceRequest,
    UpdateNamespaceRequest,
)
from temporalio.client import Client
from temporalio.envconfig import ClientConfigProfile
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import Code, Unreachable
from starter.engine.children import Child
from workflows.converter import data_converter

KEYWORD = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
DATETIME = IndexedValueType.INDEXED_VALUE_TYPE_DATETIME

SEARCH_ATTRIBUTES: Mapping[str, "IndexedValueType.ValueType"] = {
    "CaseStatus": KEYWORD,
    "Department": KEYWORD,
    "DueAt": DATETIME,
    "Statute": KEYWORD,
    "RequestNo": KEYWORD,
}
RETENTION = timedelta(days=90)
"""How long closed histories are kept: the register is the record, and a case goes on from there."""

CALL = timedelta(seconds=10)


class ProcessEndedError(Exception):
    """The server process ended before it was ready."""


async def wait_healthy(
    profile: ClientConfigProfile, child: Child | None, within: float = 60.0
) -> Client:
    """Connect as soon as the frontend says it is healthy; a client of the `default` namespace.

    Raises ProcessEndedError when `child` ends first, Unreachable(engine_not_ready) after
    `within` seconds.
    """
    deadline = time.monotonic() + within
    while True:
        if child is not None and child.exit_code is not None:
            raise ProcessEndedError(child.name)
        try:
            # One attempt: the SDK answers RuntimeError while nothing listens or the frontend
            # isn't healthy yet; polling that is the only sign the server gives.
            return await asyncio.wait_for(
                Client.connect(**profile.to_client_connect_config(), data_converter=data_converter),
                timeout=5,
            )
        except (RuntimeError, TimeoutError) as error:
            if time.monotonic() > deadline:
                raise Unreachable(
                    Code.ENGINE_NOT_READY, address=profile.address or "", detail=error
                ) from error
        await asyncio.sleep(0.03)


async def wait_serving(client: Client, namespace: str, within: float = 60.0) -> None:
    """Wait until the services behind the frontend answer too, as a first case will need them.

    The frontend is healthy before it has found the others. Raises Unreachable(engine_not_ready)
    after `within` seconds.
    """
    queue = DescribeTaskQueueRequest(namespace=namespace, task_queue=TaskQueue(name="ready"))
    nobody = DescribeWorkflowExecutionRequest(
        namespace=namespace, execution=WorkflowExecution(workflow_id="ready")
    )
    deadline = time.monotonic() + within
    while True:
        try:
            await client.workflow_service.describe_task_queue(queue, timeout=CALL)
            await client.workflow_service.describe_workflow_execution(nobody, timeout=CALL)
        except RPCError as error:
            if error.status == RPCStatusCode.NOT_FOUND:
                return  # no such workflow: all of them answered
            if time.monotonic() > deadline:
                address = client.service_client.config.target_host
                raise Unreachable(
                    Code.ENGINE_NOT_READY, address=address, detail=error.message
                ) from error
        await asyncio.sleep(0.03)


async def ensure_namespace(client: Client, name: str) -> None:
    """Register the namespace; nothing happens when it is there."""
    request = RegisterNamespaceRequest(
        namespace=name, workflow_execution_retention_period=_duration(RETENTION)
    )
    try:
        await client.workflow_service.register_namespace(request, timeout=CALL, retry=True)
    except RPCError as error:
        if error.status != RPCStatusCode.ALREADY_EXISTS:
            raise


async def ensure_retention(client: Client, name: str) -> None:
    """The namespace keeps closed histories for RETENTION, whatever it kept them for before."""
    if await namespace_retention(client, name) == RETENTION:
        return
    config = NamespaceConfig(workflow_execution_retention_ttl=_duration(RETENTION))
    request = UpdateNamespaceRequest(namespace=name, config=config)
    await client.workflow_service.update_namespace(request, timeout=CALL, retry=True)


async def ensure_search_attributes(
    client: Client,
    namespace: str,
    wanted: Mapping[str, "IndexedValueType.ValueType"] = SEARCH_ATTRIBUTES,
) -> None:
    """Register what is missing, then compare all types.

    Registering one again with another type answers OK and changes nothing, hence the
    comparison. Raises Unreachable(search_attribute_type) when one has another type.
    """
    have = await search_attributes(client, namespace)
    missing = {name: kind for name, kind in wanted.items() if name not in have}
    if missing:
        await client.operator_service.add_search_attributes(
            AddSearchAttributesRequest(namespace=namespace, search_attributes=missing),
            timeout=CALL,
            retry=True,
        )
        have = await search_attributes(client, namespace)
    for name, kind in wanted.items():
        if have.get(name) != kind:
            raise Unreachable(
                Code.SEARCH_ATTRIBUTE_TYPE,
                name=name,
                namespace=namespace,
                wanted=_type_name(kind),
                found=_type_name(have.get(name)),
            )


async def search_attributes(
    client: Client, namespace: str
) -> dict[str, "IndexedValueType.ValueType"]:
    """The custom search attributes the namespace has."""
    answer = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=namespace), timeout=CALL, retry=True
    )
    return dict(answer.custom_attributes)


async def namespace_retention(client: Client, namespace: str) -> timedelta:
    """How long the namespace keeps closed histories."""
    answer = await client.workflow_service.describe_namespace(
        DescribeNamespaceRequest(namespace=namespace), timeout=CALL, retry=True
    )
    return answer.config.workflow_execution_retention_ttl.ToTimedelta()


def _duration(span: timedelta) -> Duration:
    value = Duration()
    value.FromTimedelta(span)
    return value


def _type_name(kind: "IndexedValueType.ValueType | None") -> str:
    if kind is None:
        return "-"
    return IndexedValueType.Name(kind).removeprefix("INDEXED_VALUE_TYPE_").capitalize()
