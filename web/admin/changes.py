"""What of people's rights waits for a second person: agreed to, declined, taken back."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.errors import InputError, Refusal, YishenError
from office.people.account_changes import agree, decline, waiting
from speech.names import names
from web.admin.parts import framed
from web.frame.forms import sent
from web.frame.gate import ByWhom, Who
from web.frame.pages import page

router = APIRouter()

HERE = "/admin/changes"


@router.get(HERE)
async def changes(request: Request, who: ByWhom) -> Response:
    """What waits: all for administrators, for others what they may decide."""
    return await _page(request, who)


@router.post(f"{HERE}/{{number}}")
async def decide(request: Request, who: ByWhom, number: int) -> Response:
    """Agree or decline, as the second person; or take back, as who asked."""
    yes = (await sent(request, who)).get("answer") == "agree"
    register, way = who.process.register, who.session.asked_by
    answer = agree if yes else decline
    try:
        await who.process.write(lambda: answer(register, who.id, number, asked_by=way))
    except (InputError, Refusal) as no:
        return await _page(request, who, no)
    return RedirectResponse(f"{HERE}?done={'agreed' if yes else 'declined'}", 303)


async def _page(request: Request, who: Who, no: YishenError | None = None) -> Response:
    register = who.process.register
    done = request.query_params.get("done", "")
    return page(
        request,
        "admin/changes.html",
        **framed(who, no),
        waiting=await who.process.look(lambda: waiting(register, who.id)),
        known=await who.process.read(names),
        done=done if done in ("agreed", "declined") else None,
    )
