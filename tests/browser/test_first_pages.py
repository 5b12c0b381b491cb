"""Signing in as each role, and the pages everybody has: for everyone's eyes, hands and windows."""

import re
from typing import Any

import pytest
from playwright.async_api import expect

from domain.case.people import Role
from domain.case.summary import Status
from tests.browser.conftest import Visiting
from tests.browser.site import Site
from tests.browser.visit import DESKTOP, PHONE, ZOOMED, Visit, one_of_each
from tests.web.county import person
from web.frame.navigation import TASKLESS

pytestmark = [pytest.mark.browser, pytest.mark.temporal]

ROLES = tuple(role for role in Role if role is not Role.SYSTEM)
ORGAN = "al"
WINDOWS = {"phone": PHONE, "zoomed": ZOOMED, "desktop": DESKTOP}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}
"""As people have set their system; forced colours are their own, on dark here."""


async def pages_of(window: Visit) -> list[str]:
    """The places that the navigation of the page offers."""
    links = window.page.locator("nav a")
    return [str(await link.get_attribute("href")) for link in await links.all()]


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_signs_in_and_finds_its_pages_clean(visit: Visiting, role: Role) -> None:
    async with visit() as window:
        await window.sign_in(person(role, ORGAN))
        places = await pages_of(window)
        assert (places[0] == "/") is (role not in TASKLESS)
        for place in places:
            await window.open(place)
            await expect(window.page.locator("h1")).to_have_count(1)
            await window.accessible()
            await window.fits()
            await window.shot(f"{role}{place.replace('/', '-').rstrip('-')}")


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
async def test_pages_fit_every_window_and_can_be_read_in_every_look(
    visit: Visiting, site: Site, locale: str
) -> None:
    fullest = max(site.cases(ORGAN), key=lambda line: line.seq)
    async with visit(locale=locale) as window:
        await window.sign_in(person(Role.DISCLOSURE_HEAD, ORGAN))
        for path in ("/sign-in", "/", "/cases", f"/cases/{fullest.id}"):
            await window.open(path)
            spoken = window.page.locator("html")
            await expect(spoken).to_have_attribute("lang", re.compile(locale[:2]))
            name = f"{path.strip('/').partition('/')[0] or 'inbox'}{'-one' * path.count('/', 1)}"
            for size, (width, height) in WINDOWS.items():
                await window.page.set_viewport_size({"width": width, "height": height})
                await window.fits()
                await window.shot(f"{name}-{locale[:2]}-{size}")
            for look, media in LOOKS.items():
                await window.page.emulate_media(**media)
                await window.accessible()
                await window.shot(f"{name}-{locale[:2]}-{look}")
            await window.page.emulate_media(forced_colors="none", color_scheme="light")


async def test_forced_colours_still_tell_where_one_is(visit: Visiting) -> None:
    async with visit(forced_colors="active") as window:
        await window.sign_in(person(Role.HANDLER, ORGAN))
        line = "e => getComputedStyle(e).borderBottomColor"
        here = await window.page.locator("nav [aria-current]").evaluate(line)
        elsewhere = await window.page.locator("nav a:not([aria-current])").first.evaluate(line)
        assert here != elsewhere


async def test_a_case_of_every_state_fits_a_phone_and_is_clean(visit: Visiting, site: Site) -> None:
    cases = one_of_each(site.cases())
    assert set(cases) == set(Status)
    async with visit(PHONE) as window:
        await window.sign_in(person(Role.AUDITOR))
        for state, line in cases.items():
            await window.open(f"/cases/{line.id}")
            await expect(window.page.locator("h1")).to_contain_text(re.compile(r"\S"))
            await window.fits()
            await window.accessible()
            await window.shot(f"case-{state}-phone")


async def test_without_script_everything_is_found_by_links_and_forms(
    visit: Visiting, site: Site
) -> None:
    async with visit(java_script_enabled=False) as window:
        await window.sign_in(person(Role.HANDLER, ORGAN))
        first = window.page.locator("main a[href^='/cases/']").first
        where = str(await first.get_attribute("href"))
        await first.click()
        await expect(window.page).to_have_url(window.origin + where)
        number = next(line.number for line in site.cases() if where.endswith(line.id))
        await window.open("/")
        await window.page.get_by_role("searchbox").fill(number)
        await window.page.get_by_role("searchbox").press("Enter")
        await expect(window.page).to_have_url(window.origin + where)
        await window.page.locator("details.me summary").click()
        await window.page.locator("form[action='/sign-out'] button").click()
        await expect(window.page).to_have_url(re.compile("/sign-in"))


async def test_by_keyboard_alone_one_gets_in_and_to_a_case(visit: Visiting) -> None:
    someone = person(Role.HANDLER, ORGAN)
    async with visit() as window:
        keys, page = window.page.keyboard, window.page
        await window.open("/sign-in")
        await _tab_to(window, f"button[value='{someone}']")
        await keys.press("Enter")
        await expect(page).to_have_url(f"{window.origin}/")
        await keys.press("Tab")
        await expect(page.locator(".skip")).to_be_focused()
        await expect(page.locator(".skip")).to_be_in_viewport()
        await keys.press("Enter")
        await keys.press("Tab")
        focused = page.locator("main a:focus")
        await expect(focused).to_have_count(1)
        ring = await focused.evaluate("e => getComputedStyle(e).outlineStyle")
        assert ring != "none"
        await keys.press("Enter")
        await expect(page).to_have_url(re.compile("/cases/"))


async def _tab_to(window: Visit, selector: str) -> None:
    wanted = window.page.locator(f"{selector}:focus")
    for _ in range(200):
        await window.page.keyboard.press("Tab")
        if await wanted.count():
            return
    raise AssertionError(f"no way by keyboard to {selector}")


async def test_nobody_comes_in_without_signing_in_or_stays_after_signing_out(
    visit: Visiting,
) -> None:
    async with visit() as window:
        await window.open("/cases")
        await expect(window.page).to_have_url(re.compile(r"/sign-in\?next=/cases$"))
        await window.page.locator(f"button[value='{person(Role.INTAKE, ORGAN)}']").click()
        await expect(window.page).to_have_url(f"{window.origin}/cases")
        await window.page.locator("details.me summary").click()
        await window.page.locator("form[action='/sign-out'] button").click()
        await expect(window.page).to_have_url(re.compile("/sign-in"))
        await window.page.go_back()
        await expect(window.page).to_have_url(re.compile("/sign-in"))
