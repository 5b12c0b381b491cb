"""Whose session ends by itself over a form finds what they wrote once they have signed in; nothing
else is done by it."""

import os
import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import update

from domain.signing_in import IDLE
from office.signing_in.sessions import LATELY
from office.uploads import PLACE, sweep
from register.models import DeskSession
from register.reads import queries
from tests.web.county import CountySite
from tests.web.site import ORIGIN, Browser, fields_of

WORDS = "三个科室都要查（虚构）"
OVER = IDLE + timedelta(minutes=1)


def unused(county: CountySite, person: str, since: timedelta) -> None:
    """Nobody has used the sessions of the person for so long."""
    at = datetime.now(UTC) - since
    with county.register.writing() as session:
        mine = update(DeskSession).where(DeskSession.person == person)
        session.execute(mine.values(seen_at=at, begun_at=at))


async def _filled(
    handler: Browser, path: str, **more: str
) -> tuple[dict[str, str], dict[str, str]]:
    """The form, filled in; the head it is sent with."""
    form = await handler.get(path)
    token = form.text.partition('name="_token" value="')[2].partition('"')[0]
    sent = {**fields_of(form), "_token": token, "text": WORDS, "_step": "send", **more}
    return sent, {"origin": str(handler.base_url).rstrip("/")}


async def test_what_was_sent_too_late_is_there_after_signing_in(county: CountySite) -> None:
    case, person = county.cases["assigned"], county.handler("assigned")
    path = f"/cases/{case}/acts/noted"
    async with county.visit(person) as handler:
        filled, head = await _filled(handler, path)
        unused(county, person, OVER)
        late = await handler.post(path, data=filled, headers=head)
        assert (late.status_code, late.headers["location"].startswith("/sign-in?next=")) == (
            303,
            True,
        )
        assert WORDS not in late.text
        still = await handler.get(f"/cases/{case}")
        assert still.headers["location"].startswith("/sign-in")  # nobody is signed in by it
        await handler.sign_in(person)
        assert WORDS in (await handler.get(path)).text
        await handler.press(f"/drafts/{filled['_command']}/drop", {})
    with county.register.reading() as session:
        assert "noted" not in {event.what.kind for event in queries.events(session, case)}


@pytest.mark.parametrize("how", ["signed out", "long ago", "another's form"])
async def test_nothing_is_kept_for_a_session_that_says_nobody(county: CountySite, how: str) -> None:
    person = county.handler("assigned")
    path = f"/cases/{county.cases['assigned']}/acts/noted"
    async with county.visit(person) as handler:
        filled, head = await _filled(handler, path)
        cookie = handler.cookies["session"]
        if how == "signed out":
            await handler.press("/sign-out", {})
            handler.cookies.set("session", cookie)
        elif how == "another's form":
            filled["_token"] = "00" * 64
        unused(county, person, OVER + (LATELY if how == "long ago" else timedelta()))
        late = await handler.post(path, data=filled, headers=head)
        assert late.headers["location"].startswith("/sign-in")
        handler.cookies.clear()
        await handler.sign_in(person)
        assert WORDS not in (await handler.get(path)).text


async def test_a_registration_sent_too_late_is_there_too(county: CountySite) -> None:
    async with county.visit("an.lin") as intake:
        filled, head = await _filled(intake, "/register", subject=WORDS)
        unused(county, "an.lin", OVER)
        late = await intake.post("/register", data=filled, headers=head)
        assert late.headers["location"].startswith("/sign-in")
        await intake.sign_in("an.lin")
        assert WORDS in (await intake.get("/register")).text
        await intake.press(f"/drafts/{filled['_command']}/drop", {})


async def test_what_was_sent_too_late_by_https_is_there_too(county: CountySite) -> None:
    case, person = county.cases["assigned"], county.handler("assigned")
    path = f"/cases/{case}/acts/noted"
    transport = httpx.ASGITransport(county.app)
    async with Browser(transport=transport, base_url=ORIGIN.replace("http", "https")) as handler:
        await handler.sign_in(person)
        filled, head = await _filled(handler, path)
        unused(county, person, OVER)
        late = await handler.post(path, data=filled, headers=head)
        assert late.headers["location"].startswith("/sign-in")
        await handler.sign_in(person)
        assert WORDS in (await handler.get(path)).text
        await handler.press(f"/drafts/{filled['_command']}/drop", {})


CHOSEN = [
    ("more", ("附件一.txt", "道路规划文本（虚构）".encode(), "text/plain")),
    ("more", ("empty.txt", b"", "text/plain")),
]


async def test_items_sent_too_late_are_there_too_with_their_files(county: CountySite) -> None:
    case, person = county.cases["assigned"], county.handler("assigned")
    path = f"/cases/{case}/acts/item_added"
    async with county.visit(person) as handler:
        filled, head = await _filled(handler, path, lines=f"目录一\n{WORDS}")
        unused(county, person, OVER)
        late = await handler.post(path, data=filled, files=CHOSEN, headers=head)
        assert late.headers["location"].startswith("/sign-in?next=")
        await handler.sign_in(person)
        page = (await handler.get(path)).text
        assert re.findall('name="title" value="([^"]*)"', page) == ["附件一", "目录一", WORDS]
        assert "附件一.txt（" in page
        assert "<li>empty.txt</li>" in page.partition("请重新选择：")[2]

        settings = county.app.state.process.settings
        for file in (settings.files / PLACE).iterdir():
            os.utime(file, (0, 0))
        sweep(settings)
        page = (await handler.get(path)).text
        assert re.findall('name="title" value="([^"]*)"', page) == ["目录一", WORDS]
        assert "<li>附件一.txt（标题：附件一）</li>" in page
        await handler.press(f"/drafts/{filled['_command']}/drop", {})
    with county.register.reading() as session:
        assert "item_added" not in {event.what.kind for event in queries.events(session, case)}
