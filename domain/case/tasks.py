"""What waits for whom, and the one line that lists show. Derived, never stored as a choice."""

from collections.abc import Iterator
from datetime import date, datetime

from domain.case.awaited import awaited
from domain.case.parts import Reply, ReplyStatus, Round
from domain.case.people import Actor, Role
from domain.case.release import may_go_out
from domain.case.second_person import second
from domain.case.state import CaseState, Validity
from domain.case.status import reviewed, signed, status
from domain.case.summary import FirstReply, Mover, Status, Summary, Task
from domain.case.undelivered import NAME as DELIVERY
from domain.clock import ClockState, due_instant
from domain.remedies.proceeding import ANSWER_LIMITS

_PARTIES = {
    "third_party": Mover.THIRD_PARTY,
    "coproducer": Mover.OTHER_AGENCY,
    "agency": Mover.OTHER_AGENCY,
}


def tasks(state: CaseState) -> tuple[Task, ...]:
    """Everything the office has to do now, the most pressing first."""
    return (*_tasks(state), *_legal_tasks(state), *_corrections(state))


def tasks_for(state: CaseState, actor: Actor) -> tuple[Task, ...]:
    """What of it waits for this person, the most pressing first."""
    held = actor.roles_in(state.organ, state.department)
    return tuple(
        task for task in tasks(state) if task.role in held and task.person in (None, actor.person)
    )


def _corrections(state: CaseState) -> Iterator[Task]:
    """What waits for a second person, and what is in conflict."""
    for entry in state.timeline:
        if entry.kind == "entry_proposed" and entry.validity is Validity.COUNTS:
            yield Task(kind="entry_approved", role=second(entry.role), ref=str(entry.seq))
        elif entry.validity is Validity.SET_ASIDE:
            yield Task(kind="conflict_kept", role=Role.DISCLOSURE_HEAD, ref=str(entry.seq))


def _tasks(state: CaseState) -> Iterator[Task]:
    where = status(state)
    due = _due(state, "reply")
    if where is Status.AWAITING_CONFIRMATION:
        yield Task(
            kind="receipt_confirmed", role=Role.INTAKE, due=_due(state, "receipt_confirmation")
        )
    elif where is Status.REGISTERED:
        yield Task(kind="assigned", role=Role.INTAKE, due=due)
    elif where is Status.DISPATCHED:
        yield _for_handler(state, "delivered", _due(state, DELIVERY))
    elif where in (Status.IN_HAND, Status.UNDER_REVIEW, Status.IN_APPROVAL, Status.APPROVED):
        yield from _reply_tasks(state, where, due)
        yield from _extension_tasks(state, due)


def _legal_tasks(state: CaseState) -> Iterator[Task]:
    """What proceedings ask of `legal`: an answer, and whether to appeal what went against us."""
    for p in state.proceedings:
        for limit in ANSWER_LIMITS:
            due = _due(state, limit, p.ref)
            if due is not None:
                yield Task(kind="answer_submitted", role=Role.LEGAL, ref=p.ref, due=due)
        appeal = _due(state, "appeal", p.ref)
        if appeal is not None and p.lost:
            yield Task(kind="appeal_filed", role=Role.LEGAL, ref=p.ref, due=appeal)


def _reply_tasks(state: CaseState, where: Status, due: date | None) -> Iterator[Task]:
    if where is Status.APPROVED:
        yield _for_handler(state, "dispatched", due)
        return
    unreviewed = [item for item in state.items if item.review is None]
    for item in unreviewed:
        if item.returned is not None:
            yield _for_handler(state, "item_replaced", due, item.ref)
        yield Task(
            kind="item_reviewed",
            role=Role.REVIEWER,
            department=state.department,
            ref=item.ref,
            due=due,
        )
    if not unreviewed and not signed(state):
        level = Role.PRINCIPAL_LEADER if state.signatures else Role.LEADER_IN_CHARGE
        yield Task(kind="signed", role=level, due=due)
    if where is Status.IN_APPROVAL:
        if reviewed(state) and signed(state):
            yield Task(kind="reply_approved", role=Role.DISCLOSURE_HEAD, due=due)
    elif not _returned(state.reply) or reviewed(state):
        yield _for_handler(state, "reply_drafted", due)


