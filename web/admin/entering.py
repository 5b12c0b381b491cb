"""People entered, and what is said of them."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.errors import InputError, Refusal, YishenError
from office.access.door import require_admin
from office.people.accounts import put_person
from web.admin.parts import framed, said_in
from web.admin.people import at
from web.frame.gate import ByWhom, Who
from web.frame.pages import page

router = APIRouter()

SAID = ("id", "name", "email", "language")
"""What is said of a person, as the form has it."""


@router.get("/admin/enter")
async def form(request: Request, who: ByWhom) -> Response:
    """Somebody who is new. Refusal(not_an_admin)."""
    await who.process.read(lambda session: require_admin(session, who.id))
    return _form(request, who, dict.fromkeys(SAID, "") | {"language": "zh"})


@router.post("/admin/enter")
async def enter(request: Request, who: ByWhom) -> Response:
    """Enter them, and go on to their page, where roles are given."""
    said = await said_in(request, who, SAID)
    try:
        await put(who, said)
    except (InputError, Refusal) as no:
        return _form(request, who, said, no)
    return RedirectResponse(f"{at(said['id'])}?done=person_put", 303)


async def put(who: Who, said: Mapping[str, str]) -> None:
    """Say that of a person, by who is signed in. InputError(bad_field), Refusal(not_an_admin)."""
    register, way = who.process.register, who.session.asked_by
    await who.process.write(lambda: put_person(register, who.id, said, asked_by=way))


def _form(
    request: Request, who: Who, said: Mapping[str, str], no: YishenError | None = None
) -> Response:
    return page(request, "admin/enter.html", **framed(who, no, SAID), said=said)
