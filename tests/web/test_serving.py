"""What every request meets on its way: limits, the log, compression."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import structlog
from starlette.applications import Starlette

from tests.waiting import WITHIN
from tests.web.served import served
from tests.web.site import ORIGIN, Browser, browser
from web import bounded
from web.frame.forms import LARGEST
from web.frame.security import HEADERS

FORM = (
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 15\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
)
CHUNKED = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"


async def test_a_form_that_is_too_large_is_refused_in_words(wang: Browser) -> None:
    large = {"text": "x" * LARGEST}
    answer = await wang.post("/find", data=large, headers={"origin": ORIGIN})
    assert (answer.status_code, "太大" in answer.text) == (413, True)


async def test_what_no_database_takes_is_refused_at_the_door(
    wang: Browser, visitor: Browser
) -> None:
    assert (await wang.press("/find", {"text": "张\0三"})).status_code == 422
    assert (await visitor.press("/sign-in", {"name": "\0"}, at="/sign-in")).status_code == 422
    for address in ("/cases?organ=%00", "/admin/people/%00", "/sign-in?next=%00"):
        assert (await wang.get(address)).status_code == 404


async def test_the_log_says_which_page_and_nothing_that_was_typed(wang: Browser) -> None:
    with structlog.testing.capture_logs() as lines:
        await wang.get("/cases/1999-0001?name=张三")
        await wang.get("/张三")
    assert [(line["route"], line["method"], line["status"]) for line in lines] == [
        ("/cases/{case}", "GET", 404),
        ("-", "GET", 404),
    ]
    assert "张三" not in str(lines)
    assert "1999-0001" not in str(lines)


async def test_an_error_nobody_foresaw_is_logged_without_its_words(app: Starlette) -> None:
    def fails() -> None:
        raise ValueError("张三的申请")

    await app.state.complete
    app.state.pages.add_api_route("/fails", fails)
    async with browser(app) as visitor:
        with structlog.testing.capture_logs() as lines:
            answer = await visitor.get("/fails")
    assert answer.status_code == 500
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.headers["cache-control"] == "no-store"
    assert "张三" not in answer.text + str(lines)
    failed = next(line for line in lines if line["event"] == "page_failed")
    assert (failed["route"], failed["error"]) == ("/fails", "ValueError")
    assert "test_serving.py" in failed["where"]


async def test_pages_and_style_travel_small(wang: Browser) -> None:
    page = await wang.get("/")
    assert page.headers["content-encoding"] == "gzip"
    style = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    assert (await wang.get(style)).headers["content-encoding"] == "gzip"


async def test_who_sends_no_end_of_a_request_is_hung_up_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr(bounded, "BODY_SECONDS", 0.5)
    async with served(tmp_path) as desk, desk.signed_in("wang") as wang:
        host, port = urlsplit(desk.address).hostname, urlsplit(desk.address).port

        async def answer(sent: bytes) -> bytes:
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(sent)
            async with asyncio.timeout(WITHIN):
                return await reader.read()

        assert await answer(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: slow") == b""
        assert await answer(FORM + b"name=") == b""
        assert (await wang.get("/")).status_code == 200


async def test_a_body_may_take_its_time_as_long_as_it_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "BODY_SECONDS", 2.0)
    async with served(tmp_path) as desk:
        host, port = urlsplit(desk.address).hostname, urlsplit(desk.address).port
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(FORM)
        for byte in b"name=a&code=123":
            writer.write(bytes([byte]))
            await asyncio.sleep(0.2)
        async with asyncio.timeout(WITHIN):
            assert b"409" in await reader.readline()
        writer.close()


async def test_lines_of_any_size_are_not_taken(tmp_path: Path) -> None:
    head = b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "
    async with served(tmp_path) as desk, desk.signed_in("wang") as wang:
        host, port = urlsplit(desk.address).hostname, urlsplit(desk.address).port

        async def go_on(begun: bytes, more: bytes) -> None:
            _, writer = await asyncio.open_connection(host, port)
            writer.write(begun)
            while True:
                writer.write(more)
                await writer.drain()

        for begun, more in (
            (head, b"x" * (1 << 16)),
            (CHUNKED + b"0\r\n", b"a: b\r\n" * (1 << 13)),
            (CHUNKED + b"0\r\na: ", b"x" * (1 << 16)),
            (CHUNKED + b"1;", b"x" * (1 << 16)),
        ):
            async with asyncio.timeout(WITHIN):
                with pytest.raises(ConnectionError):
                    await go_on(begun, more)
        assert (await wang.get("/")).status_code == 200


async def test_lines_after_the_body_say_nothing_of_who_asks(tmp_path: Path) -> None:
    async with served(tmp_path) as desk, desk.signed_in("wang") as wang:
        cookie = f"cookie: session={wang.cookies['session']}\r\n".encode()
        host, port = urlsplit(desk.address).hostname, urlsplit(desk.address).port
        head = b"GET /me HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"

        async def answer(sent: bytes) -> bytes:
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(sent)
            async with asyncio.timeout(WITHIN):
                found = await reader.readline()
            writer.close()
            return found

        assert b"200" in await answer(head + cookie + b"\r\n0\r\n\r\n")
        assert b"303" in await answer(head + b"\r\n0\r\n" + cookie + b"\r\n")
