"""Who asks: what a page needs to know of the session before it shows anything."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Annotated, TypeVar

from fastapi import Depends
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from domain.case.people import Actor, Role
from domain.case.reading import CasePart, Viewer
from domain.errors import InputError, Refusal
from domain.signing_in import SignInMethod
from office.access.reading import refused, sight_in
from office.cases.record import Record
from office.cases.seen import seen_case
from office.desk import Desk, Reading
from office.signing_in.sessions import SignedIn, lately, look, seen, unseen
from register.reads import roster
from register.reads.visible import as_viewer
from web.frame.brought import SignInNeededError, token_in
from web.frame.process import WebProcess

S = TypeVar("S")
T = TypeVar("T")

BY_ITSELF = "x-live"
"""Header of a page's script that asks on its own: a tab left open is nobody at work."""


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody signed in: `actor` as one who acts, `viewer` as one who looks; `form_key`: what the
    forms of the session prove themselves by; `over`: the session has ended by itself, what a form
    brings is kept, and nothing is shown or done."""

    session: SignedIn
    actor: Actor
    viewer: Viewer
    form_key: bytes
    process: WebProcess
    over: bool = False

    @property
    def id(self) -> str:
        """The person."""
        return self.session.person

    @property
    def name(self) -> str:
        """As colleagues know them."""
        return self.session.name

    @property
    def demo(self) -> bool:
        """Whether the person came in without a password."""
        return self.session.method is SignInMethod.DEMO

    def holds(self, *roles: Role) -> bool:
        """Whether one of the roles is held, anywhere."""
        return any(grant.role in roles for grant in self.actor.grants)

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles held, in the order of the procedure."""
        held = {grant.role for grant in self.actor.grants}
        return tuple(role for role in Role if role in held)

    @property
    def keeps_calendar(self) -> bool:
        """Whether the person may load calendars."""
        return self.holds(Role.ADMIN)

    def desk(self) -> Desk:
        """A desk for what this person asks for."""
        return self.process.desk(self.session.asked_by)

    async def read_case(self, case: str, query: Callable[[Reading, Record], T]) -> T:
        """What `query` makes of a case as this person may see it, read at once with it. Who is not
        let see it stands in the access log.

        InputError(unknown_case), Refusal(case_not_visible), Unreachable(register_…, key_…).
        """
        return await self._seeing(case, lambda s: seen_case(s, self.viewer, case), query)

    async def require_sight(self, case: str) -> None:
        """The same without reading its record, for what comes before it is read: raises the same,
        and who is not let see the case stands in the access log."""
        page = CasePart.PAGE
        await self._seeing(case, lambda s: sight_in(s, self.viewer, page, case), lambda *_: None)

    async def _seeing(
        self, case: str, see: Callable[[Reading], S], query: Callable[[Reading, S], T]
    ) -> T:
        unseen: list[Refusal | InputError] = []

        def read(session: Reading) -> T:
            try:
                found = see(session)
            except (Refusal, InputError) as error:
                unseen.append(error)
                raise
            return query(session, found)

        try:
            return await self.process.read(read)
        except (Refusal, InputError):
            register, way = self.process.register, self.session.asked_by
            for no in unseen:
                await self.process.write(
                    partial(refused, register, self.id, CasePart.PAGE, case, no, way)
                )
            raise


def key_of(token: str) -> bytes:
    """What forms shown to the session prove themselves by."""
    return hmac.new(token.encode(), b"forms", sha256).digest()


async def session_of(request: HTTPConnection) -> SignedIn | None:
    """The session of whoever asks, whatever it still lacks. Raises Unreachable."""
    process: WebProcess = request.app.state.process
    token = token_in(request)
    return await process.look(lambda: look(process.register, token)) if token else None


async def anybody(request: HTTPConnection) -> Who | None:
    """Who asks; None: nobody who has signed in, all the way. Raises Unreachable."""
    process: WebProcess = request.app.state.process
    token = token_in(request)

    def read() -> Who | None:
        session = look(process.register, token)
        if session is None or session.owes is not None:
            return None
        return _who(process, session, token)

    who = await process.look(read) if token else None
    if who is not None:
        request.state.who = who
    return who


def _who(process: WebProcess, session: SignedIn, token: str, *, over: bool = False) -> Who:
    with process.register.reading() as reading:
        actor = roster.actor(reading, session.person).changed(asked_by=session.asked_by)
        return Who(session, actor, as_viewer(reading, actor), key_of(token), process, over)


async def signed_in(request: Request) -> Who:
    """Who asks. SignInNeededError: nobody; afterwards the browser comes back here."""
    who = await anybody(request)
    if who is None:
        raise sign_in_first(request)
    return who


async def signed_in_lately(request: Request) -> Who:
    """The same, or (`over`) whose session ended by itself over the form that comes now; nothing
    takes it for one in use."""
    who = await anybody(request)
    if who is not None:
        return who
    process: WebProcess = request.app.state.process
    token = token_in(request)

    def read() -> Who | None:
        session = lately(process.register, token)
        return None if session is None else _who(process, session, token, over=True)

    before = await process.look(read) if token else None
    if before is None:
        raise sign_in_first(request)
    return before


def sign_in_first(request: Request) -> SignInNeededError:
    """What leads to signing in, and back to here."""
    url = request.url
    here = url.path + (f"?{url.query}" if url.query else "")
    return SignInNeededError(here if _can_be_looked_at(request) else "/")


def _can_be_looked_at(request: Request) -> bool:
    """Whether its place is a page, too: whose session ended over a form comes back to the form."""
    routes = request.app.state.pages.routes
    scope = {**request.scope, "method": "GET"}
    return any(route.matches(scope)[0] is Match.FULL for route in routes)


ByWhom = Annotated[Who, Depends(signed_in)]

ByWhomLately = Annotated[Who, Depends(signed_in_lately)]
"""For forms that keep what they bring; the first thing to ask is whether it is `over`."""


class SessionsSeen:
    """Notes that a session is in use, once the answer is on its way: a register that can't be
    written keeps nobody waiting."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)
        who: Who | None = scope.get("state", {}).get("who")
        if who is None or Headers(scope=scope).get(BY_ITSELF):
            return
        if unseen(who.session):
            await who.process.write(lambda: seen(who.process.register, who.session))
