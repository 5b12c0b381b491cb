"""What is entered late and what is put right, by two people, each with what it comes to first."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import expect

from domain.case.people import Role
from domain.case.summary import Status
from register.reads import queries
from tests.browser.conftest import Visiting
from tests.browser.doing import fill, press, recorded
from tests.browser.site import Site
from tests.browser.visit import PHONE
from tests.web.county import person

pytestmark = [pytest.mark.browser, pytest.mark.temporal]


async def test_a_late_delivery_is_entered_and_its_day_put_right(
    visit: Visiting, site: Site
) -> None:
    sent = [c for c in site.cases() if c.status == Status.DISPATCHED and c.dispatched_on]
    line = min(sent, key=lambda c: str(c.dispatched_on))
    case, first = f"/cases/{line.id}", line.dispatched_on
    assert first is not None
    async with visit() as window:
        page = window.page
        await window.sign_in(str(line.handler))
        await window.open(f"{case}/acts/delivered")
        await page.locator("details.more-about summary").click()
        await fill(page, on=str(first + timedelta(days=4)), evidence="回执（虚构）")
        await press(page)
        await recorded(page)
        await window.accessible()
    with site.register.reading() as session:
        seq = next(e.seq for e in queries.events(session, line.id) if e.what.kind == "delivered")
    async with visit(PHONE) as window:
        page = window.page
        await window.sign_in(person(Role.INTAKE, line.organ))
        await window.open(case)
        await page.locator(f"a[href$='/acts/entry_amended?seq={seq}']").click()
        await page.locator("details.more-about summary").click()
        await fill(page, on=str(first + timedelta(days=3)), amend_reason="看错了邮戳（虚构）")
        await page.locator("form[data-keeps] button.first").click()
        await expect(page.get_by_text("请核对")).to_be_visible()
        effect = page.locator("section[aria-labelledby=effect]")
        await expect(effect.locator("li").first).to_be_visible()
        await window.fits()
        await window.accessible()
        await window.shot("amendment-preview-phone")
        await page.locator("button.first[value=send]").click()
        await recorded(page)
        await expect(page.locator("main")).to_contain_text("看错了邮戳（虚构）")
        await expect(page.locator(".timeline")).to_contain_text(re.compile(r"已由第 \d+ 条更正"))
