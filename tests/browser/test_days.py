"""A day is chosen beside the working-day calendar, by mouse or by keys."""

import re
from datetime import date, timedelta

import pytest
from playwright.async_api import expect

from domain.case.people import Role
from office.legal_time import legal_now
from tests.browser.conftest import Visiting
from tests.browser.visit import DESKTOP, PHONE
from tests.web.county import person

pytestmark = pytest.mark.browser


async def test_a_day_is_chosen_by_mouse_and_what_hangs_on_it_is_told(visit: Visiting) -> None:
    async with visit(DESKTOP) as window:
        await window.sign_in(person(Role.INTAKE))
        await window.open("/register")
        page = window.page
        await page.locator("input[name=channel][value=in_person]").check()
        await page.get_by_role("button", name="选日期").first.click()
        await page.get_by_role("button", name="上个月").click()
        first = legal_now().date().replace(day=1) - timedelta(days=1)
        await page.locator(f"[data-pick='{first}']").click()
        field = page.locator("#received")
        await expect(field).to_have_value(f"{first}")
        await expect(field).to_be_focused()
        await expect(page.locator(".choose-day")).to_have_count(0)
        await expect(page.get_by_text("收到申请之日", exact=False).first).to_be_visible()


async def test_the_calendar_is_walked_by_keys_and_left_by_escape(visit: Visiting) -> None:
    async with visit(PHONE) as window:
        await window.sign_in(person(Role.INTAKE))
        await window.open("/register")
        page = window.page
        field, opener = page.locator("#received"), page.get_by_role("button", name="选日期").first
        await field.fill("2026.10.1")
        await opener.focus()
        await page.keyboard.press("Enter")
        chosen = page.locator("[data-pick='2026-10-01']")
        await expect(chosen).to_be_focused()
        await expect(chosen).to_have_attribute("aria-label", re.compile("放假"))
        await window.fits()
        await window.accessible()
        await window.shot("choose-a-day")
        await page.keyboard.press("ArrowUp")  # into the month before
        await expect(page.locator("[data-pick='2026-09-24']")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(opener).to_be_focused()
        await expect(field).to_have_value("2026.10.1")
        await page.keyboard.press("Enter")
        await expect(chosen).to_be_focused()
        await page.keyboard.press("PageDown")
        await expect(page.locator("[data-pick='2026-10-29']")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(field).to_have_value(f"{date(2026, 10, 29)}")
