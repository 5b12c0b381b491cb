"""The parts of the subject and who finds something there; what all their forms do alike."""

from collections.abc import Collection, Iterator
from typing import Any

from starlette.requests import Request

from domain.account_changes import SECONDS
from domain.case.people import Role
from domain.errors import YishenError
from speech.refusals import messages
from speech.words import spoken
from texts.sentences import expected
from web.frame.errors import status_of
from web.frame.forms import sent
from web.frame.gate import Who

PARTS: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("health", "/admin/health", (Role.ADMIN,)),
    ("people", "/admin/people", (Role.ADMIN,)),
    ("organs", "/admin/organs", (Role.ADMIN,)),
    ("changes", "/admin/changes", SECONDS),
    ("verify", "/admin/verify", (Role.ADMIN,)),
    ("access", "/admin/access", (Role.ADMIN, Role.AUDITOR)),
)
"""Name, path, roles."""


def parts(who: Who) -> Iterator[tuple[str, str]]:
    """Name and path of those open to a person."""
    for name, path, roles in PARTS:
        if who.holds(*roles):
            yield name, path


async def said_in(request: Request, who: Who, fields: Collection[str]) -> dict[str, str]:
    """What the form says in these fields, without blanks around it."""
    given = await sent(request, who)
    return {name: str(given.get(name, "")).strip() for name in fields}


def framed(who: Who, no: YishenError | None, fields: Collection[str] = ()) -> dict[str, Any]:
    """What every page with a form shows beside its own: the parts; why nothing was done, at which
    of the `fields`, else of the whole."""
    problems = {
        one.field: expected(spoken(), one.expected, one.values)
        for one in getattr(no, "problems", ())
        if one.field in fields
    }
    return {
        "status": status_of(no) if no else 200,
        "parts": list(parts(who)),
        "problems": problems,
        "lines": messages(no) if no is not None and not problems else [],
    }
