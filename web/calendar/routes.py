"""The year as a picture, the versions of the calendar, and two of them compared."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.calendar.diff import difference
from domain.calendar.picture import PicturedDay
from domain.values import month_of
from office.answers.calendars import (
    PicturedYear,
    calendar_named,
    packaged,
    pictured_month,
    pictured_year,
)
from office.desk import Reading
from office.legal_time import legal_now
from register.reads.calendars import VersionLine, versions
from speech.names import NameBook, names
from web.calendar import notice
from web.calendar.exceptions import exceptions
from web.frame.asked import day_asked, organ_asked, year_asked
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


@router.get("/calendar/month")
async def month(request: Request, who: ByWhom, day: str = "") -> Response:
    """The month of a day, the present one by default, to choose a day from: of the organ of the
    person. A part of a page."""
    chosen = day_asked(day)
    shown = chosen or legal_now().date()

    def read(session: Reading) -> tuple[PicturedDay, ...]:
        return pictured_month(session, shown, organ_asked("", who, names(session)))

    days = await who.process.read(read)
    first, last = month_of(shown)
    return page(
        request,
        "calendar/month.html",
        days=days,
        chosen=chosen,
        before=first - timedelta(days=1),
        after=last + timedelta(days=1),
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
