"""One sentence about a case, as what it says: who moves next, with what, and until when."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.case.awaited import NAME as AWAITED
from domain.case.awaited import awaited
from domain.case.parts import End
from domain.case.people import Actor, Role
from domain.case.state import CaseState, Deadline
from domain.case.status import status
from domain.case.summary import Mover, Status
from domain.case.tasks import mover, tasks, tasks_for
from domain.remedies.progress import of_remedies
from domain.remedies.terms import ProceedingKind
from domain.statute import Party


class Saying(StrEnum):
    """What the sentence says."""

    TASK = "task"
    """Somebody of the office has something to do."""
    CORRECTION = "correction"
    """The applicant corrects the request."""
    PAYMENT = "payment"
    """The applicant pays."""
    ANSWER = "answer"
    """Somebody consulted answers."""
    DECISION = "decision"
    """A proceeding is decided elsewhere."""
    ENDED = "ended"
    """Nobody moves any more."""


REPLYING = ("reply_drafted", "dispatched")
"""Tasks that are the reply itself."""


@dataclass(frozen=True, slots=True)
class Headline:
    """`task`, with `mine`: it waits for the reader, else for `person`, or whoever holds `role`;
    `party`, `name`, `ref` of who is consulted; `proceeding` that is open; `until`: the last day
    (None: none runs), `late`: it has passed; `of_reply`: it is that of the reply, which the task
    itself is not. `how` and `on`: the end, of which `reply_kind`. `stopped`: the reply's period
    stands still; `unbegun`: it has not begun. `remedies`: the last day on which the applicant may
    still go elsewhere."""

    saying: Saying
    task: str | None = None
    mine: bool = False
    person: str | None = None
    role: Role | None = None
    party: Party | None = None
    name: str | None = None
    ref: str | None = None
    proceeding: ProceedingKind | None = None
    until: date | None = None
    late: bool = False
    of_reply: bool = False
    stopped: bool = False
    unbegun: bool = False
    how: End | None = None
    on: date | None = None
    reply_kind: str | None = None
    remedies: date | None = None


def headline(state: CaseState, today: date, reader: Actor | None = None) -> Headline:
    """What is to be said of the case on that day, to `reader` (None: to nobody in particular).

    What waits for the reader goes before what waits for others, and both before what is awaited
    from outside while the office may do nothing about it.
    """
    own = next(iter(tasks_for(state, reader)), None) if reader else None
    outside = _outside(state)
    if outside is not None and (own is None or own.kind == "reply_drafted"):
        return _dated(outside, state, outside.until, today)
    task = own or next(iter(tasks(state)), None)
    if task is not None:
        said = Headline(
            Saying.TASK,
            task=task.kind,
            mine=own is not None,
            person=task.person,
            role=task.role,
            ref=task.ref,
        )
        return _dated(said, state, task.due, today)
    if state.ending is not None:
        return _ended(state, today)
    # No task of anybody's: the handler sees to a case that is in hand.
    said = Headline(Saying.TASK, person=state.handler, role=Role.HANDLER)
    return _dated(said, state, _due(state, "reply"), today)


def _outside(state: CaseState) -> Headline | None:
    """What the case waits for from outside."""
    where = status(state)
    if where is Status.CORRECTING:
        return Headline(Saying.CORRECTION, until=_due(state, "correction"))
    if where is Status.AWAITING_PAYMENT:
        return Headline(Saying.PAYMENT, until=_due(state, "fee_payment"))
    if mover(state) not in (Mover.THIRD_PARTY, Mover.OTHER_AGENCY):
        return None
    letter = min(awaited(state), key=lambda found: found.silent)
    limit = f"{letter.party}_answer"
    until = _due(state, limit, letter.ref) or _due(state, AWAITED, letter.ref)
    return Headline(
        Saying.ANSWER, party=letter.party, name=letter.name, ref=letter.ref, until=until
    )


def _dated(said: Headline, state: CaseState, until: date | None, today: date) -> Headline:
    reply = _due(state, "reply")
    still = state.ending is None and state.dispatch is None and reply is None
    return replace(
        said,
        until=until,
        late=until is not None and until < today,
        of_reply=until is not None and until == reply and said.task not in (None, *REPLYING),
        stopped=still and state.receipt_day is not None,
        unbegun=still and state.receipt_day is None,
    )


def _ended(state: CaseState, today: date) -> Headline:
    """A proceeding that is open, else how the case ended and how long remedies are open."""
    ending = state.ending
    assert ending is not None
    for p in state.proceedings:
        if p.outcome is None:
            limit: Deadline | None = state.deadline("reconsideration_decision", p.ref)
            said = Headline(Saying.DECISION, proceeding=p.kind, ref=p.ref)
            return _dated(said, state, limit.due if limit else None, today)
    refs = {p.ref for p in state.proceedings}
    open_until = [d.due for d in state.deadlines if of_remedies(d.name, d.ref, refs)]
    kind = ending.reply_kind or (state.reply.reply_kind if state.reply else None)
    return Headline(
        Saying.ENDED,
        how=ending.how,
        on=ending.on,
        reply_kind=kind,
        remedies=max((day for day in open_until if day >= today), default=None),
    )


def _due(state: CaseState, limit: str, ref: str | None = None) -> date | None:
    found = state.deadline(limit, ref)
    return found.due if found else None
