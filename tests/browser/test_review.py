"""Reviewing one item after another, as a reviewer does it: by keys alone, and with a copy beside
its original."""

import re

import pytest
from playwright.async_api import FilePayload, Page, expect

from domain.case.people import Role
from register.reads.tasks import TaskLine, tasks_of
from register.reads.visible import viewer_of
from starter.demo.anlan.paper import MAKERS
from tests.browser.conftest import Visiting
from tests.browser.site import Site
from tests.browser.visit import PHONE
from tests.web.county import person

pytestmark = [pytest.mark.browser, pytest.mark.temporal, pytest.mark.usefixtures("walls")]

HERE = ("al-labour", "al-health", "al-land", "al-edu")
"""Organs whose reviewer has items to review."""


def waiting(site: Site, reviewer: str) -> list[TaskLine]:
    with site.register.reading() as session:
        found = tasks_of(session, viewer_of(session, reviewer))
    return [task for task in found if task.kind == "item_reviewed"]


def reviewer_with_work(site: Site, least: int = 2) -> str:
    """One who has several items, but few enough for a test."""
    found = {who: len(waiting(site, who)) for who in (person(Role.REVIEWER, o) for o in HERE)}
    return min((who for who, n in found.items() if n >= least), key=lambda who: found[who])


async def tab_to(page: Page, selector: str) -> None:
    """By Tab, as somebody without a mouse."""
    for _ in range(90):
        await page.keyboard.press("Tab")
        if await page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"no way by Tab to {selector} on {page.url}")


@pytest.mark.slow
async def test_all_items_are_reviewed_by_keys_alone_one_after_another(
    visit: Visiting, site: Site
) -> None:
    reviewer = reviewer_with_work(site)
    left = len(waiting(site, reviewer))
    async with visit() as window:
        page = window.page
        await window.sign_in(reviewer)
        await tab_to(page, "a[href*='/acts/item_reviewed?ref=']")
        await page.keyboard.press("Enter")
        for n in range(left):
            await expect(page.locator("h1")).to_have_text("保密审查")
            if n == 0:
                await expect(page.locator(".pane img").first).to_be_visible()
                await window.accessible()
                await window.fits()
                await window.shot("review")
            await tab_to(page, "[name=decision]")
            await page.keyboard.press("ArrowUp")  # the last of them
            await expect(page.locator("[name=decision][value=withhold]")).to_be_checked()
            await tab_to(page, "[name=ground]")
            await page.keyboard.type("涉及个人隐私（虚构）")
            await tab_to(page, "[name=article]")
            await page.keyboard.press("Space")
            await tab_to(page, "button.first")
            await page.keyboard.press("Enter")
            await expect(page.locator("button.first[value=send]")).to_be_visible()
            await tab_to(page, "button.first[value=send]")
            await page.keyboard.press("Enter")
            await expect(page).to_have_url(re.compile(r"reviewed=true"))
            await expect(page.get_by_role("status")).to_be_focused()
        await expect(page).to_have_url(f"{window.origin}/?reviewed=true")
        await expect(page.get_by_role("status")).to_have_text("等您审查的都已提交。")
        await window.accessible()
    assert waiting(site, reviewer) == []


async def test_the_copy_that_goes_out_is_seen_beside_its_original_before_it_is_sent(
    visit: Visiting, site: Site
) -> None:
    reviewer = reviewer_with_work(site, 1)
    task = next(t for t in waiting(site, reviewer) if t.ref)
    pdf: FilePayload = {
        "name": "去标识化.pdf",
        "mimeType": "application/pdf",
        "buffer": MAKERS["pdf"]("已隐去姓名（虚构）"),
    }
    for size, scheme in ((None, "light"), (PHONE, "dark")):
        window_of = {} if size is None else {"window": size}
        async with visit(color_scheme=scheme, **window_of) as window:
            page = window.page
            await window.sign_in(reviewer)
            await window.open(f"/cases/{task.case_id}/acts/item_reviewed?ref={task.ref}")
            if await page.get_by_text("重新填写").count():
                async with page.expect_navigation():  # else the old page is filled in
                    await page.get_by_text("重新填写").click()
            await page.locator("[name=decision][value=release_deidentified]").check()
            await page.locator("input[name=released_file]").set_input_files([pdf])
            await page.locator("form[data-keeps] button.first").click()
            await expect(page.locator("button.first[value=send]")).to_be_visible()
            await expect(page.locator(".pane img")).to_have_count(2)
            await expect(page.get_by_role("region", name="拟公开的版本")).to_be_visible()
            await window.accessible()
            await window.fits()
            await window.shot(f"review-compared-{scheme}")
            if size is not None:
                await page.locator("button.first[value=send]").click()
                await expect(page).to_have_url(re.compile(r"reviewed=true"))


async def test_a_file_is_read_page_by_page_on_a_phone_and_without_script(
    visit: Visiting, site: Site
) -> None:
    auditor = person(Role.AUDITOR, "al")
    case = waiting(site, reviewer_with_work(site, 1))[0].case_id
    async with visit(PHONE, java_script_enabled=False) as window:
        page = window.page
        await page.goto(f"{window.origin}/sign-in")
        await page.locator(f"button[name=person][value='{auditor}']").click()
        await window.open(f"/cases/{case}")
        await page.locator(f"a[href^='/cases/{case}/shown/']").first.click()
        await expect(page.locator(".sheets img").first).to_be_visible()
        await page.get_by_role("link", name="放大").click()
        await expect(page.locator(".sheets.wide img").first).to_be_visible()
        await expect(page.get_by_role("link", name="缩小")).to_be_visible()
    async with visit(PHONE) as window:
        await window.sign_in(auditor)
        await window.open(f"/cases/{case}")
        place = await window.page.locator(f"a[href^='/cases/{case}/shown/']").first.get_attribute(
            "href"
        )
        for suffix, name in (("", "file"), ("?page=1&wide=true", "file-wide")):
            await window.open(f"{place}{suffix}")
            await expect(window.page.locator(".sheets img").first).to_be_visible()
            await window.accessible()
            await window.fits()
            await window.shot(name)
