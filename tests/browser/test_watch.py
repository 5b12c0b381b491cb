"""What the other tests here rest on: a window sees what is wrong."""

import pytest

from tests.browser.conftest import Visiting

pytestmark = [pytest.mark.browser, pytest.mark.temporal]


async def test_a_window_sees_errors_requests_elsewhere_and_what_does_not_fit(
    visit: Visiting,
) -> None:
    async with visit() as window:
        await window.open("/sign-in")
        await window.fits()
        page = window.page
        async with page.expect_event("pageerror"):
            await page.evaluate("setTimeout(() => missing(), 0)")
        async with page.expect_console_message(lambda said: "Security Policy" in said.text):
            await page.evaluate("fetch('https://elsewhere.example/').catch(() => 0)")
        async with page.expect_response("**/nowhere"):
            await page.evaluate("fetch('/nowhere').catch(() => 0)")
        seen = " ".join(window.faults)
        for word in ("missing is not defined", "Content Security Policy", "404: "):
            assert word in seen
        window.faults.clear()

        await window.page.evaluate("document.querySelector('main').style.minWidth = '3000px'")
        with pytest.raises(AssertionError, match="wide in"):
            await window.fits()
        await window.page.evaluate(
            "document.querySelector('h1').outerHTML = '<img src=\"data:,\">'"
        )
        with pytest.raises(AssertionError, match="image-alt"):
            await window.accessible()
        window.faults.clear()
