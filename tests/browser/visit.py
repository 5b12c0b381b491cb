"""Somebody at a browser: one window of a person, and everything that went wrong in it."""

import os
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, ConsoleMessage, Page, Request, Response, expect

from tests.browser_fixture import PATIENCE

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"

SHOTS = bool(os.environ.get("SHOTS"))
"""Whether pictures are wanted: drawing whole pages takes a tenth of the time of these tests."""

DESKTOP, PHONE, ZOOMED = (1280, 800), (360, 740), (640, 400)
"""Windows in CSS pixels; the last is the first at 200 %."""

REFUSED = "Failed to load resource: the server responded with a status of 4"
"""What the browser says of a page that answers what can't be done; of the page itself it is no
fault."""

SPILT = """() => {
  const found = [], root = document.documentElement, wide = root.clientWidth;
  const name = (e) => [e.tagName.toLowerCase(), e.id && "#" + e.id, e.getAttribute("class"),
    "«" + (e.textContent || "").trim().slice(0, 30) + "»"].filter(Boolean).join(" ");
  const scrolls = (e) => { for (let p = e; p && p !== document.body; p = p.parentElement)
    if (["auto", "scroll"].includes(getComputedStyle(p).overflowX)) return true; return false; };
  if (root.scrollWidth > wide) found.push("page is " + root.scrollWidth + " wide in " + wide);
  for (const e of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    if (style.visibility === "hidden" || !box.width || !box.height) continue;
    if (style.clipPath !== "none" || box.right < 0 || e.closest(".hidden, .skip, svg")) continue;
    if (box.right > wide + 1 && !scrolls(e)) found.push("beyond the edge: " + name(e));
    const cut = ["hidden", "clip"].includes(style.overflowX) && e.scrollWidth > e.clientWidth + 1;
    if (cut && (e.textContent || "").trim()) found.push("clipped: " + name(e));
  }
  return found;
}"""
"""What does not fit the window: a page that scrolls sideways, boxes beyond the edge, cut text."""

SETTLED = """() => Promise.allSettled(document.getAnimations().map(one => one.finished))"""
"""Waits until every movement of the page has come to its end."""


@dataclass
class Visit:
    """One window. `faults`: errors of the console and of pages, answers 5xx and 404 of what a page
    asks for, requests to anywhere else."""

    page: Page
    origin: str
    faults: list[str] = field(default_factory=list)

    async def open(self, path: str) -> None:
        """Go to a page of the desk."""
        await self.page.goto(self.origin + path)

    async def sign_in(self, person: str) -> None:
        """As a person of the demonstration; lands on their first page."""
        await self.open("/sign-in")
        await self.page.locator(f"button[name=person][value='{person}']").click()
        await expect(self.page).not_to_have_url(re.compile("/sign-in"))

    async def fits(self) -> None:
        """Nothing scrolls sideways, lies beyond the edge or is cut."""
        spilt = await self.page.evaluate(SPILT)
        assert not spilt, f"{self.page.url}: {spilt[:6]}"

    async def accessible(self) -> None:
        """axe finds nothing, once nothing moves: what still fades in has no colours to judge."""
        await self.page.evaluate(SETTLED)
        found = await Axe().run(self.page)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"

    async def shot(self, name: str) -> None:
        """The whole page in a folder that git ignores, where SHOTS asks for it: to be looked at."""
        if not SHOTS:
            return
        path = SCREENSHOTS / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=path, full_page=True)

    # -- what went wrong --------------------------------------------------------------------------

    def watch(self) -> None:
        """Note whatever goes wrong from now on."""
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        refused = message.text.startswith(REFUSED) and message.location.get("url") == self.page.url
        if message.type in ("error", "warning") and not refused:
            self.faults.append(f"console: {message.text} ({message.location.get('url')})")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:")):
            self.faults.append(f"asked elsewhere: {request.url}")

    def _answered(self, response: Response) -> None:
        missing = response.status == 404 and not response.request.is_navigation_request()
        if response.status >= 500 or missing:
            self.faults.append(f"{response.status}: {response.url}")


@asynccontextmanager
async def visiting(
    browser: Browser, origin: str, window: tuple[int, int] = DESKTOP, **options: Any
) -> AsyncIterator[Visit]:
    """A fresh window, with nothing kept from another; what went wrong in it fails the test.
    `options` as of Playwright's contexts. The page's own rules against scripts from elsewhere
    stay in force."""
    size = {"width": window[0], "height": window[1]}
    context = await browser.new_context(viewport=size, **{"locale": "zh-CN"} | options)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    try:
        visit = Visit(await context.new_page(), origin)
        visit.watch()
        yield visit
        assert not visit.faults, visit.faults
    finally:
        await context.close()


def one_of_each(lines: Sequence[Any]) -> dict[str, Any]:
    """The first case of each state."""
    found: dict[str, Any] = {}
    for line in lines:
        found.setdefault(line.status, line)
    return found
