"""The system's Chromium, for tests that look at pages as people do."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

PATIENCE = 60_000
"""Milliseconds within which a page comes to what is expected of it, however busy the machine."""

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> Path | None:
    """The browser of the system, where there is one."""
    found = (shutil.which(name) for name in NAMES)
    return next((Path(path) for path in found if path), None)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """A running browser without a window. Named skip where there is none."""
    program = find_chromium()
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing, and CI must not skip")
        pytest.skip("Chromium is missing: install it, or run `make test` as root")
    # Its own walls between processes need rights that root gives away; the pages are our own.
    walls = ["--no-sandbox"] if os.geteuid() == 0 else []
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=walls)
        yield browser
        await browser.close()
