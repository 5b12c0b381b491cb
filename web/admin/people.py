"""The people of the office, and how they stand with signing in: all, or those looked for. What is
typed to find somebody by stands in no address, what is picked does."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.case.people import Role
from office.desk import Reading
from office.people.accounts import accounts
from register.reads import roster
from register.reads.people import MOST_SOUGHT, PeopleWanted
from speech.names import NameBook, names
from speech.words import term
from web.admin.parts import parts, said_in
from web.admin.places import RolePlace, places
from web.frame.gate import ByWhom, Who
from web.frame.pages import page, say

router = APIRouter()

HERE = "/admin/people"

FIELDS = ("text", "role", "place", "standing", "after")

SERVING, LEFT, EVERY = "serving", "left", "all"
"""Whom a list shows by how they stand; usually those in service."""

GIVEN = [role for role in Role if role is not Role.SYSTEM]
"""Roles that somebody may hold."""


@dataclass(frozen=True, slots=True)
class PeopleAsked:
    """What a list of people was asked for; what can't be read of it asks nothing."""

    text: str = ""
    role: str = ""
    place: str = ""
    standing: str = SERVING
    after: str = ""

    @property
    def fields(self) -> Mapping[str, str]:
        """As a form sends it."""
        said = {name: str(getattr(self, name)) for name in FIELDS}
        return {name: value for name, value in said.items() if value not in ("", SERVING)}

    @property
    def address(self) -> str:
        """Where the same is shown, but for what was typed."""
        asked = {name: value for name, value in self.fields.items() if name != "text"}
        return f"{HERE}?{urlencode(asked)}" if asked else HERE

    @property
    def narrowed(self) -> bool:
        """Whether it is more than the usual list."""
        return replace(self, after="") != PeopleAsked()

    def wanted(self, among: Mapping[str, RolePlace]) -> PeopleWanted:
        """As the register is asked."""
        place = among.get(self.place)
        return PeopleWanted(
            text=self.text,
            role=Role(self.role) if self.role in GIVEN else None,
            organ=place.organ if place else None,
            department=place.department if place else None,
            active={LEFT: False, EVERY: None}.get(self.standing, True),
        )


@router.get(HERE)
async def people(
    request: Request,
    who: ByWhom,
    role: str = "",
    place: str = "",
    standing: str = SERVING,
    after: str = "",
) -> Response:
    """Those in service, or those picked. Refusal(not_an_admin)."""
    return await _list(request, who, PeopleAsked("", role, place, standing, after))


@router.post(HERE)
async def sought(request: Request, who: ByWhom) -> Response:
    """The same among those looked for; where nothing was typed, at its address."""
    asked = PeopleAsked(**await said_in(request, who, FIELDS))
    if not asked.text:
        return RedirectResponse(asked.address, 303)
    return await _list(request, who, replace(asked, text=asked.text[:MOST_SOUGHT]))


def at(person: str) -> str:
    """The address of a person's page."""
    return f"{HERE}/{quote(person, safe='')}"


async def _list(request: Request, who: Who, asked: PeopleAsked) -> Response:
    def read(session: Reading) -> tuple[NameBook, dict[str, RolePlace]]:
        return names(session), {place.key: place for place in places(roster.organs(session))}

    register = who.process.register
    known, among = await who.process.read(read)
    wanted = asked.wanted(among)
    found = await who.process.look(lambda: accounts(register, who.id, wanted, asked.after))
    return page(
        request,
        "admin/people.html",
        parts=list(parts(who)),
        asked=asked,
        found=found,
        known=known,
        roles=[(role.value, term("role", role)) for role in GIVEN],
        places=[(key, place.words(known)) for key, place in among.items()],
        standings=[(key, say(f"admin.shown.{key}")) for key in (SERVING, LEFT, EVERY)],
        longest=MOST_SOUGHT,
        again=lambda **other: replace(asked, **{"after": "", **other}),
    )
