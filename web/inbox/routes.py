"""The page everybody lands on."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.case.people import Role
from domain.errors import Unreachable
from office.acts.drafts import FormDraft, pending_of
from office.answers.lists import Waiting, waiting
from office.desk import Reading
from register.reads.tasks import TaskLine
from speech.names import NameBook, names
from web.frame.gate import ByWhom, Who
from web.frame.pages import page

router = APIRouter()


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """What waits for one of the roles a person holds."""

    role: Role
    tasks: tuple[TaskLine, ...]


@router.get("/")
async def inbox(request: Request, who: ByWhom) -> Response:
    """What waits for this person, the most pressing first."""

    def read(session: Reading) -> tuple[Waiting, NameBook]:
        return waiting(session, who.id), names(session)

    mine, known = await who.process.read(read)
    awaiting = await pending(who)
    request.state.counts = {"inbox": len(mine.tasks)}
    return page(
        request,
        "inbox/inbox.html",
        groups=list(grouped(who.roles, mine.tasks)),
        troubles=mine.troubles,
        known=known,
        total=len(mine.tasks),
        awaiting=awaiting,
        registers=who.holds(Role.INTAKE),
    )


async def pending(who: Who) -> list[FormDraft]:
    """What this person sent and nobody has answered."""
    try:
        return await pending_of(who.desk(), who.id)
    except Unreachable:
        return []


def grouped(roles: tuple[Role, ...], tasks: list[TaskLine]) -> Iterator[RoleGroup]:
    """Tasks by role, in the order of the procedure; roles for which nothing waits are left out."""
    for role in roles:
        mine = tuple(task for task in tasks if task.role == role)
        if mine:
            yield RoleGroup(role, mine)
