"""Connect once, the same way everywhere: a configured server, else the data folder's engine."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from temporalio.client import Client
from temporalio.envconfig import ClientConfigProfile
from temporalio.runtime import Runtime, TelemetryConfig
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import Code, Unreachable
from office.running.act_key import act_key
from office.running.key_store import PayloadKeys
from office.settings import Settings
from starter.engine.certificates import entrance
from starter.engine.paths import DataFolder
from starter.engine.record import find_running
from starter.engine.ways import configured
from workflows.converter import data_converter, sealed_by
from workflows.seal import Seal

CONNECT_SECONDS = 9.0
"""Bound on connecting; a command answers within 10 s."""
DEFAULT_NAMESPACE = "default"
NO_ANSWER = (RPCStatusCode.UNAVAILABLE, RPCStatusCode.DEADLINE_EXCEEDED)


@cache
def _quiet() -> Runtime:
    """The SDK's core would print its own coloured lines on standard output, between ours."""
    return Runtime(telemetry=TelemetryConfig(logging=None))


def keep_core_quiet() -> None:
    """The same for every client of this process."""
    Runtime.set_default(_quiet(), error_if_already_set=False)


async def connect(settings: Settings | None, **options: Any) -> Client:
    """A client of the server that TEMPORAL_* or a profile names, else of the data folder's engine;
    what it says is sealed by the keys of `settings` (None: it says nothing to any case).

    `options` as for `Client.connect` (interceptors, runtime, …). Raises InputError
    (temporal_profile), Unreachable(engine_not_running) when there is nothing to connect to,
    Unreachable(engine_unreachable) when it doesn't answer; all within 10 seconds.
    """
    data_dir = None if settings is None else settings.data
    profile = configured() or _own(data_dir)
    if profile is None:
        raise Unreachable(Code.ENGINE_NOT_RUNNING, folder=data_dir or "-")
    return await connect_profile(profile, data_dir, settings, **options)


def _own(data_dir: Path | None) -> ClientConfigProfile | None:
    """The engine that runs on the folder, its namespace and what opens it; None: none runs."""
    record = find_running(data_dir) if data_dir is not None else None
    if data_dir is None or record is None:
        return None
    tls = entrance(DataFolder.at(data_dir).certificates) if record.tls else None
    return ClientConfigProfile(address=record.address, namespace=record.namespace, tls=tls)


async def connect_profile(
    profile: ClientConfigProfile,
    data_dir: Path | None,
    settings: Settings | None,
    *,
    namespace: str | None = None,
    **options: Any,
) -> Client:
    """A client of the server a profile names; its messages carry the seal of `data_dir` (None: it
    sends no case any), and what they say stands under the keys of `settings` (None: in plain).
    Raises Unreachable(engine_unreachable)."""
    address = profile.address or ""
    try:
        config: dict[str, Any] = {**profile.to_client_connect_config()}
    except OSError as error:  # a certificate that isn't there, or isn't ours to read
        raise Unreachable(Code.ENGINE_UNREACHABLE, address=address, detail=error) from error
    config["namespace"] = namespace or profile.namespace or DEFAULT_NAMESPACE
    converter = data_converter if settings is None else sealed_by(PayloadKeys(settings))
    with engine_errors(address):
        options = {"runtime": _quiet(), **options}
        if data_dir is not None:
            seal = Seal(partial(act_key, data_dir))
            options["interceptors"] = [seal, *options.get("interceptors", ())]
        try:
            return await asyncio.wait_for(
                Client.connect(**config, **options, data_converter=converter),
                CONNECT_SECONDS,
            )
        except RuntimeError as error:  # the SDK's answer when nothing is there to connect
            raise Unreachable(Code.ENGINE_UNREACHABLE, address=address, detail=error) from error


@contextmanager
def engine_errors(address: str) -> Iterator[None]:
    """Turn "no answer" of calls inside into Unreachable(engine_unreachable); others pass."""
    try:
        yield
    except TimeoutError as error:
        raise Unreachable(Code.ENGINE_UNREACHABLE, address=address, detail="timeout") from error
    except RPCError as error:
        if error.status not in NO_ANSWER:
            raise
        raise Unreachable(Code.ENGINE_UNREACHABLE, address=address, detail=error.message) from error
