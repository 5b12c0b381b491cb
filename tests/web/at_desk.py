"""The desk of the office that has its engine: people at it, and cases in hand."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from domain.case import facts as f
from domain.signing_in import SignInMethod
from office.settings import Settings
from office.signing_in.entering import begun
from tests.office_fixture import Office
from tests.web.site import Browser, browser
from web.app import make_app
from web.frame.brought import COOKIE

Reach = Callable[[Settings], Awaitable[object]]


@asynccontextmanager
async def at_desk(
    office: Office, person: str, connect: Reach | None = None
) -> AsyncIterator[Browser]:
    """That person at a browser of the office's desk, signed in with both factors; how people come
    by these is tried elsewhere."""

    async def there(settings: Settings) -> object:
        return office.client

    with office.register.writing() as session:
        way = SignInMethod.PASSWORD_TOTP
        token = begun(session, person, way, "", datetime.now(UTC)).token
    app = make_app(office.settings, connect or there)  # type: ignore[arg-type]
    async with app.router.lifespan_context(app), browser(app) as someone:
        someone.cookies.set(COOKIE, token, domain="127.0.0.1")
        yield someone


async def in_hand(office: Office, department: str = "ghj", handler: str | None = None) -> str:
    """A registered case, given to a handler."""
    case = (await office.open()).id
    given = f.Assigned(department=department, handler=handler or office.person["handler"])
    await office.do(case, "intake", given)
    return case
