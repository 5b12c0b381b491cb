"""The engine is away while people work: what is sent is kept and goes through once it is back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from office.people.directory_file import load_office, read_office
from office.running.key_store import register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from office.signing_in.demo import mark_as_demo
from starter.engine.ports import LOOPBACK, answers, free_ports
from tests.browser.doing import fill, press, recorded, register
from tests.browser.visit import visiting
from tests.office_fixture import EXAMPLE
from tests.starter.engine.processes import wait_until
from tests.starter.lived import Installation

pytestmark = [pytest.mark.browser, pytest.mark.temporal, pytest.mark.slow]

WORDS = "申请人来电（虚构）"
SUBJECT = "某镇水费标准（虚构）"


@dataclass(frozen=True)
class Apart:
    """An office whose pages are served apart from its engine."""

    origin: str
    rest: Installation


@contextmanager
def pages_apart(data: Path) -> Iterator[Apart]:
    """The example's office, a demonstration, with `yishen web` alone."""
    settings = Settings(data=data)
    make_ready(settings)
    there = register_at(settings, 5.0)
    mark_as_demo(there)
    with there.writing() as session:
        load_office(session, read_office(EXAMPLE))
    there.close()
    of_rest, of_pages = free_ports(2)
    pages = Installation(data, {"YISHEN_WEB_LISTEN": f"{LOOPBACK}:{of_pages}"}).start("web")
    try:
        wait_until(lambda: answers(of_pages), "the pages are there")
        rest = Installation(data, {"YISHEN_WEB_LISTEN": f"{LOOPBACK}:{of_rest}"})
        yield Apart(f"http://{LOOPBACK}:{of_pages}", rest)
    finally:
        pages.kill()
        pages.communicate()


async def test_what_is_sent_while_the_engine_is_away_waits_and_goes_through(
    chromium: Browser, tmp_path: Path
) -> None:
    with pages_apart(tmp_path / "office") as desk:
        async with visiting(chromium, desk.origin) as window:
            page = window.page
            await window.sign_in("wang")
            await window.open("/register")
            case = await register(page, SUBJECT)
            with desk.rest.up():
                await recorded(page)
                await window.open(f"{case}/acts/noted")
                await fill(page, text=WORDS)

            await press(page)
            await expect(page.get_by_role("alert")).to_contain_text("还没有得到答复")
            await expect(page.locator("main")).to_contain_text(WORDS)
            assert [fault for fault in window.faults if "503" not in fault] == []
            window.faults.clear()
            await window.accessible()
            await window.shot("act-engine-away")
            await window.open("/")
            await expect(page.get_by_text("已提交，还没有得到答复")).to_be_visible()
            await window.open(case)
            await expect(page.locator("h1")).to_be_visible()
            await expect(page.locator("main")).not_to_contain_text(WORDS)

            with desk.rest.up():
                await window.open("/")
                await page.locator("a[href^='/unanswered/']").click()
                await page.locator("button[name=_step][value=send]").click()
                await recorded(page)
                await expect(page.locator("main")).to_contain_text(WORDS)
                await window.open("/")
                await expect(page.get_by_text("已提交，还没有得到答复")).to_have_count(0)
