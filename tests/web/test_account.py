"""The first password, the second factor, and one's own sessions, over HTTP."""

import re
from datetime import UTC, datetime

import pyotp
import pytest

from office.signing_in import factor
from office.signing_in.invites import invite
from office.signing_in.throttle import OF_NAME, of_password
from speech.words import speak
from tests.office_fixture import Office
from tests.web.site import ORIGIN, Browser, browser, fields_of
from web.account.device import device_words
from web.app import make_app

pytestmark = pytest.mark.temporal

OLD, KIN = "Mozilla/5.0", "AppleWebKit/537.36 (KHTML, like Gecko)"
PASSWORD = "某市某街某号门前的那棵老槐树"


async def entered(visitor: Browser, office: Office, person: str) -> str:
    """By the link of an invite; where one is led."""
    path = invite(office.register, office.person["admin"], person).path
    assert (await visitor.get(path)).status_code == 200
    differ = {"password": PASSWORD, "again": "别的"}
    assert "不一致" in (await visitor.press(path, differ, path)).text
    done = await visitor.press(path, {"password": PASSWORD, "again": PASSWORD}, path)
    assert done.status_code == 303, done.text
    assert (await visitor.get(path)).status_code == 409
    return done.headers["location"]


async def test_who_signs_sets_up_both_and_comes_back_with_both(office: Office) -> None:
    app = make_app(office.settings, lambda settings: None)  # type: ignore[arg-type, return-value]
    async with app.router.lifespan_context(app):
        async with browser(app) as visitor:
            leader = office.person["principal_leader"]
            assert await entered(visitor, office, leader) == "/sign-in/factor"
            assert (await visitor.get("/")).status_code == 303  # nothing is open yet
            form = await visitor.get("/sign-in/factor")
            secret = re.search(r'class="figure">([A-Z2-7 ]+)<', form.text)
            assert secret is not None
            totp = pyotp.TOTP(secret[1].replace(" ", ""))
            sealed = fields_of(form)["sealed"]
            wrong = await visitor.post(
                "/sign-in/factor",
                data={"sealed": sealed, "code": "000000"},
                headers={"origin": ORIGIN},
            )
            assert wrong.status_code == 409
            assert secret[1] in wrong.text  # what the authenticator was shown is asked for again
            right = {**fields_of(wrong), "code": totp.now()}
            shown = await visitor.post("/sign-in/factor", data=right, headers={"origin": ORIGIN})
            codes = re.findall(r"<code>([^<]+)</code>", shown.text)
            assert len(codes) == factor.CODES
            assert (await visitor.get("/")).status_code == 200
            anew = await visitor.post("/sign-in/factor", data=right, headers={"origin": ORIGIN})
            assert anew.headers["location"] == "/"  # reloaded: nobody has to sign in anew
            assert (await visitor.get("/sign-in/factor")).headers["location"] == "/"
        async with browser(app) as again:
            said = {"name": leader, "password": PASSWORD}
            half = await again.press("/sign-in", said, "/sign-in")
            assert half.headers["location"].startswith("/sign-in/code")
            assert (await again.get("/")).status_code == 303
            whole = await again.press("/sign-in/code", {"code": codes[0]}, "/sign-in/code")
            assert whole.status_code == 303
            assert (await again.get("/sign-in/code?next=/me")).headers["location"] == "/me"
            mine = await again.get("/me")
            assert "已登录的设备" in mine.text
            await again.press("/me/sessions/end", {}, "/me")
            assert (await again.get("/")).status_code == 303


async def test_who_needs_none_may_set_up_a_second_factor_all_the_same(office: Office) -> None:
    app = make_app(office.settings, lambda settings: None)  # type: ignore[arg-type, return-value]
    async with app.router.lifespan_context(app), browser(app) as visitor:
        assert await entered(visitor, office, office.person["legal"]) == "/"
        form = await visitor.get("/me/factor")
        secret = re.search(r'class="figure">([A-Z2-7 ]+)<', form.text)
        assert secret is not None
        code = pyotp.TOTP(secret[1].replace(" ", "")).now()
        given = {"sealed": fields_of(form)["sealed"], "code": code, "next": "/me"}
        shown = await visitor.press("/me/factor", given, "/me")
        assert len(re.findall(r"<code>", shown.text)) == factor.CODES
        assert "已设置" in (await visitor.get("/me")).text


async def test_who_changes_the_password_signs_in_by_it_and_comes_back(office: Office) -> None:
    app = make_app(office.settings, lambda settings: None)  # type: ignore[arg-type, return-value]
    person, new = office.person["supervisor"], PASSWORD + "二"
    async with app.router.lifespan_context(app), browser(app) as visitor:
        await entered(visitor, office, person)
        given = {"old": PASSWORD, "password": new, "again": new}
        done = await visitor.press("/me/password", given, "/me")
        assert (await visitor.get("/")).headers["location"].startswith("/sign-in")
        form = await visitor.get(done.headers["location"])
        said = {**fields_of(form), "name": person, "password": new}
        back = await visitor.press("/sign-in", said, "/sign-in")
        assert "密码已修改" in (await visitor.get(back.headers["location"])).text
        for n in range(OF_NAME):  # somebody guesses, from wherever
            of_password(person, f"10.1.{n}.1").take(office.register, datetime.now(UTC))
        await visitor.press("/sign-out", {})
        async with browser(app) as stranger:
            assert (await stranger.press("/sign-in", said, "/sign-in")).status_code == 429
        assert (await visitor.press("/sign-in", said, "/sign-in")).status_code == 303


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (f"{OLD} (Windows NT 10.0) {KIN} Chrome/120 Safari/537.36 Edg/120", "Windows 上的 Edge"),
        (f"{OLD} (X11; Linux x86_64) {KIN} Chrome/90 Safari/537.36", "Linux 上的 Chrome"),
        (f"{OLD} (iPhone; CPU like Mac OS X) {KIN} Version/17 Safari/604", "iPhone 上的 Safari"),
        ("curl/8", "curl/8"),
        ("", "—"),
    ],
)
def test_a_browser_is_named_as_people_know_it(agent: str, said: str) -> None:
    speak("zh")
    assert device_words(agent) == said
