"""Many files at once, as somebody sees them come."""

import re

import pytest
from playwright.async_api import FilePayload, Route, expect

from domain.case.summary import Status
from tests.browser.conftest import Visiting
from tests.browser.site import Site
from tests.browser.visit import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.temporal]


def files(*names: str) -> list[FilePayload]:
    return [
        {
            "name": f"{name}.txt",
            "mimeType": "text/plain",
            "buffer": f"{name}（虚构）".encode() * 9999,
        }
        for name in names
    ]


def taken(site: Site) -> "tuple[str, str]":
    """A case in hand, and its handler."""
    line = next(c for c in site.cases("al-edu") if c.status == Status.IN_HAND and c.handler)
    return line.id, str(line.handler)


async def test_files_show_how_far_they_are_and_each_becomes_an_item(
    visit: Visiting, site: Site
) -> None:
    case, handler = taken(site)
    async with visit(PHONE) as window:
        page = window.page
        await window.sign_in(handler)
        await window.open(f"/cases/{case}/acts/item_added")
        await page.locator("input[name=more]").set_input_files(files("甲", "乙", "丙"))
        await expect(page.locator(".files [name='_upload.more']")).to_have_count(3)
        await expect(page.locator("progress")).to_have_count(0)
        await window.accessible()
        await window.shot("items-chosen-phone")
        await page.locator("button.first").click()
        await expect(page.locator("[name=title]")).to_have_count(3)
        await page.locator("[name=title]").first.fill("养护合同（虚构）")
        await window.accessible()
        await window.fits()
        await window.shot("items-titles-phone")
        await page.locator("button.first").click()
        await expect(page.get_by_role("status")).to_contain_text("已添加 3 项")
        await expect(page.get_by_text("养护合同（虚构）").first).to_be_visible()


async def test_a_form_waits_for_its_files_and_takes_along_what_did_not_come(
    visit: Visiting, site: Site
) -> None:
    case, handler = taken(site)
    async with visit() as window:
        page = window.page
        await window.sign_in(handler)
        await window.open(f"/cases/{case}/acts/item_added")
        asked: list[str] = []

        async def broken_once(route: Route) -> None:
            asked.append(route.request.url)
            await (route.continue_() if len(asked) > 1 else route.fulfill(status=204))

        await page.route("**/uploads", broken_once)
        await page.locator("input[name=more]").set_input_files(files("丁", "戊"))
        await page.locator("button.first").click()
        await expect(page.locator("[name=title]")).to_have_count(2)
        titles = page.locator("[name=title]")
        assert {await one.input_value() for one in await titles.all()} == {"丁", "戊"}
        assert len(asked) == 2
        await page.locator("button.first").click()
        await expect(page.get_by_role("status")).to_contain_text("已添加 2 项")


async def test_without_script_files_come_with_their_form(visit: Visiting, site: Site) -> None:
    case, handler = taken(site)
    async with visit(java_script_enabled=False) as window:
        page = window.page
        await window.sign_in(handler)
        await window.open(f"/cases/{case}/acts/item_added")
        await page.locator("input[name=more]").set_input_files(files("己"))
        await page.locator("textarea[name=lines]").fill("会议纪要（虚构，不公开）")
        await page.locator("button.first").click()
        await expect(page.locator("[name=title]")).to_have_count(2)
        await page.locator("button.first").click()
        await expect(page).to_have_url(re.compile(r"done=\d+&since=\d+"))


async def test_registration_takes_its_files_ahead_too(visit: Visiting) -> None:
    async with visit() as window:
        page = window.page
        await window.sign_in("an.lin")
        await window.open("/register")
        await page.locator("input[type=file]").set_input_files(files("申请书"))
        await expect(page.locator(".files")).to_contain_text("申请书.txt（")
        await expect(page.locator("[name='_upload.files']")).to_have_count(1)
        await window.accessible()
