"""The stream that a page's script listens to."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from web.frame.gate import session_of
from web.frame.pages import process_of

router = APIRouter()

AS_IT_COMES = {"x-accel-buffering": "no"}
"""Proxies are not to wait for its end."""


@router.get("/live")
async def live(request: Request) -> Response:
    """Says `changed` when something did, `over` once the session is; 204: nobody is signed in, a
    browser doesn't ask again."""
    session = await session_of(request)
    if session is None or session.owes is not None:
        return Response(status_code=204)
    stream = process_of(request).streams.stream(session.id)
    return StreamingResponse(stream, media_type="text/event-stream", headers=AS_IT_COMES)
