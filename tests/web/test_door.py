"""Who gets in, from where, and what every answer carries."""

import re
from html import unescape
from urllib.parse import unquote

import httpx
import pytest
from starlette.applications import Starlette

from tests.web.site import ORIGIN, Browser, no_engine
from web.app import make_app
from web.frame.security import HEADERS
from web.signing_in.form import own_path


async def test_who_has_not_signed_in_is_led_to_the_form_and_back(visitor: Browser) -> None:
    away = await visitor.get("/cases/2026-0001")
    assert away.headers["location"] == "/sign-in?next=/cases/2026-0001"
    form = await visitor.get(away.headers["location"])
    assert 'value="/cases/2026-0001"' in form.text
    link = "/cases/2026-0001/acts/item_reviewed?ref=item-1&seq=2"
    away = await visitor.get(link)
    assert unquote(away.headers["location"]) == f"/sign-in?next={link}"
    assert (
        unescape((await visitor.get(away.headers["location"])).text).count(f'value="{link}"') == 1
    )
    entered = await visitor.press(
        "/sign-in/demo", {"person": "wang", "next": "/cases"}, at="/sign-in"
    )
    assert entered.headers["location"] == "/cases"
    assert (await visitor.get("/cases")).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        *("https://elsewhere.example/", "https:elsewhere.example", "javascript:alert(1)", ""),
        *("//elsewhere.example", "/\\elsewhere.example", "\\\\elsewhere.example", "/x\\y"),
        *("/a\nb", "/\t/elsewhere.example", "/\r/elsewhere.example", " //elsewhere.example"),
        "/\u202eelsewhere",
    ],
)
async def test_nobody_is_sent_to_another_site(visitor: Browser, asked: str) -> None:
    assert own_path(asked) == "/"
    sent = {"person": "wang", "next": asked}
    entered = await visitor.press("/sign-in/demo", sent, at="/sign-in")
    assert entered.headers["location"] == "/"


@pytest.mark.parametrize(
    "asked", ["/%2F%2Felsewhere.example", "/%5Celsewhere.example", "/%0d%0ax:y"]
)
async def test_what_is_encoded_stays_a_path_of_the_desk(visitor: Browser, asked: str) -> None:
    form = await visitor.get("/sign-in", params={"next": asked})
    assert f'value="{asked}"' in form.text
    sent = {"person": "wang", "next": asked}
    entered = await visitor.press("/sign-in/demo", sent, at="/sign-in")
    to = visitor.base_url.join(entered.headers["location"])
    assert to.host == visitor.base_url.host
    assert "x" not in entered.headers


async def test_every_answer_carries_what_keeps_browsers_from_harm(visitor: Browser) -> None:
    for path in ("/sign-in", "/nowhere", "/static/x/desk.css"):
        answer = await visitor.get(path)
        assert {k: answer.headers[k] for k in HEADERS} == HEADERS, path
    page = await visitor.get("/sign-in")
    assert page.headers["cache-control"] == "no-store"
    assert "<script>" not in page.text
    assert "style=" not in page.text


async def test_another_host_is_refused(visitor: Browser) -> None:
    for host in ("evil.example", "", "[", "localhost.evil.example"):
        assert (await visitor.get("/sign-in", headers={"host": host})).status_code == 421, host
    for host in ("localhost:9", "[::1]:9"):
        answer = await visitor.get("/sign-in", headers={"host": host})
        assert answer.status_code == 200, host


@pytest.mark.parametrize(
    "headers",
    [
        *({"origin": origin} for origin in ("http://elsewhere.example", "null", "http://[")),
        *({"sec-fetch-site": site} for site in ("cross-site", "same-site")),
    ],
)
async def test_a_form_of_another_site_is_refused(wang: Browser, headers: dict[str, str]) -> None:
    answer = await wang.post("/sign-out", headers=headers)
    assert answer.status_code == 403
    assert (await wang.get("/")).status_code == 200


