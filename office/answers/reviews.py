"""Which item waits next for a reviewer."""

from sqlalchemy.orm import Session

from register.reads.states import state_of
from register.reads.tasks import TaskLine, tasks_of
from register.reads.visible import viewer_of

KIND = "item_reviewed"


def following(
    session: Session, user: str, case: str, ref: str, *, training: bool = False
) -> tuple[int, TaskLine | None]:
    """How many items wait for this reviewer beside the one named, and which comes after it: of its
    own case first, then the soonest due, and after the last the first again. Items that the person
    handed in are somebody else's to review. Refusal(unknown_user)."""
    tasks = tasks_of(session, viewer_of(session, user), training=training)
    waiting = [task for task in tasks if task.kind == KIND]
    here = [task for task in waiting if task.case_id == case]
    refs = [task.ref for task in here]
    at = refs.index(ref) if ref in refs else None
    before, after = ([], here) if at is None else (here[:at], here[at + 1 :])
    around = [*after, *(task for task in waiting if task.case_id != case), *before]
    return len(around), next((task for task in around if _may(session, user, task)), None)


def _may(session: Session, user: str, task: TaskLine) -> bool:
    item = state_of(session, task.case_id).item(task.ref or "")
    return item is not None and item.review is None and user not in item.drafters
