"""What goes through the engine sealed, or in plain, in one process and in turn."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from temporalio.api.common.v1 import Payload
from temporalio.client import Client

from office.running.key_store import PayloadKeys
from office.settings import Settings
from workflows.codec import SealingCodec


class Switched(SealingCodec):
    """Seals, unless told not to."""

    seals = True

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Sealed, or as they are."""
        return await super().encode(payloads) if Switched.seals else list(payloads)


def switched(client: Client, settings: Settings) -> Client:
    """The same client, whose sealing can be turned off."""
    config = client.config()
    codec = Switched(PayloadKeys(settings))
    config["data_converter"] = replace(client.data_converter, payload_codec=codec)
    return Client(**config)


@contextmanager
def unsealed() -> Iterator[None]:
    """Inside, whatever a switched client or its worker sends stands in plain."""
    Switched.seals = False
    try:
        yield
    finally:
        Switched.seals = True
