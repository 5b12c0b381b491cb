"""What the items say of the kind of reply that is chosen, while the form is filled in."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from web.frame.asked import CaseCalled
from web.frame.forms import lists_of, sent
from web.frame.gate import ByWhom
from web.frame.pages import page
from web.replies.fates import fates

router = APIRouter()


@router.post("/cases/{case}/acts/reply_drafted/fates")
async def beside(request: Request, who: ByWhom, case: CaseCalled) -> Response:
    """The items, beside the kind that was chosen."""
    kind = lists_of(await sent(request, who)).get("reply_kind", [""])[-1]
    found = await who.read_case(case, lambda session, record: fates(record, kind))
    return page(request, "replies/fates.html", fates=found)
