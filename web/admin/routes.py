"""The subject's first page: the first of its parts that is open to whoever asks."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from web.admin import access, changes, entering, health, organs, people, person, verify
from web.admin.parts import parts
from web.frame.gate import ByWhom

router = APIRouter()
for part in (health, people, entering, person, organs, changes, verify, access):
    router.include_router(part.router)


@router.get("/admin")
async def admin(request: Request, who: ByWhom) -> Response:
    """Where the person may begin; nowhere: as the list of people refuses it."""
    del request
    first = next((path for _, path in parts(who)), people.HERE)
    return RedirectResponse(first, 303)
