"""Files that come while somebody still fills in their form: sealed, and answered with what the form
names them by."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from web.frame.asked import CaseCalled
from web.frame.gate import ByWhom
from web.frame.pages import page
from web.frame.uploads import FormWithFiles, sent_with_files

router = APIRouter()


@router.post("/register/uploads")
async def of_registration(request: Request, who: ByWhom) -> Response:
    """For a request that is being registered."""
    return _came(request, await sent_with_files(request, who))


@router.post("/cases/{case}/uploads")
async def of_case(request: Request, who: ByWhom, case: CaseCalled) -> Response:
    """For an act in a case that the person may see."""
    return _came(request, await sent_with_files(request, who, case))


def _came(request: Request, came: FormWithFiles) -> Response:
    return page(request, "frame/came.html", files=came.files, refused=came.problems)
