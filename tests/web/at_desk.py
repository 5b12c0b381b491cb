"""The desk of the office that has its engine: people at it, and cases in hand."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pyotp
from argon2 import PasswordHasher

from domain.case import facts as f
from office.settings import Settings
from office.signing_in.entering import accept
from office.signing_in.invites import invite
from tests.office_fixture import Office
from tests.web.site import Browser, browser, fields_of
from web.app import make_app
from web.frame.gate import COOKIE

Reach = Callable[[Settings], Awaitable[object]]

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

BEGUN: dict[str, str] = {}
"""The session of everybody who has been at the desk of the office."""


@asynccontextmanager
async def at_desk(
    office: Office, person: str, connect: Reach | None = None
) -> AsyncIterator[Browser]:
    """That person at a browser of the office's desk."""

    async def there(settings: Settings) -> object:
        return office.client

    if person not in BEGUN:  # who has a password is not invited again
        token = invite(office.register, office.person["admin"], person).path.rpartition("/")[2]
        word = "a long word of nobody"
        BEGUN[person] = accept(office.register, token, word, hashing=CHEAP).token
    app = make_app(office.settings, connect or there)  # type: ignore[arg-type]
    async with app.router.lifespan_context(app), browser(app) as someone:
        someone.cookies.set(COOKIE, BEGUN[person], domain="127.0.0.1")
        if (await someone.get("/")).status_code == 303:
            await _set_up_factor(someone)
            BEGUN[person] = someone.cookies[COOKIE]
        yield someone


async def _set_up_factor(someone: Browser) -> None:
    """As a role that needs one asks for."""
    form = await someone.get("/sign-in/factor")
    secret = re.search(r'class="figure">([A-Z2-7 ]+)<', form.text)
    assert secret is not None, form.text
    code = pyotp.TOTP(secret[1].replace(" ", "")).now()
    given = {"sealed": fields_of(form)["sealed"], "code": code}
    shown = await someone.press("/sign-in/factor", given, "/sign-in/factor")
    assert shown.status_code == 200, shown.text


async def in_hand(office: Office, department: str = "ghj", handler: str | None = None) -> str:
    """A registered case, given to a handler."""
    case = (await office.open()).id
    given = f.Assigned(department=department, handler=handler or office.person["handler"])
    await office.do(case, "intake", given)
    return case
