"""The page everybody lands on: what waits, a group for each role, the soonest first."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.case.people import Role
from domain.errors import Unreachable
from office.acts.drafts import FormDraft, pending_of
from office.answers.inbox import Inbox, inbox, more_tasks
from office.answers.lists import troubles_told
from office.desk import Reading
from office.legal_time import legal_now
from register.reads.tasks import TaskLine, TaskPlace, task_place
from register.reads.troubles import TroubleLine
from speech.names import NameBook, names
from web.frame.gate import ByWhom, Who
from web.frame.pages import page

router = APIRouter()


@dataclass(frozen=True, slots=True)
class InboxPage:
    """What waits, the faults this person hears of, and the names in both."""

    mine: Inbox
    troubles: list[TroubleLine]
    known: NameBook


@router.get("/")
async def landing(request: Request, who: ByWhom) -> Response:
    """What waits for this person, the most pressing first."""

    def read(session: Reading) -> InboxPage:
        mine = inbox(session, who.id, legal_now())
        return InboxPage(mine, troubles_told(session, who.viewer), names(session))

    made = await who.process.read(read)
    awaiting = await pending(who)
    count = made.mine.count + len(made.mine.unattended)
    request.state.counts = {"inbox": count}
    return page(
        request,
        "inbox/inbox.html",
        mine=made.mine,
        troubles=made.troubles,
        known=made.known,
        total=count,
        awaiting=awaiting,
        registers=who.holds(Role.INTAKE),
    )


@router.get("/tasks/{role}")
async def more(request: Request, who: ByWhom, role: Role, after: str) -> Response:
    """The tasks of one role that follow those of the page before."""

    def read(session: Reading) -> tuple[list[TaskLine], TaskPlace | None]:
        return more_tasks(session, who.id, role, task_place(after))

    tasks, following = await who.process.read(read)
    return page(request, "inbox/more.html", role=role, tasks=tasks, following=following)


async def pending(who: Who) -> list[FormDraft]:
    """What this person sent and nobody has answered."""
    try:
        return await pending_of(who.desk(), who.id)
    except Unreachable:
        return []