async def test_a_form_of_another_session_is_refused_and_says_so(wang: Browser) -> None:
    for token in ("0" * 64, "0" * 128, "", "x" * 128, "令" * 128):
        answer = await wang.post("/sign-out", data={"_token": token}, headers={"origin": ORIGIN})
        assert answer.status_code == 403
        assert "不是在本次登录中打开的" in answer.text
    assert (await wang.get("/")).status_code == 200


async def test_no_two_pages_carry_the_same_secret_and_each_is_taken(wang: Browser) -> None:
    found = [re.findall(r'name="_token" value="(\w+)"', (await wang.get("/me")).text) for _ in "ab"]
    tokens = [token for page in found for token in page]
    assert len({*tokens}) == len(tokens) > 2
    for token in tokens:
        answer = await wang.post("/find", data={"_token": token}, headers={"origin": ORIGIN})
        assert answer.status_code != 403


async def test_by_https_a_session_has_a_cookie_that_nothing_else_can_set(app: Starlette) -> None:
    settings, hosts = app.state.process.settings, frozenset({"desk.example"})
    made = make_app(settings, no_engine, hosts=hosts, encrypted_only=True)  # type: ignore[arg-type]
    transport = httpx.ASGITransport(made)
    async with (
        made.router.lifespan_context(made),
        Browser(transport=transport, base_url="https://desk.example") as wang,
        Browser(transport=transport, base_url="http://desk.example") as plain,
    ):
        assert (await plain.get("/sign-in")).status_code == 403
        entered = await wang.press("/sign-in/demo", {"person": "wang"}, at="/sign-in")
        said = entered.headers["set-cookie"].split("; ")
        assert said[0].startswith("__Host-session=")
        assert {*said[1:]} == {"HttpOnly", "Path=/", "SameSite=lax", "Secure"}
        page = await wang.get("/")
        assert (page.status_code, "strict-transport-security" in page.headers) == (200, True)
        await wang.press("/sign-out", {})
        assert [*wang.cookies] == []
        await wang.sign_in("wang")
        token = wang.cookies["__Host-session"]
        wang.cookies.clear()
        wang.cookies.set("session", token, domain="desk.example")
        assert (await wang.get("/")).status_code == 303


async def test_who_signed_out_is_out(wang: Browser) -> None:
    cookie = wang.cookies["session"]
    await wang.press("/sign-out", {})
    wang.cookies.set("session", cookie, domain="127.0.0.1")
    assert (await wang.get("/")).headers["location"] == "/sign-in?next=/"


async def test_a_page_speaks_the_language_that_was_chosen(visitor: Browser) -> None:
    assert "<h1>登录</h1>" in (await visitor.get("/sign-in")).text
    english = {"accept-language": "en-GB,en;q=0.9"}
    assert "<h1>Sign in</h1>" in (await visitor.get("/sign-in", headers=english)).text
    await visitor.press("/language", {"language": "en", "back": "/sign-in"}, at="/sign-in")
    page = await visitor.get("/sign-in", headers={"accept-language": "zh-CN"})
    assert 'lang="en"' in page.text


async def test_a_page_that_is_not_there_says_so_in_words(wang: Browser) -> None:
    answer = await wang.get("/nowhere")
    assert (answer.status_code, "没有这一页" in answer.text) == (404, True)
    answer = await wang.get("/cases/nonsense")
    assert (answer.status_code, "编号" in answer.text) == (404, True)
    answer = await wang.get("/tasks/nobody?after=1")
    assert (answer.status_code, "没有这一页" in answer.text) == (404, True)


async def test_an_address_that_asks_for_nonsense_is_told_so_in_words(wang: Browser) -> None:
    for path in ("/supervision?year=abc", "/remedies?ended=perhaps", "/tasks/intake"):
        answer = await wang.get(path)
        assert (answer.status_code, "内容有误" in answer.text) == (400, True), path


async def test_style_and_script_are_kept_by_their_content(visitor: Browser) -> None:
    page = (await visitor.get("/sign-in")).text
    style = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in (await visitor.get(style)).headers["cache-control"]
    old = await visitor.get("/static/0123456789ab/desk.css")
    assert (old.status_code, old.headers["cache-control"]) == (200, "no-cache")
