"""How far a proceeding has come, in one word for lists."""

from collections.abc import Collection
from enum import StrEnum

from domain.remedies.proceeding import ANSWER_LIMITS, APPEAL_SIDES, Proceeding


class Progress(StrEnum):
    """`awaiting_answer`: ours is owed; `under_way`: the organ or court has it; `appealable`: ended,
    but an appeal may come or has come; `ended`: nothing more will."""

    AWAITING_ANSWER = "awaiting_answer"
    SUSPENDED = "suspended"
    UNDER_WAY = "under_way"
    APPEALABLE = "appealable"
    ENDED = "ended"


def progress(proceeding: Proceeding) -> Progress:
    """Where `proceeding` stands."""
    return progress_of(
        ended=proceeding.outcome is not None,
        is_open=proceeding.open,
        suspended=proceeding.suspended,
        owes_answer=proceeding.owes_answer,
    )


def progress_of(*, ended: bool, is_open: bool, suspended: bool, owes_answer: bool) -> Progress:
    """The same from what a row keeps."""
    if ended:
        return Progress.APPEALABLE if is_open else Progress.ENDED
    if suspended:
        return Progress.SUSPENDED
    return Progress.AWAITING_ANSWER if owes_answer else Progress.UNDER_WAY


OF_PROCEEDINGS = (*ANSWER_LIMITS, "reconsideration_decision", *APPEAL_SIDES, "hearing")
"""Limits that run in a proceeding. Their ref is its ref, of a hearing `ref/hearing`."""


def of_remedies(name: str, ref: str | None, proceedings: Collection[str]) -> bool:
    """Whether a limit is one of remedies: of a path that is open, or in one of `proceedings`."""
    return name.startswith("remedy_") or proceeding_of(ref) in proceedings


def in_proceeding(name: str, ref: str | None, proceeding: str) -> bool:
    """Whether a limit runs in the proceeding; the applicant's path after it does not."""
    return name in OF_PROCEEDINGS and proceeding_of(ref) == proceeding


def proceeding_of(ref: str | None) -> str:
    """The ref of the proceeding in which a limit of that ref runs."""
    return (ref or "").partition("/")[0]
