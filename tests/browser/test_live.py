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

pytestmark = [pytest.mark.browser]


async def test_only_what_renews_itself_is_asked_for_again(
    chromium: Browser, tmp_path: Path
) -> None:
    async with served(tmp_path) as desk, visiting(chromium, desk.address) as window:
        await window.sign_in("xu")
        other = await window.page.context.new_page()
        again: list[str] = []

        def asked(request: Request) -> None:
            if request.headers.get("x-live"):
                again.append(request.url)

        async with other.expect_response("**/live"):
            await other.goto(f"{desk.address}/admin/access")  # each reading is written down
        other.on("request", asked)
        async with window.page.expect_response(f"{desk.address}/"):
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
                f"{desk.address}/sign-in?next=" + ("/admin/access" if page is other else "/"),
                timeout=15000,
            )
