"""Days on which something goes wrong: a session ends, two tabs lie open, the register is locked.
What somebody has written stays theirs."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import text

from domain.case.summary import Status
from office.signing_in.sessions import end_all, look
from register.engine import Register
from register.reads import queries
from tests.browser.conftest import Visiting
from tests.browser.doing import fill, press, recorded, register
from tests.browser.site import Site
from tests.browser.visit import ZOOMED, Visit

pytestmark = [pytest.mark.browser, pytest.mark.temporal]

ORGANS = ("al", "al-land", "al-build", "al-health")
WORDS = "材料涉及三个科室（虚构）"
ASKED_FOR = "某县水务局（虚构）"
ASKED = {"working_days": "10", "reason": WORDS}


def taken(site: Site, number: int) -> tuple[str, str]:
    """A case in hand for which no extension was asked yet, another for each number; its handler."""
    lines = [c for c in site.cases() if c.status == Status.IN_HAND and c.organ in ORGANS]
    free = (c for c in lines if c.handler and extensions(site, f"/cases/{c.id}") == 0)
    line = sorted(free, key=lambda c: c.due or c.arrived)[-1 - number]
    return f"/cases/{line.id}", str(line.handler)


def extensions(site: Site, case: str) -> int:
    """How often an extension was asked for there."""
    with site.register.reading() as session:
        found = queries.events(session, case.rpartition("/")[2])
    return sum(event.what.kind == "extension_asked" for event in found)


async def test_whose_session_ends_over_a_form_finds_it_as_it_was(
    visit: Visiting, site: Site
) -> None:
    case, handler = taken(site, 0)
    async with visit() as window:
        page = window.page
        await window.sign_in(handler)
        await window.open(f"{case}/acts/extension_asked")
        async with page.expect_response(lambda answer: answer.status == 204):
            await fill(page, **ASKED)
        token = next(c for c in await page.context.cookies() if c["name"] == "session")
        session = look(site.register, token["value"])
        assert session is not None
        end_all(site.register, session)
        await page.locator("form[data-keeps] button.first").click()
        await expect(page).to_have_url(re.compile("/sign-in"))
        await page.locator(f"button[name=person][value='{handler}']").click()
        await expect(page).to_have_url(f"{window.origin}{case}/acts/extension_asked")
        await expect(page.locator("[name=reason]")).to_have_value(WORDS)
        await expect(page.locator("[name=working_days]")).to_have_value("10")
        await press(page)
        await recorded(page)
    assert extensions(site, case) == 1


async def test_the_second_of_two_tabs_is_told_and_keeps_its_words(
    visit: Visiting, site: Site
) -> None:
    case, handler = taken(site, 1)
    async with visit() as window:
        await window.sign_in(handler)
        first, second = window.page, await window.page.context.new_page()
        await first.goto(f"{window.origin}{case}/acts/extension_asked")
        await second.goto(f"{window.origin}{case}/acts/consultation_sent")
        await fill(first, **ASKED)
        await press(first)
        await recorded(first)
        await fill(second, party="agency", name=ASKED_FOR)
        await press(second)
        await expect(second.get_by_text("办件有了新的记录")).to_be_visible()
        await expect(second.locator("[name=name]")).to_have_value(ASKED_FOR)
        await press(second)
        await recorded(second)


async def test_without_script_somebody_registers_and_does_an_act(
    visit: Visiting, site: Site
) -> None:
    case, handler = taken(site, 2)
    subject = "无脚本登记的申请（虚构）"
    async with visit(java_script_enabled=False) as window:
        page = window.page
        await window.sign_in("health.ai")
        await window.open("/register")
        await register(page, subject)
    async with visit(java_script_enabled=False) as window:
        await window.sign_in(handler)
        await window.open(f"{case}/acts/extension_asked")
        await fill(window.page, **ASKED)
        await press(window.page)
        await expect(window.page).to_have_url(re.compile(r"\?done="))
        await expect(window.page.get_by_role("status")).to_be_visible()
    assert extensions(site, case) == 1


async def test_an_act_is_done_by_keys_alone_and_what_is_wrong_has_the_focus(
    visit: Visiting, site: Site
) -> None:
    case, handler = taken(site, 3)
    async with visit() as window:
        page, keys = window.page, window.page.keyboard
        await window.sign_in(handler)
        await window.open(f"{case}/acts/extension_asked")
        places = await tabbed(page)
        asked = [name for name in places if name in (*ASKED, "_step")]
        assert asked == [*ASKED, "_step"], places
        await page.locator("[name=reason]").focus()
        await keys.type(WORDS)
        await page.locator("form[data-keeps] button.first").focus()
        await keys.press("Enter")
        await expect(page.locator(".summary")).to_be_focused()
        await keys.press("Tab")
        await keys.press("Enter")
        await expect(page.locator("[name=working_days]")).to_be_focused()
        await keys.type("10")
        await keys.press("Enter")
        await expect(page.get_by_text("请核对")).to_be_visible()
        await page.locator("button[value=send]").focus()
        await keys.press("Enter")
        await recorded(page)


async def tabbed(page: Page) -> list[str]:
    """The names of what Tab comes to in the form, in its order."""
    await page.locator("h1").evaluate("e => { e.tabIndex = -1; e.focus(); }")
    names: list[str] = []
    for _ in range(30):
        await page.keyboard.press("Tab")
        names.append(str(await page.evaluate("document.activeElement.name || ''")))
        if names[-1] == "_step":
            break
    return names


async def test_a_ledger_is_printed_whole_without_what_is_for_the_screen(
    visit: Visiting, site: Site
) -> None:
    case, handler = taken(site, 0)
    async with visit() as window:
        page = window.page
        await window.sign_in(handler)
        await window.open(case)
        await page.emulate_media(media="print")
        for gone in ("nav", "form[role=search]", "ul.acts"):
            for part in await page.locator(gone).all():
                await expect(part).to_be_hidden()
        await expect(page.locator("h1")).to_be_visible()
        ledger = page.locator("details table").first
        await expect(ledger).to_be_visible()
        await window.shot("case-printed")
        assert len(await page.pdf()) > 10_000


async def test_whoever_wants_no_motion_gets_none(visit: Visiting, site: Site) -> None:
    case, handler = taken(site, 0)
    moving = """() => [...document.querySelectorAll('*')].filter(e => {
      const s = getComputedStyle(e);
      return s.animationName !== 'none' || /[1-9]/.test(s.transitionDuration);
    }).map(e => e.className || e.tagName)"""
    async with visit(reduced_motion="reduce") as window:
        await window.sign_in(handler)
        for path in ("/", f"{case}?done=1", f"{case}/acts/extension_asked"):
            await window.open(path)
            assert await window.page.evaluate(moving) == [], path


@pytest.mark.parametrize("path", ["acts/extension_asked", "acts/reply_drafted", "whatif"])
async def test_forms_fit_at_200_percent_and_in_forced_colours(
    visit: Visiting, site: Site, path: str
) -> None:
    case, handler = taken(site, 3)
    async with visit(ZOOMED, forced_colors="active") as window:
        await window.sign_in(handler)
        await window.open(f"{case}/{path}")
        await window.fits()
        await window.shot(f"{path.rpartition('/')[2]}-zoomed-forced")


@contextmanager
def locked(register: Register) -> Iterator[Event]:
    """Somebody writes, and goes on writing until the event."""
    begun, over = Event(), Event()

    def hold() -> None:
        with register.writing() as session:
            session.execute(text("UPDATE organs SET name = name"))
            begun.set()
            over.wait(60)
            session.rollback()

    holding = Thread(target=hold)
    holding.start()
    begun.wait(10)
    try:
        yield over
    finally:
        over.set()
        holding.join()


async def test_a_locked_register_keeps_nobody_from_reading_and_no_words_are_lost(
    visit: Visiting, site: Site
) -> None:
    case, handler = taken(site, 3)
    async with visit() as window:
        page = window.page
        await window.sign_in(handler)
        await window.open(f"{case}/acts/noted")
        await fill(page, text=WORDS)
        with locked(site.register):
            assert min([await took(window, "/cases") for _ in range(5)]) < 1
            await press(page)
            await expect(page.get_by_role("status")).to_contain_text("已受理，正在记入台账。")
        await recorded(page)
        await expect(page.locator("main")).to_contain_text(WORDS)


async def took(window: Visit, path: str) -> float:
    """Seconds until a page was there."""
    began = monotonic()
    answer = await window.page.request.get(window.origin + path)
    assert answer.ok
    return monotonic() - began
