"""Making an office's own Temporal cluster ready: namespace and search attributes."""

import asyncio
import time
from dataclasses import dataclass

from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode, WorkflowService

from domain.errors import Code, InputError, Unreachable
from starter.engine.client import NO_ANSWER, connect_profile, engine_errors
from starter.engine.ready import (
    CALL,
    SEARCH_ATTRIBUTES,
    ensure_namespace,
    ensure_search_attributes,
    search_attributes,
)
from starter.engine.running import DEFAULT_NAMESPACE
from starter.engine.ways import configured

SPREADS_WITHIN = 30.0
"""Seconds until every service of a cluster knows a new namespace."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is there now. `made`: the namespace is new; `added`: search attributes that are."""

    address: str
    namespace: str
    made: bool
    added: tuple[str, ...]


async def prepare() -> Prepared:
    """Make namespace and search attributes on the server that TEMPORAL_* or a profile names.
    Done again it changes nothing.

    InputError: engine_not_configured, temporal_profile. Unreachable: engine_unreachable,
    engine_refused (the account may not), search_attribute_type.
    """
    profile = configured()
    if profile is None:
        raise InputError(Code.ENGINE_NOT_CONFIGURED)
    name, address = profile.namespace or DEFAULT_NAMESPACE, profile.address or ""
    client = await connect_profile(profile, None, None, namespace=name)
    with engine_errors(address):
        try:
            made = not await _exists(client.workflow_service, name)
            if made:
                await ensure_namespace(client, name)
            before = await _until_known(client, name)
            await ensure_search_attributes(client, name)
        except RPCError as error:
            if error.status in NO_ANSWER:
                raise
            raise Unreachable(
                Code.ENGINE_REFUSED, address=address, namespace=name, detail=error.message
            ) from error
    added = tuple(sorted(SEARCH_ATTRIBUTES.keys() - before))
    return Prepared(address, name, made, added)


async def _exists(service: WorkflowService, name: str) -> bool:
    try:
        await service.describe_namespace(DescribeNamespaceRequest(namespace=name), timeout=CALL)
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return False
        raise
    return True


async def _until_known(client: Client, name: str) -> set[str]:
    """The search attributes there are, once the cluster knows the namespace."""
    deadline = time.monotonic() + SPREADS_WITHIN
    while True:
        try:
            return set(await search_attributes(client, name))
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND or time.monotonic() > deadline:
                raise
        await asyncio.sleep(0.2)
