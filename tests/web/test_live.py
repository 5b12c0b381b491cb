"""Pages that renew themselves: told of changes, ended with their session, closed at the end."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import structlog

from domain.errors import Code
from office.signing_in.sessions import end_all, look
from register.reads.troubles import What
from register.writes.troubles import note
from tests.waiting import WITHIN, until
from tests.web.served import served
from tests.web.site import Browser

STREAMS, WRITING = 20, 8


@asynccontextmanager
async def listening(who: Browser) -> AsyncIterator[AsyncIterator[str]]:
    """The events of a page left open, by their names."""
    async with who.stream("GET", "/live") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")

        async def names() -> AsyncIterator[str]:
            async for line in answer.aiter_lines():
                if line.startswith("event: "):
                    yield line.removeprefix("event: ")

        yield names()


async def test_a_page_left_open_hears_of_a_change(tmp_path: Path) -> None:
    async with (
        served(tmp_path) as desk,
        desk.signed_in("wang") as wang,
        listening(wang) as events,
    ):
        heard = asyncio.ensure_future(anext(events))
        with desk.register.writing() as session:
            note(session, "2026-0001", What.RUN, Code.RUN_FAILS, "x")
        async with asyncio.timeout(WITHIN):
            assert await heard == "changed"


async def test_the_stream_of_a_session_that_was_ended_ends(tmp_path: Path) -> None:
    async with served(tmp_path) as desk, desk.signed_in("wang") as wang:
        async with listening(wang) as events:
            who = look(desk.register, wang.cookies["session"])
            assert who is not None
            end_all(desk.register, who)
            async with asyncio.timeout(WITHIN):
                assert [name async for name in events][-1] == "over"
        assert (await wang.get("/live")).status_code == 204


async def test_told_to_stop_it_ends_with_many_pages_open(tmp_path: Path) -> None:
    async with served(tmp_path) as desk, desk.signed_in("wang") as wang:
        limits = httpx.Limits(max_connections=STREAMS)
        async with httpx.AsyncClient(
            base_url=desk.address, cookies=wang.cookies, limits=limits, timeout=WITHIN
        ) as tabs:
            opened = [tabs.build_request("GET", "/live") for _ in range(STREAMS)]
            answers = [await tabs.send(one, stream=True) for one in opened]
            assert {answer.status_code for answer in answers} == {200}
            begun = time.monotonic()
            await desk.stop()
            assert time.monotonic() - begun < 5
            for answer in answers:
                await answer.aread()  # ended, not broken off


async def test_a_tab_left_open_is_nobody_at_work(tmp_path: Path) -> None:
    async with served(tmp_path) as desk, desk.signed_in("wang") as wang:

        def seen_at() -> datetime:
            found = look(desk.register, wang.cookies["session"])
            assert found is not None
            return found.seen_at

        with closing(sqlite3.connect(tmp_path / "register.db")) as database, database:
            earlier = (datetime.now(UTC) - timedelta(minutes=5)).isoformat(" ")
            database.execute("UPDATE desk_sessions SET seen_at = ?", [earlier])
        before = seen_at()
        assert (await wang.get("/", headers={"x-live": "1"})).status_code == 200
        assert (await wang.get("/cases", headers={"x-live": "1"})).status_code == 200
        assert seen_at() == before

        async def noted() -> bool:
            return seen_at() > before

        assert (await wang.get("/")).status_code == 200
        await until(noted)


async def test_lists_answer_while_another_process_holds_the_write_lock(tmp_path: Path) -> None:
    async with served(tmp_path, patience=4 * WITHIN) as desk, desk.signed_in("wang") as wang:
        await wang.get("/cases")
        with closing(sqlite3.connect(tmp_path / "register.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            writes = [
                asyncio.ensure_future(wang.press("/sign-in/demo", {"person": "li"}, at="/sign-in"))
                for _ in range(WRITING)
            ]
            took = []
            with structlog.testing.capture_logs() as lines:
                for path in ("/", "/cases") * 10:
                    begun = time.monotonic()
                    assert (await wang.get(path)).status_code == 200
                    took.append(time.monotonic() - begun)
            assert not any(write.done() for write in writes)
            assert len([line for line in lines if line["route"] != "/sign-in"]) == len(took)
            other.execute("ROLLBACK")
            assert sorted(took)[len(took) // 2] < 2  # the others wait on
            assert {answer.status_code for answer in await asyncio.gather(*writes)} == {303}
