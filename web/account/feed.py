"""One's own limits in one's own calendar: the address made, ended, and fetched by calendars."""

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from office.legal_time import legal_now
from office.signing_in.feeds import drop_feed, feed_file, make_feed
from web.frame.forms import sent
from web.frame.gate import ByWhom
from web.frame.pages import page, process_of

router = APIRouter()


@router.post("/me/feed")
async def made(request: Request, who: ByWhom) -> Response:
    """A new address, shown once."""
    await sent(request, who)
    path = await who.process.write(lambda: make_feed(who.process.register, who.session))
    address = str(request.base_url).rstrip("/") + path
    return page(request, "account/feed.html", address=address)


@router.post("/me/feed/end")
async def ended(request: Request, who: ByWhom) -> Response:
    """There is none any more."""
    await sent(request, who)
    await who.process.write(lambda: drop_feed(who.process.register, who.session))
    return RedirectResponse("/me?done=feed", 303)


@router.get("/calendar/feed/{token}.ics")
async def fetched(request: Request, token: str) -> Response:
    """What a calendar gets, who signs in nowhere. HTTPException: 404 where the address is
    nobody's."""
    process = process_of(request)
    # It writes down who got what, so it goes where writes go.
    found = await process.write(lambda: feed_file(process.register, token, legal_now()))
    if found is None:
        raise HTTPException(404)
    headers = {"etag": found.etag, "cache-control": "private, no-cache"}
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type="text/calendar", headers=headers)
