"""The processes that serve the pages, and word of when they answer."""

import asyncio
import os
import signal
import ssl
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from domain.errors import Code, Unreachable
from office.settings import Settings
from starter.announcement import Announcement, Say
from starter.engine.services import Service, Supervisor
from starter.web.place import WebPlace, bound, check_register

WEB = (sys.executable, "-P", "-m", "web")
"""-P: what lies in the folder somebody stands in is no part of the program."""

READY_SECONDS = 60.0

AGAIN_SECONDS = 0.2

QUESTION = b"HEAD /favicon.ico HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Where what listens everywhere is found from here."""


class Pages:
    """The socket, held here, so that a process that comes again finds its browsers waiting; it is
    handed to every process that serves it."""

    def __init__(self, place: WebPlace, command: Sequence[str | Path] = WEB) -> None:
        """`command`: what serves it. Raises Unreachable(web_port_taken)."""
        self._place = place
        self._command = command
        self.socket = bound(place)
        self._telling: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self.socket.getsockname()[1]
        return port

    @property
    def addresses(self) -> tuple[str, ...]:
        """What people type."""
        return self._place.addresses(self.port)

    def check(self, settings: Settings) -> None:
        """The register is there, and none that must stay at home. Raises
        InputError(web_demo_on_network), Unreachable(register_…)."""
        check_register(settings, self._place)

    def services(
        self, settings: Settings, env: Mapping[str, str], folder: Path | None
    ) -> list[Service]:
        """So many processes as the settings say; their logs in `folder` (None: where ours goes)."""
        names = ["web", *(f"web-{number}" for number in range(2, settings.web_processes + 1))]
        handle = self.socket.fileno()
        return [
            Service(
                name,
                (*self._command, str(handle)),
                env,
                folder / f"{name}.log" if folder else None,
                keep_open=(handle,),
            )
            for name in names
        ]

    async def answered(self, within: float = READY_SECONDS) -> None:
        """Wait until a page answers. Raises Unreachable(web_not_ready)."""
        try:
            async with asyncio.timeout(within):
                while True:
                    if await self._asked():
                        return
                    await asyncio.sleep(AGAIN_SECONDS)  # a process died under the question
        except TimeoutError as error:
            address = self.addresses[0]
            raise Unreachable(Code.WEB_NOT_READY, seconds=within, address=address) from error

    async def _asked(self) -> bool:
        host = ANYWHERE.get(self._place.host, self._place.host)
        try:
            reader, writer = await asyncio.open_connection(host, self.port, ssl=self._tls())
            writer.write(QUESTION)
            await reader.readuntil(b"\r\n")
            writer.close()
        except (OSError, EOFError):
            return False
        return True

    def _tls(self) -> ssl.SSLContext | None:
        """Without asking who it is: the socket is ours."""
        if self._place.certificate is None:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context

    def tell(self, say: Say) -> None:
        """What colleagues type."""
        say(Announcement("pages", {"address": "  ".join(self.addresses)}))

    def tell_again(self, say: Say) -> None:
        """The same once a process that died was followed by another."""

        async def tell() -> None:
            with suppress(Unreachable):  # whoever watches the process says why
                await self.answered()
                self.tell(say)

        self._telling = asyncio.create_task(tell())

    def close(self) -> None:
        """Let go of the address."""
        if self._telling is not None:
            self._telling.cancel()
        self.socket.close()


async def serve_several(settings: Settings, pages: Pages, say: Say) -> None:
    """Serve by several processes until SIGINT or SIGTERM. Must run in the main thread. Raises
    Unreachable(service_failed, web_not_ready)."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)

    def restarted(name: str, code: int) -> None:
        say(Announcement("restarted", {"service": name, "code": code, "log": "-"}))
        pages.tell_again(say)

    env = {**os.environ, "YISHEN_DATA": str(settings.data)}
    found = [Supervisor(each, restarted) for each in pages.services(settings, env, None)]
    for one in found:
        one.start()
    told = asyncio.create_task(stop.wait())
    tasks = [told, *(asyncio.create_task(one.watch()) for one in found)]
    try:
        await pages.answered()
        pages.tell(say)
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for ended in done:
            ended.result()  # watchers end only by an error
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*(one.stop() for one in found))
        pages.close()
