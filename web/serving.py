"""The desk served to browsers, until told to stop."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import structlog
import uvicorn

from domain.errors import Code, Unreachable
from office.desk import Connect
from office.settings import Settings
from web.app import LOCAL, make_app

HOST, USUAL_PORT = "127.0.0.1", 8730

GRACE = 2
"""Seconds that answers under way have left once it is told to stop; streams end at once."""


log = structlog.get_logger()


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
    sock = bound(settings.web_listen)
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
    host, port = sock.getsockname()[:2]
    log.info("listening", address=f"http://{host}:{port}/")
    await server.serve(sockets=[sock])


def bound(listen: str | None) -> socket.socket:
    """Where browsers are listened for. Raises Unreachable(web_port_taken)."""
    if listen is None:
        with suppress(OSError):
            return socket.create_server((HOST, USUAL_PORT))
        return socket.create_server((HOST, 0))
    host, _, port = listen.rpartition(":")
    try:
        return socket.create_server((host, int(port)))
    except OSError as error:
        raise Unreachable(Code.WEB_PORT_TAKEN, address=listen, detail=error.strerror) from error
