"""Style, script and mark, kept by browsers for as long as their content is the same."""

from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from web.frame.pages import asset

TYPES = {"desk.css": "text/css", "desk.js": "text/javascript", "mark.svg": "image/svg+xml"}

FOR_EVER = "public, max-age=31536000, immutable"


async def static(request: Request) -> Response:
    """A file; by another version's address it is still the present one, but not to be kept."""
    version, name = request.path_params["version"], request.path_params["name"]
    if name not in TYPES:
        raise HTTPException(404)
    content = files("web").joinpath("static", name).read_bytes()
    known = asset(name).split("/")[2] == version
    headers = {"cache-control": FOR_EVER if known else "no-cache"}
    return Response(content, media_type=TYPES[name], headers=headers)


async def favicon(request: Request) -> Response:
    """Where browsers look for the mark by themselves."""
    del request
    return RedirectResponse(asset("mark.svg"))


ROUTES = (
    Route("/static/{version}/{name}", static, methods=["GET"]),
    Route("/favicon.ico", favicon, methods=["GET"]),
)
