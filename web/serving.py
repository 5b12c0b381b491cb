"""The desk served to browsers, until told to stop."""

import asyncio
import gc
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from office.settings import Settings
from starter.web.place import WebPlace
from web.app import make_app
from web.bounded import BoundedProtocol
from web.frame.process import WebProcess

if TYPE_CHECKING:
    from office.desk import Connect

GRACE = 2
"""Seconds that answers under way have left once it is told to stop; streams end at once."""

Told = Callable[[], None]


class _Server(uvicorn.Server):
    """Ends like every service here: told to stop is no error."""

    def __init__(self, config: uvicorn.Config, on_ready: Told, on_end: Told) -> None:
        super().__init__(config)
        self._on_ready, self._on_end = on_ready, on_end

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._on_end()  # open streams would be waited for
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)


async def serve(
    settings: Settings, connect: "Connect", place: WebPlace, sock: socket.socket, on_ready: Told
) -> None:
    """Serve on the socket until SIGINT or SIGTERM; `on_ready` is called once pages are answered.
    Raises whatever kept the pages behind the entrance from being loaded."""

    def ready() -> None:
        on_ready()
        app.state.complete.add_done_callback(complete)

    def complete(loading: asyncio.Task[None]) -> None:
        if not loading.cancelled() and loading.exception() is not None:
            server.should_exit = True
        _look_for_garbage()

    def end_streams() -> None:
        process: WebProcess = app.state.process
        process.streams.close()

    app = make_app(settings, connect, hosts=place.hosts, encrypted_only=place.encrypted_only)
    server = _Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=True,
            lifespan="on",
            http=BoundedProtocol,
            ssl_certfile=place.certificate,
            ssl_keyfile=place.key,
            proxy_headers=bool(place.proxies),
            forwarded_allow_ips=list(place.proxies),
            timeout_graceful_shutdown=GRACE,
        ),
        ready,
        end_streams,
    )
    await server.serve(sockets=[sock])
    if server.started and not app.state.complete.cancelled():
        app.state.complete.result()


def _look_for_garbage() -> None:
    """From now on, as pages need it: what was loaded is none, and most of a page goes by itself."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()
