"""Pages left open: which of them ask for themselves again."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Request, expect

from domain.errors import Code
from office.signing_in.sessions import end_all, look
from register.reads.troubles import What
from register.writes.troubles import note
from tests.browser.visit import visiting
from tests.web.served import served
from web.admin.health import EVERY

pytestmark = [pytest.mark.browser]


async def test_only_what_renews_itself_is_asked_for_again(
    chromium: Browser, tmp_path: Path
) -> None:
    async with served(tmp_path) as desk, visiting(chromium, desk.address) as window:
        await window.sign_in("sun")
        other = await window.page.context.new_page()
        again: list[str] = []

        def asked(request: Request) -> None:
            if request.headers.get("x-live"):
                again.append(request.url)

        async with other.expect_response("**/live"):
            await other.goto(f"{desk.address}/admin/access")  # each reading is written down
        other.on("request", asked)
        async with window.page.expect_response(f"{desk.address}/supervision"):
            with desk.register.writing() as session:
                note(session, "2026-0001", What.RUN, Code.RUN_FAILS, "x")
        await other.wait_for_timeout(3000)
        assert again == []

        token = next(c for c in await window.page.context.cookies() if c["name"] == "session")
        who = look(desk.register, token["value"])
        assert who is not None
        end_all(desk.register, who)
        for page in (other, window.page):
            await expect(page).to_have_url(
                f"{desk.address}/sign-in?next="
                + ("/admin/access" if page is other else "/supervision"),
            )


async def test_what_is_broken_shows_itself_and_takes_nobodys_place_from_them(
    chromium: Browser, tmp_path: Path
) -> None:
    async with served(tmp_path) as desk, visiting(chromium, desk.address) as window:
        page = window.page
        await page.clock.install()
        await window.sign_in("xu")
        await window.open("/admin/health")
        stuck, heading = page.locator("#stuck"), page.locator("h1")
        before = await heading.inner_text()
        await expect(stuck).to_be_empty()
        link = page.locator("#basis a")
        await link.focus()
        with desk.register.writing() as session:
            note(session, "2026-0001", What.RUN, Code.RUN_FAILS, "x")
        await page.clock.run_for(EVERY * 1000 + 2000)
        await expect(stuck.locator("tbody tr")).to_have_count(1)
        await expect(heading).not_to_have_text(before)
        await expect(link).to_be_focused()
        await window.accessible()
        await expect(page.locator("[data-stale]")).to_be_hidden()

        await desk.stop()
        await page.clock.run_for(EVERY * 1000 + 2000)
        await expect(page.locator("[data-stale]")).to_be_visible()
        await expect(stuck.locator("tbody tr")).to_have_count(1)
        window.faults.clear()  # nobody answered: that is what it is about


async def test_a_tab_left_open_over_midnight_shows_the_days_of_today(
    chromium: Browser, tmp_path: Path
) -> None:
    async with served(tmp_path) as desk, visiting(chromium, desk.address) as window:
        page = window.page
        await page.clock.install()  # the window's own clock; the desk's goes on as it did
        await window.sign_in("wang")
        async with page.expect_navigation(url=f"{desk.address}/"):
            await page.clock.fast_forward("25:00:00")

        await window.open("/register")
        subject = page.locator("[name=subject]")
        await subject.fill("某道路规划文件")
        await page.clock.fast_forward("25:00:00")
        await expect(page.locator("#yesterday")).to_be_visible()
        await expect(subject).to_have_value("某道路规划文件")


async def test_a_page_that_answers_a_form_sends_it_not_again_at_midnight(
    chromium: Browser, tmp_path: Path
) -> None:
    async with served(tmp_path) as desk, visiting(chromium, desk.address) as window:
        page = window.page
        await page.clock.install()
        await window.sign_in("xu")
        await page.locator("#jump").fill("nobody")
        await page.locator("#jump").press("Enter")
        await expect(page).to_have_url(f"{desk.address}/find")
        sent: list[str] = []
        page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
        await page.clock.fast_forward("25:00:00")
        await expect(page.locator("#yesterday")).to_be_visible()
        assert not [one for one in sent if one.endswith("/find")]
