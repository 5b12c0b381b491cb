"""The page on which everybody begins: the entrance of the desk, there before anything else is.

It is asked for while the rest is still loaded, so it needs little: no more of the framework than
what serves a route, and nothing that signs anybody in (`web/signing_in/routes.py`)."""

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.case.people import Role
from domain.errors import Code, YishenError
from register.reads.people import PersonLine, all_people
from speech.names import NameBook, names
from speech.refusals import message
from web.frame.errors import status_of
from web.frame.pages import page, process_of

if TYPE_CHECKING:
    from office.desk import Reading


async def form(request: Request) -> Response:
    """Where everybody begins."""
    return await sign_in_page(request, own_path(request.query_params.get("next", "/")))


async def sign_in_page(
    request: Request, back: str, *, name: str = "", no: YishenError | None = None
) -> Response:
    """The form; `name`: what was typed there, `no`: why it was not enough."""
    process = process_of(request)

    def read(session: "Reading") -> tuple[list[PersonLine], NameBook]:
        people = all_people(session) if process.demo else []
        return [person for person in people if person.active], names(session)

    people, known = await process.read(read)
    answer = page(
        request,
        "signing_in/sign_in.html",
        status=status_again(no) if no else 200,
        back=back,
        name=name,
        no=message(no) if no else None,
        people=_by_organ(people),
        known=known,
    )
    if no is not None and "seconds" in no.params:
        answer.headers["retry-after"] = str(no.params["seconds"])
    return answer


def _by_organ(people: list[PersonLine]) -> dict[str, list[PersonLine]]:
    """Each under the organ of the first role held, in the order in which a case goes through the
    roles."""
    roles = [str(role) for role in Role]
    found: dict[str, list[PersonLine]] = {}
    for person in sorted(
        (p for p in people if p.grants), key=lambda p: roles.index(p.grants[0].role)
    ):
        found.setdefault(person.grants[0].organ, []).append(person)
    return dict(sorted(found.items(), key=lambda group: -len(group[1])))


def status_again(no: YishenError) -> int:
    """Somebody who was not recognised may try again."""
    return 429 if no.code is Code.TOO_MANY_ATTEMPTS else max(status_of(no), 400)


def own_path(asked: str) -> str:
    """Where to go on: only ever a page of this desk. Browsers read a backslash as a slash, and skip
    what doesn't print."""
    inside = asked.startswith("/") and not asked.startswith("//") and "\\" not in asked
    return asked if inside and asked.isprintable() else "/"


ROUTES = (Route("/sign-in", form, methods=["GET"]),)
