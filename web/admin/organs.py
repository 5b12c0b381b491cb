"""The organs of the office and their departments: entered, and said anew."""

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.errors import InputError, Refusal, YishenError
from domain.remedies.terms import OrganKind
from office.people.organs import (
    DEPARTMENT_PUT,
    ORGAN_PUT,
    organs,
    put_department,
    put_organ,
)
from register.reads.queries import OrganLine
from web.admin.parts import framed, parts, said_in
from web.frame.gate import ByWhom, Who
from web.frame.pages import page

router = APIRouter()

HERE = "/admin/organs"

OF_ORGAN = (
    *("id", "name", "level", "committed_working_days"),
    *("kind", "government", "superior", "court"),
)
OF_UNIT = ("id", "name", "committed_working_days")
"""What is said of each, as its form has it."""


@router.get(HERE)
async def listed(request: Request, who: ByWhom) -> Response:
    """All of them. Refusal(not_an_admin)."""
    return page(request, "admin/organs.html", parts=list(parts(who)), organs=await _organs(who))


@router.get("/admin/enter-organ")
async def new(request: Request, who: ByWhom) -> Response:
    """The form of one that is new. Refusal(not_an_admin)."""
    await _organs(who)
    return _form(request, who, None, dict.fromkeys(OF_ORGAN, "") | {"level": "department"})


@router.post("/admin/enter-organ")
async def enter(request: Request, who: ByWhom) -> Response:
    """Enter it, and go on to its page, where departments are added."""
    return await _put(request, who, None)


@router.get(f"{HERE}/{{organ}}")
async def one(request: Request, who: ByWhom, organ: str) -> Response:
    """What is said of it, and its departments. Refusal(not_an_admin)."""
    line = await _organ(who, organ)
    return _form(request, who, line, _said_of(line))


@router.post(f"{HERE}/{{organ}}")
async def change(request: Request, who: ByWhom, organ: str) -> Response:
    """Say it anew."""
    return await _put(request, who, await _organ(who, organ))


@router.get(f"{HERE}/{{organ}}/unit")
async def unit(
    request: Request, who: ByWhom, organ: str, chosen: str = Query("", alias="id")
) -> Response:
    """The form of a department, of a new one where none is named."""
    line = await _organ(who, organ)
    days = line.department_days.get(chosen)
    said = {"id": chosen, "name": line.departments.get(chosen, "")}
    return _unit(request, who, line, said | {"committed_working_days": str(days or "")})


@router.post(f"{HERE}/{{organ}}/unit")
async def put_unit(request: Request, who: ByWhom, organ: str) -> Response:
    """Enter the department, or say it anew."""
    line, said = await _organ(who, organ), await said_in(request, who, OF_UNIT)
    register, way = who.process.register, who.session.asked_by
    try:
        await who.process.write(
            lambda: put_department(register, who.id, line.id, said, asked_by=way)
        )
    except (InputError, Refusal) as no:
        return _unit(request, who, line, said, no)
    return RedirectResponse(f"{at(line.id)}?done={DEPARTMENT_PUT}", 303)


async def _put(request: Request, who: Who, line: OrganLine | None) -> Response:
    said = await said_in(request, who, OF_ORGAN)
    said |= {"id": line.id} if line else {}
    register, way = who.process.register, who.session.asked_by
    try:
        await who.process.write(lambda: put_organ(register, who.id, said, asked_by=way))
    except (InputError, Refusal) as no:
        return _form(request, who, line, said, no)
    return RedirectResponse(f"{at(said['id'])}?done={ORGAN_PUT}", 303)


async def _organs(who: Who) -> list[OrganLine]:
    return await who.process.look(lambda: organs(who.process.register, who.id))


async def _organ(who: Who, organ: str) -> OrganLine:
    found = next((line for line in await _organs(who) if line.id == organ), None)
    if found is None:
        raise HTTPException(404)
    return found


def at(organ: str) -> str:
    """The address of an organ's page."""
    return f"{HERE}/{quote(organ, safe='')}"


def _said_of(line: OrganLine) -> dict[str, str]:
    profile = line.profile
    return {
        "id": line.id,
        "name": line.name,
        "level": line.level,
        "committed_working_days": str(line.committed_working_days or ""),
        "kind": profile.kind or "",
        "government": profile.government or "",
        "superior": profile.superior or "",
        "court": profile.court or "",
    }


def _form(
    request: Request,
    who: Who,
    line: OrganLine | None,
    said: Mapping[str, str],
    no: YishenError | None = None,
) -> Response:
    done = request.query_params.get("done", "")
    return page(
        request,
        "admin/organ.html",
        **framed(who, no, OF_ORGAN),
        organ=line,
        here=at(line.id) if line else None,
        said=said,
        kinds=tuple(OrganKind),
        done=done if done in (ORGAN_PUT, DEPARTMENT_PUT) else None,
    )


def _unit(
    request: Request,
    who: Who,
    organ: OrganLine,
    said: Mapping[str, str],
    no: YishenError | None = None,
) -> Response:
    return page(
        request,
        "admin/unit.html",
        **framed(who, no, OF_UNIT),
        organ=organ,
        known=said["id"] in organ.departments,
        here=at(organ.id),
        said=said,
    )
