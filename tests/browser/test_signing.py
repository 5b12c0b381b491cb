"""Signing on a phone: what is signed is shown, and a second factor asked for where it is due."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import pyotp
import pytest
from argon2 import PasswordHasher
from playwright.async_api import Browser, expect

from domain.case import facts as f
from domain.case.people import method_of
from office.settings import Settings
from office.signing_in.entering import accept
from office.signing_in.invites import invite
from office.signing_in.own_account import offer_factor, take_factor
from register.models import Organ
from register.reads import queries
from register.writes.signing_in import mark_factor
from tests.browser.visit import PHONE, Visit, visiting
from tests.office_fixture import Office
from tests.web.served import Served, serving_at

pytestmark = [pytest.mark.browser, pytest.mark.temporal]

PASSWORD = "a long word of nobody"


@dataclass
class Signer:
    """A leader with an authenticator; `session`: what opens theirs, `name`: as it is on record."""

    id: str
    totp: pyotp.TOTP
    session: str
    name: str

    def code(self) -> str:
        """What it shows now."""
        return self.totp.now()


def enrolled(office: Office, person: str) -> Signer:
    """With a password and an authenticator, as somebody has after their first day."""
    token = invite(office.register, office.person["admin"], person).path.rpartition("/")[2]
    begun = accept(
        office.register,
        token,
        PASSWORD,
        hashing=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1),
    )
    offer = offer_factor(office.settings, begun.who)
    totp = pyotp.TOTP(offer.secret)
    code = totp.at(datetime.now(UTC) - timedelta(seconds=30))  # none counts twice
    taken = take_factor(office.settings, office.register, begun.who, offer.sealed, code)
    return Signer(person, totp, taken.begun.token, taken.begun.who.id)


@pytest.fixture
async def desk(office: Office) -> AsyncIterator[Served]:
    """The desk of an office that asks for a fresh second factor."""

    async def there(settings: Settings) -> object:
        return office.client

    def ask(asked: bool | None) -> None:
        with office.register.writing() as session:
            organ = session.get(Organ, "qinghe")
            assert organ is not None
            organ.second_factor_for_signing = asked

    ask(True)
    async with serving_at(office.settings, office.register, there) as served:
        yield served
    ask(None)


async def to_sign(office: Office) -> str:
    """A case that waits for the leader in charge."""
    case = (await office.open()).id
    digest = office.desk.folder(case).keep_bytes("养护合同（虚构）".encode())
    await office.do(case, "intake", f.Assigned(department="ghj", handler=office.person["handler"]))
    await office.do(case, "handler", f.ItemAdded(ref="g", title="养护合同", sha256=digest))
    await office.do(case, "handler", f.ItemAdded(ref="k", title="会议纪要"))
    await office.do(case, "reviewer", f.ItemReviewed(ref="g", decision=f.Decision.RELEASE))
    held = f.ItemReviewed(ref="k", decision=f.Decision.WITHHOLD, ground="内部事务（虚构）")
    await office.do(case, "reviewer", held)
    return case


async def by_link(window: Visit, link: str, signer: Signer) -> None:
    """As somebody comes who opens the link of a notice: by way of signing in."""
    page = window.page
    await window.open(link)
    await page.locator("[name=name]").fill(signer.id)
    await page.locator("[name=password]").fill(PASSWORD)
    await page.locator("button.first").click()
    await page.locator("[name=code]").fill(signer.code())
    await page.locator("button.first").click()
    await expect(page).to_have_url(window.origin + link)


async def came_in(window: Visit, signer: Signer) -> None:
    """With the session of the first day."""
    await window.page.context.add_cookies(
        [{"name": "session", "value": signer.session, "url": window.origin}]
    )
    await window.open("/")


def methods(office: Office, case: str) -> list[tuple[str, str]]:
    """Who signed or approved, and how they had proved to be themselves."""
    with office.register.reading() as session:
        events = queries.events(session, case)
    kinds = ("signed", "reply_approved")
    return [(e.person, method_of(e.asked_by or ":")) for e in events if e.what.kind in kinds]


async def test_one_signs_on_a_phone_from_a_link_and_from_the_inbox_with_a_code_where_one_is_due(
    office: Office, desk: Served, chromium: Browser
) -> None:
    case = await to_sign(office)
    phone = partial(visiting, chromium, desk.address, PHONE)
    first = enrolled(office, office.person["leader_in_charge"])
    async with phone() as window:
        page = window.page
        await by_link(window, f"/cases/{case}/acts/signed", first)
        for words in ("养护合同", "会议纪要", "内部事务（虚构）"):
            await expect(page.get_by_text(words).first).to_be_visible()
        await expect(page.locator(".hash summary")).to_have_text(re.compile("SHA-256 [0-9a-f]+…"))
        await expect(page.get_by_text("截至第 6 条记录")).to_be_visible()
        viewport = page.locator("meta[name=viewport]")
        await expect(viewport).not_to_have_attribute("content", re.compile("scalable|maximum"))
        await expect(page.locator("[name=_code]")).to_have_count(0)
        await window.fits()
        await window.accessible()
        await window.shot("signing-phone")
        await page.locator("button.first").click()
        await expect(page.get_by_role("status")).to_contain_text("已记录")
        await expect(page.get_by_text("身份验证：密码加验证码")).to_be_visible()

    await office.do(case, "principal_leader", f.Signed())
    draft = f.ReplyDrafted(reply_kind="partly_granted", reasons="部分公开（虚构）", ground="内部")
    await office.do(case, "handler", draft)
    second = enrolled(office, office.person["disclosure_head"])
    async with phone() as window:
        page = window.page
        await came_in(window, second)
        with office.register.writing() as session:
            mark_factor(session, second.name, datetime.now(UTC) - timedelta(minutes=6))
        await page.locator(f"a[href='/cases/{case}/acts/reply_approved']").click()
        await expect(page.get_by_text("部分公开（虚构）")).to_be_visible()
        await window.accessible()
        await window.shot("approving-phone")
        await page.locator("[name=_code]").fill("000000")
        await page.locator("button.first").click()
        await expect(page.get_by_role("alert")).to_be_visible()
        window.faults.clear()  # the refusal's own 409
        await page.locator("[name=_code]").fill(second.code())
        await page.locator("button.first").click()
        await expect(page.get_by_role("status")).to_contain_text("已记录")

    by_desk = [one for one in methods(office, case) if one[1] == "password+totp"]
    assert by_desk == [(first.id, "password+totp"), (second.id, "password+totp")]
