"""The organs of the office and their departments: entered, said anew, ended and put back."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.errors import InputError, Refusal, YishenError
from domain.remedies.terms import OrganKind
from office.legal_time import legal_now
from office.people.ending import (
    DEPARTMENT_ENDED,
    DEPARTMENT_RESTORED,
    ORGAN_ENDED,
    ORGAN_RESTORED,
    doubts,
    end,
    restore,
    still_there,
)
from office.people.organs import (
    DEPARTMENT_PUT,
    ORGAN_PUT,
    organs,
    put_department,
    put_organ,
)
from office.written import written_day
from register.reads.roster import OrganLine
from speech.doubts import doubted
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

UNIT = "unit"
"""Which department is ended or put back; without it the organ itself."""

DONE = (
    *(ORGAN_PUT, DEPARTMENT_PUT),
    *(ORGAN_ENDED, DEPARTMENT_ENDED, ORGAN_RESTORED, DEPARTMENT_RESTORED),
)
"""What the page may say has been done."""


@router.get(HERE)
async def listed(request: Request, who: ByWhom) -> Response:
    """All of them. Refusal(not_an_admin)."""
    return page(request, "admin/organs.html", parts=list(parts(who)), organs=await _organs(who))


@router.get("/admin/enter-organ")
async def new(request: Request, who: ByWhom) -> Response:
    """The form of one that is new. Refusal(not_an_admin)."""
    await _organs(who)
    return await _form(request, who, None, dict.fromkeys(OF_ORGAN, "") | {"level": "department"})


@router.post("/admin/enter-organ")
async def enter(request: Request, who: ByWhom) -> Response:
    """Enter it, and go on to its page, where departments are added."""
    return await _put(request, who, None)


@router.get(f"{HERE}/{{organ}}")
async def one(request: Request, who: ByWhom, organ: str) -> Response:
    """What is said of it, and its departments. Refusal(not_an_admin)."""
    line = await _organ(who, organ)
    return await _form(request, who, line, _said_of(line))


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
    return await _unit(request, who, line, _said_of_unit(line, chosen))


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
        return await _unit(request, who, line, said, no)
    return RedirectResponse(f"{at(line.id)}?done={DEPARTMENT_PUT}", 303)


@router.post(f"{HERE}/{{organ}}/end")
async def ended(request: Request, who: ByWhom, organ: str) -> Response:
    """It, or a department of it, is there no more."""
    line, said = await _organ(who, organ), await said_in(request, who, (UNIT, "on"))
    register, way = who.process.register, who.session.asked_by
    try:
        day = written_day(said["on"], legal_now().date()) if said["on"] else None
        chosen = said[UNIT] or None
        await who.process.write(lambda: end(register, who.id, line.id, chosen, day, asked_by=way))
    except (InputError, Refusal) as no:
        if said[UNIT] in line.departments:
            return await _unit(request, who, line, _said_of_unit(line, said[UNIT]), no, said["on"])
        return await _form(request, who, line, _said_of(line), no, said["on"])
    done = DEPARTMENT_ENDED if chosen else ORGAN_ENDED
    return RedirectResponse(f"{at(line.id)}?done={done}", 303)


@router.post(f"{HERE}/{{organ}}/restore")
async def restored(request: Request, who: ByWhom, organ: str) -> Response:
    """It was ended by mistake."""
    line, said = await _organ(who, organ), await said_in(request, who, (UNIT,))
    register, way = who.process.register, who.session.asked_by
    chosen = said[UNIT] or None
    await who.process.write(lambda: restore(register, who.id, line.id, chosen, asked_by=way))
    done = DEPARTMENT_RESTORED if chosen else ORGAN_RESTORED
    return RedirectResponse(f"{at(line.id)}?done={done}", 303)


async def _put(request: Request, who: Who, line: OrganLine | None) -> Response:
    said = await said_in(request, who, OF_ORGAN)
    said |= {"id": line.id} if line else {}
    register, way = who.process.register, who.session.asked_by
    try:
        await who.process.write(lambda: put_organ(register, who.id, said, asked_by=way))
    except (InputError, Refusal) as no:
        return await _form(request, who, line, said, no)
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


def _said_of_unit(line: OrganLine, unit: str) -> dict[str, str]:
    days = line.department_days.get(unit)
    said = {"id": unit, "name": line.departments.get(unit, "")}
    return said | {"committed_working_days": str(days or "")}


async def _end(
    who: Who, line: OrganLine, unit: str | None, day: date | None, on: str
) -> dict[str, Any]:
    """What the end of it takes to know: whether it ended, else what it still has."""
    register = who.process.register
    there = await who.process.look(lambda: still_there(register, who.id, line.id, unit))
    has = [doubted(one) for one in doubts(there)]
    return {"unit": unit, "name": there.name, "ended_on": day, "has": has, "on": on}


async def _form(
    request: Request,
    who: Who,
    line: OrganLine | None,
    said: Mapping[str, str],
    no: YishenError | None = None,
    on: str = "",
) -> Response:
    done = request.query_params.get("done", "")
    return page(
        request,
        "admin/organ.html",
        **framed(who, no, (*OF_ORGAN, "on")),
        end=await _end(who, line, None, line.ended_on, on) if line else None,
        organ=line,
        here=at(line.id) if line else None,
        said=said,
        kinds=tuple(OrganKind),
        done=done if done in DONE else None,
    )


async def _unit(
    request: Request,
    who: Who,
    organ: OrganLine,
    said: Mapping[str, str],
    no: YishenError | None = None,
    on: str = "",
) -> Response:
    unit = said["id"] if said["id"] in organ.departments else None
    ended = organ.ended_units.get(unit) if unit else None
    return page(
        request,
        "admin/unit.html",
        **framed(who, no, (*OF_UNIT, "on")),
        end=await _end(who, organ, unit, ended, on) if unit else None,
        organ=organ,
        known=unit is not None,
        here=at(organ.id),
        said=said,
    )
