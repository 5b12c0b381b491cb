"""Who did or tried what: the access log, whose reading is in it as well."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from domain.case.number import case_id_of
from domain.case.reading import CasePart
from domain.errors import InputError
from office.access.access_log import organs_open_to
from office.access.reading import went_out
from register.reads.attempts import AttemptLine, Looked, attempts
from register.reads.people import all_people
from speech.names import names
from web.admin.parts import parts
from web.frame.asked import day_asked, page_asked
from web.frame.gate import ByWhom, Who
from web.frame.pages import page

router = APIRouter()

HERE = "/admin/access"

MOST, LAST_PAGE = 50, 1000
"""Lines of a page, and how far back pages go: days narrow it from there."""

OUTCOMES = ("accepted", "ok", "repeated", "refused", "not_found", "unanswered")


@dataclass(frozen=True, slots=True)
class LogQuestion:
    """What the address asks for; what can't be read of it asks nothing."""

    case: str | None
    person: str | None
    outcome: str | None
    first: date | None
    last: date | None
    number: int

    def at(self, number: int) -> str:
        """The address of another page of the same."""
        said: Mapping[str, object] = {
            "case": self.case,
            "person": self.person,
            "outcome": self.outcome,
            "from": self.first,
            "to": self.last,
            "page": number,
        }
        return f"{HERE}?{urlencode({key: value for key, value in said.items() if value})}"


@router.get(HERE)
async def access(
    request: Request,
    who: ByWhom,
    case: str = "",
    person: str = "",
    outcome: str = "",
    first: str = Query("", alias="from"),
    to: str = "",
    number: str = Query("1", alias="page"),
) -> Response:
    """A page of the log, newest first. Refusal(not_your_role); Unreachable(register_not_writable):
    nothing is read that can't be written down."""
    asked = LogQuestion(
        case=_case(case),
        person=person.strip() or None,
        outcome=outcome if outcome in OUTCOMES else None,
        first=day_asked(first),
        last=day_asked(to),
        number=page_asked(number, LAST_PAGE),
    )
    found = await _found(who, asked)
    return page(
        request,
        "admin/access.html",
        parts=list(parts(who)),
        asked=asked,
        lines=found[:MOST],
        newer=asked.at(asked.number - 1) if asked.number > 1 else None,
        older=asked.at(asked.number + 1) if len(found) > MOST else None,
        people=await who.process.read(all_people),
        known=await who.process.read(names),
        outcomes=OUTCOMES,
    )


async def _found(who: Who, asked: LogQuestion) -> list[AttemptLine]:
    """The lines of the page and one more, where there is one; the reading is written down first."""
    register, way = who.process.register, who.session.asked_by
    organs = await who.process.look(
        lambda: organs_open_to(register, who.id, asked.case, asked_by=way)
    )
    await who.process.write(
        lambda: went_out(register, who.id, CasePart.ACCESS, asked.case, asked.person, way)
    )
    wanted = Looked(
        organs=organs,
        case_id=asked.case,
        person=asked.person,
        outcome=asked.outcome,
        first=asked.first,
        last=asked.last,
        limit=MOST + 1,
        offset=(asked.number - 1) * MOST,
    )
    return await who.process.read(lambda session: attempts(session, wanted))


def _case(text: str) -> str | None:
    try:
        return case_id_of(text) if text.strip() else None
    except InputError:
        return None
