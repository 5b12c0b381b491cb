"""What a person may do in a case now, the most pressing first, and what the rules refuse of it
whatever would be filled in. By the same table and the same rules as the act itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.case.agenda import settle
from domain.case.answers.prospect import Prospect, prospect
from domain.case.answers.trial_facts import settled
from domain.case.answers.trying import CORRECTING, as_act, tried
from domain.case.answers.whatif import what_if
from domain.case.facts import OfficeFact
from domain.case.people import Actor, Role
from domain.case.state import CaseState
from domain.case.status import status
from domain.case.summary import Mover, Status, Task
from domain.case.table import TABLE, permitted
from domain.case.tasks import mover, tasks_for
from domain.clock import ClockEvent, ClockEventKind
from domain.errors import YishenError


class ActGroup(StrEnum):
    """Where an act stands among those that are open."""

    AWAITED = "awaited"
    """What the case waits for, from this person or from outside; or the other answer to it."""
    OTHER = "other"
    ENDING = "ending"
    """It ends the case without a reply."""
    CORRECTING = "correcting"


@dataclass(frozen=True, slots=True)
class OpenAct:
    """An act that the table lets somebody do now, in `role`; `task` what it settles of what the
    case waits for. `refused`: what the rules say whatever is filled in (None: it may be done).
    `trial`: a fact that they take; `plain`: it asks for nothing but words, so that it moves the
    clock as any other of its kind would. `on`: the latest day on which they take it, of what had to
    come in time and is only entered now (None: today).

    An act that is refused may still have been possible on an earlier day, before another.
    """

    kind: str
    role: Role
    group: ActGroup
    task: Task | None = None
    refused: YishenError | None = None
    trial: OfficeFact | None = None
    on: date | None = None
    plain: bool = False


OTHERWISE = {
    "extension_refused": "extension_granted",
    "entry_refused": "entry_approved",
    "reply_returned": "reply_approved",
    "returned": "signed",
}
"""Acts that settle the same task the other way."""

_EXPECTED = {
    Status.CORRECTING: "correction_received",
    Status.AWAITING_PAYMENT: "fee_paid",
}
_FROM_PARTIES = (Mover.THIRD_PARTY, Mover.OTHER_AGENCY)
_ENDING = ("withdrawn", "voided")
_LAST = ("noted", "training_advanced")


def acts_open(state: CaseState, actor: Actor, now: datetime) -> tuple[OpenAct, ...]:
    """Everything the table lets `actor` do at the legal instant `now`: what the case waits for
    first, then the others as they follow in a case, then what ends or corrects it."""
    state = settle(state, now).state
    own, expected = tasks_for(state, actor), _expected(state)
    waiting = {task.kind: task for task in reversed(own)}
    order = [*expected, *dict.fromkeys(task.kind for task in own)]
    found = list(_all(state, actor, now, waiting, expected))

    def place(act: OpenAct) -> tuple[int, int, int]:
        settles = act.kind if act.kind in order else OTHERWISE.get(act.kind, "")
        turn = order.index(settles) if settles in order else len(order)
        other = settles != act.kind or act.kind in _LAST
        return list(ActGroup).index(act.group), turn, int(other)

    return tuple(sorted(found, key=place))


def effect(state: CaseState, act: OpenAct, actor: Actor, now: datetime) -> Prospect | None:
    """What an open act does to the case, before anything is filled in; None where that hangs on
    what will be."""
    if act.trial is None or not act.plain or act.refused is not None:
        return None
    return prospect(state, as_act(act.trial, actor, act.on), now)


def approved_on(state: CaseState, act: OpenAct, today: date) -> date | None:
    """The last day of the reply once the extension that `act` asks for (the longest there is) or
    grants is granted and the applicant is told, today; None of other acts."""
    longest, asked = state.law.statute.extension, state.extension
    if act.refused is None and act.kind == "extension_asked" and longest is not None:
        days = longest.n
    elif act.refused is None and act.kind == "extension_granted" and asked is not None:
        days = asked.working_days
    else:
        return None
    told = ClockEvent(ClockEventKind.EXTENSION_GRANTED, today, working_days=days)
    try:
        return what_if(state, [told], today).reply.due
    except YishenError:
        return None


def _all(
    state: CaseState,
    actor: Actor,
    now: datetime,
    waiting: dict[str, Task],
    expected: tuple[str, ...],
) -> Iterator[OpenAct]:
    for kind in TABLE:
        try:
            role = permitted(state, kind, actor)
        except YishenError:
            continue
        settles = waiting.get(kind) or waiting.get(OTHERWISE.get(kind, ""))
        group = ActGroup.OTHER
        if settles is not None or kind in expected:
            group = ActGroup.AWAITED
        elif kind in _ENDING:
            group = ActGroup.ENDING
        elif kind in CORRECTING:
            group = ActGroup.CORRECTING
        refused, trial, on = tried(state, kind, actor, now)
        plain = trial is not None and settled(kind, state)
        yield OpenAct(kind, role, group, settles, refused, trial, on, plain)


def _expected(state: CaseState) -> tuple[str, ...]:
    """What the case waits for from outside, by the act that records it."""
    kind = _EXPECTED.get(status(state))
    if kind is not None:
        return (kind,)
    return ("consultation_answered",) if mover(state) in _FROM_PARTIES else ()
