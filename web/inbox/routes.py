"""The page everybody lands on: what waits, a group for each role, the soonest first."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.account_changes import SECONDS
from domain.case.people import Role
from domain.errors import Unreachable
from office.acts.drafts import FormDraft, pending_of
from office.answers.inbox import Inbox, inbox, more_tasks
from office.answers.lists import troubles_told
from office.desk import Reading
from office.legal_time import legal_now
from office.people.account_changes import to_agree
from office.people.working_in import WorkingIn, work_in, working_in
from register.reads.drafts import DraftLine, begun_by
from register.reads.tasks import TaskLine, TaskPlace, task_place
from register.reads.troubles import TroubleLine
from speech.names import NameBook, names
from web.acts.keeping import sent_on
from web.frame.forms import sent
from web.frame.gate import ByWhom, Who
from web.frame.navigation import TASKLESS
from web.frame.pages import page

router = APIRouter()


@dataclass(frozen=True, slots=True)
class InboxPage:
    """What waits, in which organs, the faults this person hears of, what they began and did not
    send, and the names in it."""

    mine: Inbox
    place: WorkingIn
    troubles: list[TroubleLine]
    begun: list[DraftLine]
    known: NameBook


@router.get("/")
async def landing(request: Request, who: ByWhom, reviewed: bool = False) -> Response:
    """What waits for this person, in the organ they chose, the most pressing first; `reviewed`: one
    comes from the last review. Whoever never has tasks begins elsewhere."""

    def read(session: Reading) -> InboxPage:
        place = working_in(session, who.id, who.actor.grants)
        return InboxPage(
            inbox(session, who.viewer, legal_now(), organ=place.chosen),
            place,
            troubles_told(session, who.viewer),
            begun_by(session, who.id),
            names(session),
        )

    made = await who.process.read(read)
    place = made.place
    awaiting, changes = await pending(who), await rights_to_agree(who)
    count = made.mine.count + len(made.mine.unattended) + changes
    if not (count or awaiting or made.begun or who.holds(*frozenset(Role) - TASKLESS)):
        return RedirectResponse("/admin" if who.holds(Role.ADMIN) else "/supervision", 303)
    request.state.counts = {"inbox": count}
    return page(
        request,
        "inbox/inbox.html",
        mine=made.mine,
        troubles=made.troubles,
        begun=made.begun,
        known=made.known,
        organs=place.organs if len(place.organs) > 1 and (count or place.chosen) else (),
        organ=place.chosen,
        total=count,
        awaiting=awaiting,
        changes=changes,
        registers=who.holds(Role.INTAKE),
        reviewed=reviewed,
    )


@router.get("/tasks/{role}")
async def more(request: Request, who: ByWhom, role: Role, after: str) -> Response:
    """The tasks of one role that follow those of the page before."""

    def read(session: Reading) -> tuple[list[TaskLine], TaskPlace | None]:
        place = working_in(session, who.id, who.actor.grants)
        return more_tasks(session, who.viewer, role, task_place(after), organ=place.chosen)

    tasks, following = await who.process.read(read)
    return page(request, "inbox/more.html", role=role, tasks=tasks, following=following)


@router.post("/organ")
async def choose(request: Request, who: ByWhom) -> Response:
    """Look at one organ from now on, or at all of them."""
    given = await sent(request, who)
    organ, register = str(given.get("organ", "")) or None, who.process.register
    await who.process.write(lambda: work_in(register, who.id, organ))
    return RedirectResponse("/", 303)


@router.post("/drafts/{command}/drop")
async def drop(request: Request, who: ByWhom, command: str) -> Response:
    """What was begun and not sent is not wanted any more."""
    await sent(request, who)
    await sent_on(who, command)
    return RedirectResponse("/", 303)


async def rights_to_agree(who: Who) -> int:
    """How many changes of people's rights wait for this person to be the second one."""
    if not who.holds(*SECONDS):
        return 0
    register = who.process.register
    return len(await who.process.look(lambda: to_agree(register, who.id)))


async def pending(who: Who) -> list[FormDraft]:
    """What this person sent and nobody has answered."""
    try:
        return await pending_of(who.desk(), who.id)
    except Unreachable:
        return []
