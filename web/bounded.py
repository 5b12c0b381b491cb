"""What a client may do before anybody knows what it wants: the server's own parser waits for ever,
takes a head of any size, and lines after a body as lines of its head."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 64 << 10
"""Bytes of a request that are no body of it: a browser sends a few hundred."""

HEAD_SECONDS = 15.0
"""From its first byte to the end of these lines."""


class BoundedProtocol(HttpToolsProtocol):
    """Hangs up on a request whose lines are too long, or whose first ones don't end; passes over
    lines that come after the body: nobody waits for them to see what a proxy says, or who asks."""

    _came = 0
    _hanging_up: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._has_head()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._came > LARGEST_HEAD:
            self.transport.close()
            return
        self._came += len(data)
        super().data_received(data)

    def on_message_begin(self) -> None:
        if self._hanging_up is None:  # another request on the same connection
            self._wait_for_head()
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._hanging_up is not None:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._has_head()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._came = 0
        super().on_body(body)

    def _wait_for_head(self) -> None:
        self._came = 0
        self._hanging_up = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _has_head(self) -> None:
        if self._hanging_up is not None:
            self._hanging_up.cancel()
            self._hanging_up = None
