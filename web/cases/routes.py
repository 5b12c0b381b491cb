"""The list of cases, and one case."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.case.answers.late_acts import LateAct, acts_entered_late
from domain.case.facts import ItemAdded
from office.cases.record import Record
from office.desk import Reading
from office.legal_time import legal_now
from speech.names import names
from web.cases.address import query_of
from web.cases.case import case_page
from web.cases.listing import DAYS, listing
from web.frame.asked import CaseCalled
from web.frame.gate import ByWhom
from web.frame.pages import page

router = APIRouter()


@router.get("/cases")
async def cases(request: Request, who: ByWhom, after: str = "") -> Response:
    """The cases this person may see, as the address asks for them: by themselves the open ones,
    the soonest due first; `after`: the place of the last row of the page before."""
    query, at = query_of(request.query_params.multi_items()), legal_now()
    found = await who.process.read(lambda s: listing(s, who.viewer, query, after, at))
    return page(request, "cases/list.html", list=found, within=DAYS)


@router.get("/cases/{case}")
async def case(
    request: Request,
    who: ByWhom,
    case: CaseCalled,
    done: int | None = None,
    since: int | None = None,
) -> Response:
    """One case, all of it that this person may see; `done`: the entry somebody comes from, `since`:
    the first of several."""
    done = done if done is not None and done > 0 else None

    def read(session: Reading, record: Record) -> dict[str, Any]:
        added = items_added(record, since, done) if since and done else ()
        return {**case_page(record, who.actor, names(session)), "added": added}

    return page(request, "cases/case.html", done=done, **await who.read_case(case, read))


@router.get("/cases/{case}/late")
async def late(request: Request, who: ByWhom, case: CaseCalled) -> Response:
    """What can't be done in the case any more, and can still be entered as done when it could."""

    def read(session: Reading, record: Record) -> tuple[Record, tuple[LateAct, ...]]:
        # Of one whose words are gone, or that has not begun, nothing can be told.
        begun = record.begun and record.forgotten is None
        acts = acts_entered_late(record.state, who.actor, record.now) if begun else ()
        return record, acts

    record, acts = await who.read_case(case, read)
    return page(request, "cases/late.html", record=record, line=record.row.line, acts=acts)


def items_added(record: Record, first: int, last: int) -> list[str]:
    """The items that these entries added."""
    found = [e.what for e in record.events if first <= e.seq <= last]
    return [what.ref for what in found if isinstance(what, ItemAdded)]
