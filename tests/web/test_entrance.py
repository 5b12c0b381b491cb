"""Who comes while the pages behind the entrance are still being loaded."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from office.desk import Reading
from tests.waiting import WITHIN
from tests.web.served import served
from tests.web.site import ORIGIN, Browser, browser, desk_app
from web import app as application
from web.interior import Interior, Subject


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Set once the rest may be loaded."""
    loaded, load = threading.Event(), application._subjects

    def late() -> tuple[Subject, ...]:
        loaded.wait()
        return load()

    monkeypatch.setattr(application, "_subjects", late)
    yield loaded
    loaded.set()


async def test_people_sign_in_while_the_rest_is_loaded_and_wait_for_their_page(
    tmp_path: Path, loaded: threading.Event
) -> None:
    async with desk_app(tmp_path) as (app, _), browser(app) as wang:
        first = await wang.get("/")
        assert (first.status_code, first.headers["location"]) == (303, "/sign-in?next=/")
        await wang.sign_in("wang")
        asked = [asyncio.create_task(wang.get(path)) for path in ("/cases", "/", "/nowhere")]
        form = (await wang.get("/sign-in")).text
        assert (await wang.get(form.split('rel="stylesheet" href="')[1].split('"')[0])).is_success
        assert not any(one.done() for one in asked)
        loaded.set()
        assert [(await one).status_code for one in asked] == [200, 200, 404]
        assert (await wang.get("/nowhere")).status_code == 404


async def test_by_https_too_whoever_is_signed_in_waits_for_their_page(
    tmp_path: Path, loaded: threading.Event
) -> None:
    async with (
        desk_app(tmp_path) as (app, _),
        Browser(
            transport=httpx.ASGITransport(app), base_url=ORIGIN.replace("http", "https")
        ) as wang,
    ):
        await wang.press("/sign-in/demo", {"person": "wang"}, at="/sign-in")
        asked = asyncio.create_task(wang.get("/"))
        await wang.get("/sign-in")
        assert not asked.done()
        loaded.set()
        assert (await asked).status_code == 200


@pytest.mark.parametrize("part", ["_interior", "_subjects"])
async def test_a_desk_whose_pages_cannot_be_loaded_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    def missing() -> tuple[Subject, ...]:
        raise ImportError(part)

    monkeypatch.setattr(application, part, missing)
    with pytest.raises(ImportError):
        async with served(tmp_path) as desk, asyncio.timeout(WITHIN):
            await asyncio.shield(desk.task)


async def test_a_desk_is_stopped_while_its_pages_are_loaded(
    tmp_path: Path, loaded: threading.Event
) -> None:
    async with served(tmp_path) as desk, asyncio.timeout(WITHIN):
        await desk.stop()
    assert not loaded.is_set()


async def test_whoever_waits_as_the_desk_opens_is_answered_before_the_rest_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, load = asyncio.Event(), application._interior
    loop = asyncio.get_running_loop()

    def noted() -> Interior:
        loop.call_soon_threadsafe(begun.set)
        return load()

    monkeypatch.setattr(application, "_interior", noted)
    monkeypatch.setattr(application, "FIRST_SECONDS", 3600.0)
    async with desk_app(tmp_path) as (app, _), browser(app) as someone, asyncio.timeout(WITHIN):
        process, before = app.state.process, list[bool]()
        read = process.read

        async def reading(query: Callable[[Reading], Any]) -> Any:
            found = await read(query)
            before.append(begun.is_set())
            return found

        monkeypatch.setattr(process, "read", reading)
        assert (await someone.get("/sign-in")).status_code == 200
        assert before == [False]
        await begun.wait()
        assert (await someone.get("/cases")).headers["location"] == "/sign-in?next=/cases"


async def test_nobody_has_to_come_for_the_rest_to_be_loaded(tmp_path: Path) -> None:
    async with desk_app(tmp_path) as (app, _), asyncio.timeout(WITHIN):
        await app.state.complete


async def test_whoever_comes_first_for_another_page_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "FIRST_SECONDS", 3600.0)
    async with desk_app(tmp_path) as (app, _), browser(app) as someone, asyncio.timeout(WITHIN):
        assert (await someone.get("/nowhere")).status_code == 404


async def test_the_entrance_says_which_methods_it_has(tmp_path: Path) -> None:
    async with desk_app(tmp_path) as (app, _), browser(app) as someone:
        assert (await someone.head("/sign-in")).status_code == 200
        for path in ("/sign-in", "/favicon.ico", "/static/0/desk.css"):
            assert (await someone.delete(path)).status_code == 405
