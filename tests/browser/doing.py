"""What people do at the desk, in a window of theirs."""

import re

from playwright.async_api import Page, expect

from tests.browser.visit import Visit


async def fill(page: Page, **fields: str) -> None:
    """What is typed or picked, by the names of the fields."""
    for name, value in fields.items():
        option = page.locator(f"[name={name}][value='{value}']")
        if await option.count():
            await option.check()
        elif await page.locator(f"select[name={name}]").count():
            await page.locator(f"select[name={name}]").select_option(value)
        else:
            await page.locator(f"[name={name}]").last.fill(value)


async def press(page: Page) -> None:
    """The form's first button, then the one that confirms, where a page stands between."""
    async with page.expect_navigation():
        await page.locator("form[data-keeps] button.first").click()
    confirm = page.locator("button.first[value=send]")
    if not re.search(r"done=", page.url) and await confirm.count():
        await confirm.click()


async def recorded(page: Page) -> None:
    """It is on record, and the case says so."""
    await expect(page).to_have_url(re.compile(r"\?done="))
    await expect(page.get_by_role("status")).to_contain_text("已记录")


async def do(window: Visit, case: str, kind: str, **fields: str) -> None:
    """One act, from its form to the record."""
    await window.open(f"{case}/acts/{kind}")
    await fill(window.page, **fields)
    await press(window.page)
    await recorded(window.page)


async def register(page: Page, subject: str) -> str:
    """A request at the counter, from its form to its case; the address of that."""
    await fill(page, channel="in_person", applicant="张无名（虚构）", subject=subject)
    await page.locator("button[name=_step][value=look]").click()
    await expect(page.locator("h1")).to_have_text("请核对这件申请")
    await page.locator("button[name=_step][value=send]").click()
    await expect(page).to_have_url(re.compile(r"/cases/[\w-]+\?done=1"))
    await expect(page.locator("main")).to_contain_text(subject)
    return re.sub(r".*(/cases/[\w-]+).*", r"\1", page.url)
