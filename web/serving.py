"""The desk served to browsers, until told to stop."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn

from domain.errors import Code, Unreachable
from office.desk import Connect
from office.settings import Settings
from web.app import LOCAL, make_app

GRACE = 2
"""Seconds that answers under way have left once it is told to stop; streams end at once."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the desk is called."""

    host: str
    port: int

    @property
    def address(self) -> str:
        """What is typed into a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


class _Server(uvicorn.Server):
    """Ends like every service here: told to stop is no error."""

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


async def serve(settings: Settings, connect: Connect) -> None:
    """Serve until SIGINT or SIGTERM. Raises Unreachable(web_port_taken, register_…)."""
    sock = _bound(settings.web_listen)
    server = _Server(
        uvicorn.Config(
            make_app(settings, connect, hosts=LOCAL),
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=True,
            lifespan="on",
            http="httptools",
            timeout_graceful_shutdown=GRACE,
        )
    )
    await server.serve(sockets=[sock])


def _bound(listen: str) -> socket.socket:
    host, _, port = listen.rpartition(":")
    try:
        return socket.create_server((host, int(port)), reuse_port=True)
    except OSError as error:
        raise Unreachable(Code.WEB_PORT_TAKEN, address=listen, detail=error.strerror) from error
