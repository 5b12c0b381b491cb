"""What lists show of a case: one line of it, and what waits for whom.

`status` and `tasks` are derived (see `domain.case.status`, `domain.case.tasks`); the register
keeps this summary beside the events so that lists never ask the engine.
"""

from datetime import date, datetime
from enum import StrEnum

from domain.case.parts import Dispatch, Ending
from domain.case.people import Role
from domain.remedies.proceeding import Proceeding
from domain.values import Value


class Status(StrEnum):
    """States of the table state x act x role."""

    AWAITING_CONFIRMATION = "awaiting_confirmation"
    REGISTERED = "registered"
    IN_HAND = "in_hand"
    CORRECTING = "correcting"
    AWAITING_PAYMENT = "awaiting_payment"
    UNDER_REVIEW = "under_review"
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    DISPATCHED = "dispatched"
    CLOSED = "closed"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    VOID = "void"


REPLIED = (Status.DISPATCHED, Status.CLOSED, Status.LAPSED, Status.WITHDRAWN, Status.VOID)
"""States in which no reply is owed any more."""


class Mover(StrEnum):
    """Whose move it is."""

    OFFICE = "office"
    APPLICANT = "applicant"
    THIRD_PARTY = "third_party"
    OTHER_AGENCY = "other_agency"
    NOBODY = "nobody"


class ListOrder(StrEnum):
    """How cases are sorted: the soonest due first and those without a running period last; or the
    newest first, by their receipt day, those not confirmed before all; or by their number."""

    DUE = "due"
    RECEIVED = "received"
    NUMBER = "number"


class Task(Value):
    """Something a person has to do. `kind` names the fact to bring about (dispatched, signed …);
    `person` where only one may do it; `due` the last day of the limit that presses."""

    kind: str
    role: Role
    person: str | None = None
    department: str | None = None
    ref: str | None = None
    due: date | None = None


class FirstReply(Value):
    """The reply before any order to reply anew: the one that the yearly figures count."""

    receipt_day: date | None
    dispatch: Dispatch | None
    ending: Ending | None
    reply_kind: str | None


class Summary(Value):
    """One line of the list, as of event `seq`.

    `due` is the last day of the reply period, `due_at` the instant it is over (00:00 after,
    UTC+8); both None while no period runs. `receipt_day`: of the request; `reopened_on`: day 0 of
    the present reply, where a decision ordered it. `overdue_from` is set from the step that raised
    it. `clock_offset` as in the case; `first` of a case that a decision reopened; `proceedings` all
    of the case.
    """

    seq: int
    status: Status
    mover: Mover
    clock_state: str
    receipt_day: date | None
    reopened_on: date | None = None
    department: str | None
    handler: str | None
    due: date | None
    due_at: datetime | None
    provisional: bool
    reply_kind: str | None
    dispatch: Dispatch | None
    ending: Ending | None
    next_alarm: datetime | None
    tasks: tuple[Task, ...]
    first: FirstReply | None = None
    clock_offset: int = 0
    proceedings: tuple[Proceeding, ...] = ()
