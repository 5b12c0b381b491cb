"""What goes through the engine is sealed: by the key of the case whose run it belongs to, else by
that of what goes across cases.

Sealed and opened where clients and workers of the library hand over payloads, never inside a run:
a run and its replay see what was said. What was never sealed (a golden history, another program's
payload) is read as it is.
"""

import asyncio
from collections.abc import Sequence
from typing import Protocol, Self

from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec, SerializationContext, WithSerializationContext

from domain.errors import Code, Unreachable
from domain.numbers import is_case_id
from domain.words import ACROSS

ENCODING = b"binary/yishen-sealed"
KEY = "yishen-key"
SUITE = "yishen-suite"


class Key(Protocol):
    """What seals and opens."""

    @property
    def name(self) -> str:
        """Of the key."""
        ...

    @property
    def suite(self) -> str:
        """Of ciphers."""
        ...

    def seal(self, content: bytes) -> bytes:
        """Bytes that say nothing to whoever lacks the key."""
        ...

    def open(self, sealed: bytes) -> bytes:
        """What `seal` was given. ValueError: not this key's, or not as it was."""
        ...


class Keys(Protocol):
    """Where the keys are had from."""

    @property
    def store(self) -> str:
        """Its name, for people."""
        ...

    def at_hand(self, name: str) -> Key | None:
        """The key of that name, where nothing has to be waited for."""
        ...

    def fetch(self, name: str) -> Key:
        """The key of that name, from where it is kept; may take its time.

        Raises Refusal(words_destroyed), Unreachable(key_store_unreachable, key_missing, …): no
        error of the engine's own kinds, so that a run or an activity which meets it is tried again.
        """
        ...


class SealingCodec(PayloadCodec, WithSerializationContext):
    """Seals by the key of `name`; opens by the key that a payload names."""

    def __init__(self, keys: Keys, name: str = ACROSS) -> None:
        self._keys = keys
        self._name = name

    def with_context(self, context: SerializationContext) -> Self:
        """For the payloads of one run, or of what it asked to be done."""
        name = _key_of(getattr(context, "workflow_id", None))
        return self if name == self._name else type(self)(self._keys, name)

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Sealed, each with what it says of itself. Raises as `Keys.fetch`."""
        key = await self._key(self._name)
        marks = {"encoding": ENCODING, KEY: key.name.encode(), SUITE: key.suite.encode()}
        return [Payload(metadata=marks, data=key.seal(p.SerializeToString())) for p in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """As they were before `encode`. Raises as `Keys.fetch`."""
        return [await self._opened(payload) for payload in payloads]

    async def _opened(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            return payload
        key = await self._key(payload.metadata[KEY].decode())
        try:
            return Payload.FromString(key.open(payload.data))
        except ValueError as error:
            raise Unreachable(Code.KEY_MISSING, key=key.name, store=self._keys.store) from error

    async def _key(self, name: str) -> Key:
        held = self._keys.at_hand(name)
        if held is not None:
            return held
        # The store is a file or a server: whoever waits for it must not hold up everything else.
        return await asyncio.to_thread(self._keys.fetch, name)


def _key_of(workflow: str | None) -> str:
    return workflow if workflow is not None and is_case_id(workflow) else ACROSS
