"""A request from the counter to its delivery and into reconsideration, each by who does it, in a
browser."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visiting
from tests.browser.doing import do, fill, register

pytestmark = [pytest.mark.browser, pytest.mark.temporal, pytest.mark.slow]

SUBJECT = "某乡道路养护合同（虚构）"


async def test_a_request_goes_all_its_way_in_a_browser(visit: Visiting, tmp_path: Path) -> None:
    contract = tmp_path / "养护合同.txt"
    contract.write_text("养护合同全文（虚构）", encoding="utf-8")

    async with visit() as window:
        page = window.page
        await window.sign_in("an.lin")
        await window.open("/register")
        case = await register(page, SUBJECT)
        # The page renews itself once the case has begun.
        await expect(page.get_by_role("status")).to_contain_text("已记录：登记")
        await do(window, case, "assigned", department="open", handler="an.chen")

    async with visit() as window:
        page = window.page
        await window.sign_in("an.chen")
        await do(window, case, "correction_notice_sent", points="请写明年份（虚构）")
        await do(window, case, "correction_received")
        await do(window, case, "consultation_sent", party="third_party", name="某养护公司（虚构）")
        await do(window, case, "consultation_answered", answer="consents")
        await window.open(f"{case}/acts/item_added")
        await page.locator("input[name=more]").set_input_files(contract)
        await page.locator("button.first").click()
        await page.locator("[name=title]").fill("养护合同")
        await page.locator("button.first").click()
        await expect(page.get_by_role("status")).to_contain_text("已添加 1 项")
        await window.open(case)
        await window.accessible()

    async with visit() as window:
        await window.sign_in("an.wu")
        await window.open(f"{case}/acts/item_reviewed")
        await fill(window.page, decision="release")
        await window.page.locator("form[data-keeps] button.first").click()
        await window.page.locator("button.first[value=send]").click()
        await expect(window.page).to_have_url(re.compile("reviewed=true"))

    for leader in ("an.fang", "an.shen"):
        async with visit() as window:
            await window.sign_in(leader)
            await window.open(f"{case}/acts/signed")
            await expect(window.page.get_by_text("养护合同", exact=True)).to_be_visible()
            await expect(window.page.locator(".hash").first).to_have_text(
                re.compile("[0-9a-f]{64}")
            )
            await do(window, case, "signed")

    async with visit() as window:
        await window.sign_in("an.chen")
        await do(window, case, "reply_drafted", reply_kind="granted", reasons="予以公开（虚构）")

    async with visit() as window:
        await window.sign_in("an.xu")
        await do(window, case, "reply_approved")

    async with visit() as window:
        await window.sign_in("an.chen")
        await do(window, case, "dispatched", channel="handed_over")
        await do(window, case, "delivered")
        await expect(window.page.locator("h1")).to_have_text(re.compile("已办结"))
        await window.shot("a-request-closed")

    async with visit() as window:
        await window.sign_in("an.lu")
        await do(
            window, case, "reconsideration_received", organ="某市人民政府（虚构）", against="reply"
        )
        await window.accessible()
        await window.fits()
        await window.shot("a-request-reconsidered")
