"""A file of a case as images of its pages. That it was opened is in the access log first; turning
its pages is one reading with that."""

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.errors import YishenError
from office.cases.private import opened_file
from office.legal_time import legal_now
from office.showing.pages import AT_ONCE, NO_PAGES, PagesAsked, ShownPages, shown_pages
from speech.files import file_title
from speech.refusals import message
from web.frame.asked import CaseCalled
from web.frame.gate import ByWhom, Who
from web.frame.pages import page as answer

router = APIRouter()

FIT, WIDE = 1000, 2000
"""Pixels of a page: as wide as a window, and to be read with a glass."""

AS_IT_IS = {"content-encoding": "identity"}
"""Pictures are packed already."""


@dataclass(frozen=True, slots=True)
class DrawnFile:
    """A file to be looked at: its pages, or in words why there are none."""

    title: str
    ref: str
    pages: ShownPages | None
    why: str = ""

    @property
    def images(self) -> Iterator[tuple[int, str]]:
        """The number of each page, and its picture as an address."""
        if self.pages is not None:
            for number, image in enumerate(self.pages.images, self.pages.first):
                yield number, f"data:image/jpeg;base64,{base64.b64encode(image).decode()}"

    @property
    def before(self) -> int | None:
        """The page from which the earlier ones are shown."""
        first = self.pages.first if self.pages else 1
        return max(1, first - AT_ONCE) if first > 1 else None

    @property
    def after(self) -> int | None:
        """The page that follows."""
        shown = self.pages
        return shown.last + 1 if shown and shown.last < shown.count else None


@router.get("/cases/{case}/shown/{ref:path}")
async def shown(
    request: Request,
    who: ByWhom,
    case: CaseCalled,
    ref: str,
    page: int | None = None,
    wide: bool = False,
) -> Response:
    """Pages of a file, from that one on; `wide`: twice as large."""
    drawn = await drawn_file(who, case, ref, page, WIDE if wide else FIT)
    line = await who.read_case(case, lambda _, record: record.row.line)
    made = answer(request, "cases/shown.html", line=line, drawn=drawn, wide=wide)
    made.headers.update(AS_IT_IS)
    return made


async def drawn_file(
    who: Who,
    case: str,
    ref: str,
    page: int | None = None,
    width: int = FIT,
    most: int = AT_ONCE,
) -> DrawnFile:
    """A file of a case, opened by this person; from `page`: of a file that is being read, else of
    one that is taken up. Raises what `opened_file` raises, Unreachable(file_lost)."""
    process = who.process
    found, pieces = await process.write(
        partial(
            opened_file,
            process.settings,
            process.register,
            who.id,
            case,
            ref,
            asked_by=who.session.asked_by,
            turned=page is not None,
        )
    )
    return await drawn(who, file_title(found), found.ref, pieces, page or 1, width, most)


async def drawn(
    who: Who,
    title: str,
    ref: str,
    pieces: Iterable[bytes],
    first: int = 1,
    width: int = FIT,
    most: int = AT_ONCE,
) -> DrawnFile:
    """What comes in `pieces`, with who looks on every page."""
    asked = PagesAsked(first, width, who.name, who.id, legal_now(), most)
    try:
        pages = await who.process.render(lambda: shown_pages(pieces, asked))
    except YishenError as error:
        if error.code not in NO_PAGES:
            raise
        return DrawnFile(title, ref, None, message(error))
    return DrawnFile(title, ref, pages)
