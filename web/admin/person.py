"""One person of the office: said anew, invited, roles given and taken, resets, put out of
service."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.account_changes import AccountChangeKind, takes_two
from domain.case.people import Grant, Role
from domain.errors import Code, InputError, Refusal, YishenError
from office.desk import Reading
from office.people.account_changes import TAKEN, give_role, reset, take_role, waiting
from office.people.accounts import PUT, Account, account_of
from office.people.leaving import LEFT, deactivate
from office.signing_in.invites import invite
from register.reads import roster
from register.reads.account_changes import AccountChange
from register.reads.people import GrantLine
from register.reads.tasks import unattended
from speech.names import NameBook, names
from web.admin.entering import SAID, put
from web.admin.parts import framed, said_in
from web.admin.people import GIVEN, HERE, at
from web.admin.places import RolePlace, places
from web.frame.forms import sent
from web.frame.gate import ByWhom, Who
from web.frame.pages import page

router = APIRouter()

PERSON = f"{HERE}/{{person}}"

WAITS = "waits"

DONE = (PUT, TAKEN, LEFT, WAITS, *AccountChangeKind)
"""What the page may say has been done."""


@router.get(PERSON)
async def person(request: Request, who: ByWhom, person: str) -> Response:
    """The person, and all an administrator may change. Refusal(not_an_admin)."""
    return await _page(request, who, person)


@router.post(PERSON)
async def said(request: Request, who: ByWhom, person: str) -> Response:
    """Name, address or language anew; who had left is back, without roles."""
    said = await said_in(request, who, ("name", "email", "language"))
    try:
        await put(who, {"id": person, **said})
    except (InputError, Refusal) as no:
        return await _page(request, who, person, no, said)
    return RedirectResponse(f"{at(person)}?done={PUT}", 303)


@router.post(f"{PERSON}/invite")
async def invited(request: Request, who: ByWhom, person: str) -> Response:
    """A link by which they set their password: it stands on this page alone, this once."""
    await sent(request, who)
    register, way = who.process.register, who.session.asked_by
    try:
        made = await who.process.write(lambda: invite(register, who.id, person, asked_by=way))
    except (InputError, Refusal) as no:
        return await _page(request, who, person, no)
    link = str(request.base_url).rstrip("/") + made.path
    return page(request, "admin/invited.html", made=made, link=link, back=at(person))


@router.post(f"{PERSON}/give")
async def give(request: Request, who: ByWhom, person: str) -> Response:
    """A role given; some wait for a second person."""
    given = await sent(request, who)
    register, way = who.process.register, who.session.asked_by

    def ask() -> AccountChange | None:
        role, place = _role(str(given.get("role", ""))), _place(who, str(given.get("place", "")))
        where = (place.organ, place.department)
        return give_role(register, who.id, person, role, *where, asked_by=way)

    return await _asked(request, who, person, AccountChangeKind.ROLE_GIVEN, ask)


@router.post(f"{PERSON}/take")
async def take(request: Request, who: ByWhom, person: str) -> Response:
    """A role taken, at once."""
    given = await sent(request, who)
    register, way = who.process.register, who.session.asked_by

    def ask() -> None:
        role, place = _role(str(given.get("role", ""))), _place(who, str(given.get("place", "")))
        where = (place.organ, place.department)
        take_role(register, who.id, person, role, *where, asked_by=way)

    return await _asked(request, who, person, TAKEN, ask)


@router.post(f"{PERSON}/reset")
async def taken_off(request: Request, who: ByWhom, person: str) -> Response:
    """Password or second factor reset; for some of the people it waits for a second person."""
    given = await sent(request, who)
    factor = str(given.get("what", "")) == AccountChangeKind.FACTOR_RESET
    what = AccountChangeKind.FACTOR_RESET if factor else AccountChangeKind.PASSWORD_RESET
    register, way = who.process.register, who.session.asked_by
    return await _asked(
        request, who, person, what, lambda: reset(register, who.id, person, what, asked_by=way)
    )


@router.post(f"{PERSON}/leave")
async def leave(request: Request, who: ByWhom, person: str) -> Response:
    """Out of service at once; the page then names the cases to be handed over."""
    await sent(request, who)
    register, way = who.process.register, who.session.asked_by

    def ask() -> None:
        deactivate(register, who.id, person, asked_by=way)

    return await _asked(request, who, person, LEFT, ask)


async def _asked(
    request: Request, who: Who, person: str, what: str, ask: Callable[[], AccountChange | None]
) -> Response:
    """Do it, and show the person as they stand now."""
    try:
        change = await who.process.write(ask)
    except (InputError, Refusal) as no:
        return await _page(request, who, person, no)
    done = WAITS if change is not None and change.done is None else str(what)
    return RedirectResponse(f"{at(person)}?done={done}", 303)


def _role(text: str) -> Role:
    if text not in GIVEN:
        raise InputError(Code.BAD_FIELD, field="role", detail="missing")
    return Role(text)


def _place(who: Who, key: str) -> RolePlace:
    with who.process.register.reading() as session:
        found = {place.key: place for place in places(roster.organs(session))}
    # What is no place is refused by the service, which says which there are.
    return found.get(key) or RolePlace(key, None)


def _guarded(grants: tuple[GrantLine, ...]) -> bool:
    held = (Grant(role=Role(g.role), organ=g.organ, department=g.department) for g in grants)
    return takes_two(held)


async def _page(
    request: Request,
    who: Who,
    person: str,
    no: YishenError | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    register = who.process.register
    account = await who.process.look(lambda: account_of(register, who.id, person))
    if account is None:
        raise HTTPException(404)

    def read(session: Reading) -> tuple[NameBook, list[RolePlace], list[str]]:
        left = [line.number for line in unattended(session) if line.handler == person]
        return names(session), places(roster.organs(session)), left

    known, offered, cases = await who.process.read(read)
    asked = await who.process.look(lambda: waiting(register, who.id))
    done = request.query_params.get("done", "")
    return page(
        request,
        "admin/person.html",
        **framed(who, no, SAID),
        one=account,
        here=at(person),
        own=person == who.id,
        known=known,
        cases=cases,
        waits=[change for change in asked if change.person == person],
        roles=GIVEN,
        places=offered,
        place_of=lambda grant: RolePlace(grant.organ, grant.department),
        guarded=_guarded(account.person.grants),
        stands=_stands(account),
        said=typed or account.person,
        done=done if done in DONE else None,
    )


def _stands(account: Account) -> str:
    """How the person stands with signing in, as one of the page's words."""
    if account.sign_in.has_password:
        lacks = account.needs_factor and not account.sign_in.has_factor
        return "no_factor" if lacks else "set"
    return "invited" if account.invited_until else "none"
