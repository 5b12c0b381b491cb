"""The year as a picture, the versions of the calendar, and two of them compared."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.calendar.diff import difference
from office.answers.calendars import (
    PicturedYear,
    calendar_named,
    packaged,
    pictured_year,
)
from office.desk import Reading
from register.reads.calendars import VersionLine, versions
from speech.names import NameBook, names
from web.calendar import notice
from web.calendar.exceptions import exceptions
from web.frame.asked import organ_asked, year_asked
from web.frame.gate import ByWhom
from web.frame.pages import page

router = APIRouter()
router.include_router(notice.router)


@dataclass(frozen=True, slots=True)
class YearChoice:
    """What the page shows, and of which organ."""

    organ: str
    organs: tuple[tuple[str, str], ...]
    shown: PicturedYear
    known: NameBook


@router.get("/calendar")
async def calendar(request: Request, who: ByWhom, year: str = "", organ: str = "") -> Response:
    """A year of an organ: by default the present one, of the person's first organ."""
    wanted = year_asked(year)

    def read(session: Reading) -> YearChoice:
        known = names(session)
        chosen = organ_asked(organ, who, known)
        return YearChoice(
            organ=chosen,
            organs=tuple(known.organs.items()),
            shown=pictured_year(session, wanted, chosen),
            known=known,
        )

    found = await who.process.read(read)
    return page(
        request,
        "calendar/year.html",
        choice=found,
        shown=found.shown,
        known=found.known,
        spans=list(exceptions(found.shown.days)),
    )


@router.get("/calendar/compare")
async def compare(request: Request, who: ByWhom, old: str = "", new: str = "") -> Response:
    """Two versions of the calendar, closures included: the days that differ."""

    def read(session: Reading) -> tuple[list[VersionLine], object]:
        lines = versions(session)
        known = [packaged().version, *(line.version for line in lines)]
        if old not in known or new not in known:
            return lines, None
        return lines, difference(calendar_named(session, old), calendar_named(session, new))

    lines, found = await who.process.read(read)
    return page(
        request,
        "calendar/compare.html",
        choices=[packaged().version, *(line.version for line in lines)],
        old=old,
        new=new,
        found=found,
    )