def _extension_tasks(state: CaseState, due: date | None) -> Iterator[Task]:
    extension = state.extension
    if extension is None or extension.told is not None:
        return
    if extension.granted is None:
        yield Task(kind="extension_granted", role=Role.DISCLOSURE_HEAD, due=due)
    else:
        yield _for_handler(state, "extension_told", due)


def _returned(reply: Reply | None) -> bool:
    return reply is not None and reply.status is ReplyStatus.RETURNED


def _for_handler(state: CaseState, kind: str, due: date | None, ref: str | None = None) -> Task:
    return Task(
        kind=kind,
        role=Role.HANDLER,
        person=state.handler,
        department=state.department,
        ref=ref,
        due=due,
    )


def _due(state: CaseState, limit: str, ref: str | None = None) -> date | None:
    deadline = state.deadline(limit, ref)
    return deadline.due if deadline else None


def _answer_owed(state: CaseState) -> bool:
    """Whether an answer in a proceeding has a limit that runs."""
    return any(d.name in ANSWER_LIMITS for d in state.deadlines)


def mover(state: CaseState) -> Mover:
    """Whose move it is. After its end the office's, while it owes an answer in a proceeding;
    before it a case waits for the applicant, for those consulted
    while the clock stands still and no drafted reply may go out without them, or else for the
    office."""
    where = status(state)
    if state.ending is not None:
        return Mover.OFFICE if _answer_owed(state) else Mover.NOBODY
    if where in (Status.CORRECTING, Status.AWAITING_PAYMENT):
        return Mover.APPLICANT
    if where in (Status.IN_APPROVAL, Status.APPROVED) and may_go_out(state):
        return Mover.OFFICE
    if state.clock_state == ClockState.PAUSED:
        waiting = sorted(awaited(state), key=lambda letter: letter.silent)
        if waiting:
            return _PARTIES[waiting[0].party]
    return Mover.OFFICE


def presses(state: CaseState) -> tuple[Role, str | None]:
    """The role, and the person where it is one, that must move now; the handler where nobody
    else must (a consultation abroad), intake before there is one."""
    waiting = tuple(_tasks(state))
    if waiting and mover(state) is Mover.OFFICE:
        return waiting[0].role, waiting[0].person
    if state.handler is None:
        return Role.INTAKE, None
    return Role.HANDLER, state.handler


def summarise(state: CaseState, next_alarm: datetime | None) -> Summary:
    """The line of the list for `state`."""
    deadline = state.deadline("reply")
    due = deadline.due if deadline else None
    kind = state.ending.reply_kind if state.ending else None
    return Summary(
        seq=state.seq,
        status=status(state),
        mover=mover(state),
        clock_state=state.clock_state,
        receipt_day=state.rounds[0].receipt_day if state.rounds else state.receipt_day,
        reopened_on=state.receipt_day if state.rounds else None,
        department=state.department,
        handler=state.handler,
        due=due,
        due_at=due_instant(due, state.law.statute) if due else None,
        provisional=bool(deadline and deadline.provisional),
        reply_kind=kind or (state.reply.reply_kind if state.reply else None),
        dispatch=state.dispatch,
        ending=state.ending,
        next_alarm=next_alarm,
        tasks=tasks(state),
        first=_first(state),
        clock_offset=state.clock_offset,
        proceedings=state.proceedings,
    )


def _first(state: CaseState) -> FirstReply | None:
    if not state.rounds:
        return None
    replied = (r for r in state.rounds if r.dispatch or r.ending)
    first: CaseState | Round = next(replied, state)
    return FirstReply(
        receipt_day=state.rounds[0].receipt_day,
        dispatch=first.dispatch,
        ending=first.ending,
        reply_kind=first.reply.reply_kind if first.reply else None,
    )
