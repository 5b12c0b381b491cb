"""Requests that come when they come, whether the ones before are answered or not: a time is counted
from the moment at which somebody would have asked."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import TypeAlias
from urllib.parse import urlencode

_Connection: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class Asked:
    """A page as a browser asks for it; `form`: sent by POST."""

    page: str
    path: str
    form: Mapping[str, str] | None = None


@dataclass(slots=True)
class Asker:
    """A browser with its cookie; each question on a connection that is free, else on a new one."""

    port: int
    cookie: str = ""
    _free: list[_Connection] = field(default_factory=list)

    async def ask(self, what: Asked) -> tuple[int, bytes]:
        """Status and body, as they came over the wire."""
        while self._free:
            with suppress(ConnectionError, asyncio.IncompleteReadError):  # the server had hung up
                return await self._once(self._free.pop(), what)
        return await self._once(await asyncio.open_connection("127.0.0.1", self.port), what)

    async def _once(self, connection: _Connection, what: Asked) -> tuple[int, bytes]:
        reader, writer = connection
        writer.write(self._request(what))
        answer = await _answer(reader)
        self._free.append(connection)
        return answer

    def _request(self, what: Asked) -> bytes:
        body = urlencode(what.form).encode() if what.form is not None else b""
        lines = [
            f"{'GET' if what.form is None else 'POST'} {what.path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Origin: http://127.0.0.1:{self.port}",
            f"Cookie: {self.cookie}",
            "Accept-Encoding: gzip",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def close(self) -> None:
        """Hang up."""
        for _, writer in self._free:
            writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    named = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])
    }
    body = await reader.readexactly(int(named.get("content-length", "0")))
    return int(head[0].split()[1]), body


@dataclass(frozen=True, slots=True)
class Taken:
    """How long a page took from the moment it was due to be asked for, in ms."""

    page: str
    status: int
    ms: float
    bytes: int


async def arrive(
    asked: Sequence[tuple[Asker, Asked]], every: float, beside: tuple[Asker, Asked]
) -> tuple[list[Taken], list[Taken]]:
    """All of them, one each so many seconds; and in the middle between two, the one beside."""
    begun = perf_counter() + 0.1
    planned = [(begun + n * every, each) for n, each in enumerate(asked)]
    between = [(begun + (n + 0.5) * every, beside) for n in range(len(asked))]
    ours = asyncio.gather(*(_at(when, *each) for when, each in planned))
    theirs = asyncio.gather(*(_at(when, *each) for when, each in between))
    return list(await ours), list(await theirs)


async def _at(when: float, asker: Asker, asked: Asked) -> Taken:
    await asyncio.sleep(max(0.0, when - perf_counter()))
    status, body = await asker.ask(asked)
    return Taken(asked.page, status, (perf_counter() - when) * 1000, len(body))
