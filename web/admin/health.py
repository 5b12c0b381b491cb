"""What is broken: what the office runs on, whom it lacks, cases that can't go on or contradict
themselves, notices that don't go out."""

from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.case.people import Role
from domain.errors import Code, Refusal, YishenError
from office.answers.lists import Waiting, waiting
from office.cases.checking import check_of
from office.desk import Reading
from office.people.staffing import Staffing, staffing_of
from office.running.keys_kept import kept
from office.showing.pages import unavailable
from office.showing.walls import lacking
from register.reads.troubles import What
from register.reads.undelivered import UndeliveredNotice, undelivered
from speech.names import NameBook, names
from speech.refusals import message
from speech.words import joined, term
from web.admin.parts import parts
from web.frame.gate import ByWhom, Who
from web.frame.pages import page

router = APIRouter()

HERE = "/admin/health"

SHOWN, NAMED = 100, 12
"""Notices of one page; cases that are named."""

EVERY = 10
"""Seconds after which an open page looks again."""


@dataclass(frozen=True, slots=True)
class BasisLine:
    """Something the office runs on; `wrong`: what is wrong with it, in words; None: it is well."""

    name: str
    wrong: str | None


@dataclass(frozen=True, slots=True)
class OfficeHealth:
    """What the register says of it."""

    mine: Waiting
    notices: list[UndeliveredNotice]
    staff: Staffing
    known: NameBook


@router.get(HERE)
async def health(request: Request, who: ByWhom) -> Response:
    """All of it, as it is now. Refusal(not_an_admin)."""
    if not who.holds(Role.ADMIN):
        raise Refusal(Code.NOT_AN_ADMIN, user=who.id)

    def read(session: Reading) -> OfficeHealth:
        return OfficeHealth(
            waiting(session, who.id),
            undelivered(session, SHOWN),
            staffing_of(session),
            names(session),
        )

    found = await who.process.read(read)
    mine, check = found.mine, await check_of(who.desk(), who.id)
    return page(
        request,
        "admin/health.html",
        parts=list(parts(who)),
        basis=[*await _engine(who), await _keys(who), await _showing(who)],
        stuck=[line for line in mine.troubles if line.what != What.MAIL],
        mail=[line for line in mine.troubles if line.what == What.MAIL],
        conflicts=mine.conflicts,
        notices=found.notices,
        staff=found.staff,
        check=check,
        check_runs=check is not None and check.runs(datetime.now(UTC)),
        named=NAMED,
        every=EVERY,
        roles_in_words=lambda roles: joined([term("role", role) for role in roles]),
        known=found.known,
    )


async def _engine(who: Who) -> list[BasisLine]:
    """Engine and worker; of the worker nothing is known where the engine is away."""
    # The engine's library is loaded by whoever asks it, not by every page.
    from office.running.workers import worker_answers

    try:
        client = await who.process.engine(who.process.settings)
        served = await worker_answers(client)
    except YishenError as error:
        return [BasisLine("engine", message(error)), BasisLine("worker", "")]
    return [BasisLine("engine", None), BasisLine("worker", None if served else "")]


async def _keys(who: Who) -> BasisLine:
    try:
        await who.process.look(lambda: kept(who.process.settings))
    except YishenError as error:
        return BasisLine("keys", message(error))
    return BasisLine("keys", None)


async def _showing(who: Who) -> BasisLine:
    why = await who.process.render(lacking)
    return BasisLine("showing", None if why is None else message(unavailable(why)))
