"""Acts by their forms: every one that is offered opens clean on a phone, and one goes through."""

import re

import pytest
from playwright.async_api import expect

from domain.case.people import Role
from domain.case.summary import Status
from tests.browser.conftest import Visiting
from tests.browser.site import Site
from tests.browser.visit import PHONE, Visit
from tests.starter.engine.processes import wait_until
from tests.web.county import person

pytestmark = [pytest.mark.browser, pytest.mark.temporal]

ORGAN = "al-labour"
DOERS = (
    *(Role.INTAKE, Role.REVIEWER, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_LEADER),
    *(Role.DISCLOSURE_HEAD, Role.LEGAL, Role.HANDLER),
)


@pytest.mark.parametrize("role", DOERS)
async def test_the_form_of_every_act_that_is_offered_opens_clean_on_a_phone(
    visit: Visiting, site: Site, role: Role
) -> None:
    seen: set[str] = set()
    async with visit(PHONE) as window:
        await window.sign_in(person(role, ORGAN))
        for case in await _cases_found(window):
            await window.open(case)
            links = window.page.locator(f"a[href^='{case}/acts/']")
            for path in [str(await link.get_attribute("href")) for link in await links.all()]:
                kind = path.split("/acts/")[1].partition("?")[0]
                if kind not in seen:
                    seen.add(kind)
                    await window.open(path)
                    await expect(window.page.locator("h1")).to_have_count(1)
                    await window.fits()
                    await window.accessible()
                    await window.shot(f"act-{role}-{kind}-phone")
    assert seen, "nothing is offered"


async def _cases_found(window: Visit) -> list[str]:
    """The cases that the first pages of a person lead to."""
    found: dict[str, None] = {}
    for path in ("/", "/cases"):
        await window.open(path)
        links = window.page.locator("main a[href^='/cases/']")
        hrefs = [str(await link.get_attribute("href")) for link in await links.all()]
        found |= dict.fromkeys(h for h in hrefs if re.fullmatch(r"/cases/[\w-]+", h))
    return list(found)


async def test_a_request_is_given_to_a_handler(visit: Visiting, site: Site) -> None:
    waiting = next(c for c in site.cases(ORGAN) if c.status == Status.REGISTERED)
    async with visit() as window:
        page = window.page
        await window.sign_in(person(Role.INTAKE, ORGAN))
        await page.locator(f"main a[href='/cases/{waiting.id}']").first.click()
        await page.locator(f"a[href^='/cases/{waiting.id}/acts/assigned']").first.click()
        await page.locator("[name=department][value=work]").check()
        await page.locator("[name=handler][value='labour.ma']").check()
        await window.shot("act-assigned")
        await page.locator("button[name=_step][value=send]").click()
        await expect(page).to_have_url(re.compile(f"/cases/{waiting.id}"))
        await expect(page.get_by_role("status")).to_be_visible()
        await window.accessible()
        await window.shot("act-assigned-done")

    def recorded() -> bool:
        [line] = [c for c in site.cases(ORGAN) if c.id == waiting.id]
        return (line.status, line.handler) == (Status.IN_HAND, "labour.ma")

    wait_until(recorded, "the act is on record")


async def test_a_field_that_is_asked_for_no_more_is_not_sent(visit: Visiting, site: Site) -> None:
    case = next(c for c in site.cases(ORGAN) if c.status == Status.IN_HAND and c.handler)
    async with visit() as window:
        page = window.page
        await window.sign_in(str(case.handler))
        await window.open(f"/cases/{case.id}/acts/reply_drafted")
        part = page.locator("[data-shown-by=reply_kind]").first
        asked = str(await part.get_attribute("data-shown-for")).split()
        kinds = page.locator("select[name=reply_kind]")
        await kinds.select_option(asked[0])
        await part.locator("input, textarea").first.fill("填了又不要的（虚构）")
        values = await kinds.locator("option").evaluate_all("all => all.map(one => one.value)")
        plain = next(v for v in values if v not in asked and v == "granted")
        await kinds.select_option(plain)
        await expect(part).to_be_hidden()
        await page.locator("textarea[name=reasons]").fill("予以公开（虚构）")
        await page.locator("button[name=_step][value=look]").click()
        await expect(page.get_by_text("请核对")).to_be_visible()
        await expect(page.get_by_text("填了又不要的")).to_have_count(0)
