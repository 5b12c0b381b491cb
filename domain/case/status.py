"""Which state of the table a case is in. Derived from its facts, so the two can't disagree."""

from domain.case.parts import End, ReplyStatus
from domain.case.state import CaseState
from domain.case.summary import Status
from domain.clock import ClockState

_ENDS = {
    End.DELIVERED: Status.CLOSED,
    End.LAPSED: Status.LAPSED,
    End.WITHDRAWN: Status.WITHDRAWN,
    End.VOIDED: Status.VOID,
}
_WAITING = {
    ClockState.UNCONFIRMED: Status.AWAITING_CONFIRMATION,
    ClockState.AWAITING_CORRECTION: Status.CORRECTING,
    ClockState.AWAITING_PAYMENT: Status.AWAITING_PAYMENT,
}


def status(state: CaseState) -> Status:
    """The state of the case in the table state x act x role."""
    if state.ending is not None:
        return _ENDS[state.ending.how]
    if state.dispatch is not None:
        return Status.DISPATCHED
    if state.clock_state in _WAITING:
        return _WAITING[ClockState(state.clock_state)]
    if state.handler is None:
        return Status.REGISTERED
    if state.reply is not None and state.reply.status is ReplyStatus.APPROVED:
        return Status.APPROVED
    if state.reply is not None and state.reply.status is ReplyStatus.DRAFTED:
        return Status.IN_APPROVAL
    if state.items and not cleared(state):
        return Status.UNDER_REVIEW
    return Status.IN_HAND


def reviewed(state: CaseState) -> bool:
    """Every item has been reviewed in its present version."""
    return all(item.review is not None for item in state.items)


def signed(state: CaseState) -> bool:
    """Both signatures stand on exactly what would go out now; true of nothing to release."""
    released = state.released
    return not released or (
        len(state.signatures) == 2 and all(s.items == released for s in state.signatures)
    )


def cleared(state: CaseState) -> bool:
    """Review and signatures are complete."""
    return reviewed(state) and signed(state)
