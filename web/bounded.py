"""What a client may do before anybody knows what it wants: the server's own parser waits for ever,
takes a head of any size, and lines after a body as lines of its head."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 64 << 10
"""Bytes of a request that are no body of it: a browser sends a few hundred."""

HEAD_SECONDS = 15.0
"""From its first byte to the end of these lines."""

BODY_SECONDS = 60.0
"""From one piece of a body to the next: a browser that fell asleep doesn't come back to it."""


class BoundedProtocol(HttpToolsProtocol):
    """Hangs up on a request whose lines are too long, or which doesn't go on; passes over lines
    that come after the body: nobody waits for them to see what a proxy says, or who asks."""

    _came = 0
    _in_head = True
    _hanging_up: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait(HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        self._rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._came > LARGEST_HEAD:
            self.transport.close()
            return
        self._came += len(data)
        super().data_received(data)

    def on_message_begin(self) -> None:
        if not self._in_head:  # another request on the same connection
            self._in_head, self._came = True, 0
            self._wait(HEAD_SECONDS)
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._wait(BODY_SECONDS)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._came = 0
        self._wait(BODY_SECONDS)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._rest()
        super().on_message_complete()

    def _wait(self, seconds: float) -> None:
        self._rest()
        self._hanging_up = self.loop.call_later(seconds, self._hang_up)

    def _rest(self) -> None:
        if self._hanging_up is not None:
            self._hanging_up.cancel()
            self._hanging_up = None

    def _hang_up(self) -> None:
        if self.flow.read_paused:  # it is we who don't go on
            self._wait(BODY_SECONDS)
        else:
            self.transport.close()
