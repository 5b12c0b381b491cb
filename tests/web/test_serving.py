"""What every request meets on its way: limits, the log, compression."""

import structlog
from fastapi import FastAPI

from tests.web.site import ORIGIN, Browser, browser
from web.frame.forms import LARGEST


async def test_a_form_that_is_too_large_is_refused_in_words(wang: Browser) -> None:
    large = {"text": "x" * LARGEST}
    answer = await wang.post("/find", data=large, headers={"origin": ORIGIN})
    assert (answer.status_code, "太大" in answer.text) == (413, True)


async def test_the_log_says_which_page_and_nothing_that_was_typed(wang: Browser) -> None:
    with structlog.testing.capture_logs() as lines:
        await wang.get("/cases/2026-0001?name=张三")
        await wang.get("/张三")
    assert [(line["route"], line["method"], line["status"]) for line in lines] == [
        ("/cases/{case}", "GET", 404),
        ("-", "GET", 404),
    ]
    assert "张三" not in str(lines)
    assert "2026-0001" not in str(lines)


async def test_an_error_nobody_foresaw_is_logged_without_its_words(app: FastAPI) -> None:
    def fails() -> None:
        raise ValueError("张三的申请")

    app.router.add_api_route("/fails", fails)
    async with browser(app) as visitor:
        with structlog.testing.capture_logs() as lines:
            answer = await visitor.get("/fails")
    assert answer.status_code == 500
    assert "张三" not in answer.text + str(lines)
    failed = next(line for line in lines if line["event"] == "page_failed")
    assert (failed["route"], failed["error"]) == ("/fails", "ValueError")
    assert "test_serving.py" in failed["where"]


async def test_pages_and_style_travel_small(wang: Browser) -> None:
    page = await wang.get("/")
    assert page.headers["content-encoding"] == "gzip"
    style = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    assert (await wang.get(style)).headers["content-encoding"] == "gzip"
