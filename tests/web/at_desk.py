"""The desk of the office that has its engine: people at it, and cases in hand."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from argon2 import PasswordHasher

from domain.case import facts as f
from office.settings import Settings
from office.signing_in.entering import accept
from office.signing_in.invites import invite
from tests.office_fixture import Office
from tests.web.site import Browser, browser
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
        yield someone


async def in_hand(office: Office, department: str = "ghj", handler: str | None = None) -> str:
    """A registered case, given to a handler."""
    case = (await office.open()).id
    given = f.Assigned(department=department, handler=handler or office.person["handler"])
    await office.do(case, "intake", given)
    return case
