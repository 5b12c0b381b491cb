"""Receipt, who works on it, correction."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from domain.case.facts.common import Line, Text
from domain.clock import Receipt
from domain.values import Value

# -- receipt ------------------------------------------------------------------------------------


class Registered(Value):
    """The request is in the book. `receipt`: channel and day of arrival."""

    kind: Literal["registered"] = "registered"
    receipt: Receipt


class ReceiptConfirmed(Value):
    """Both sides confirm the receipt (art 31); the day of the act is the day of confirmation."""

    kind: Literal["receipt_confirmed"] = "receipt_confirmed"


class ReceiptCorrected(Value):
    """The receipt was recorded wrong: the right channel, arrival and, where one is needed, the
    right day of confirmation."""

    kind: Literal["receipt_corrected"] = "receipt_corrected"
    receipt: Receipt
    confirmed_on: date | None = None
    reason: Text


class Withdrawn(Value):
    """The applicant takes the request back."""

    kind: Literal["withdrawn"] = "withdrawn"
    reason: Text | None = None


class Voided(Value):
    """Registered in error; the number is never used again."""

    kind: Literal["voided"] = "voided"
    reason: Text


# -- who works on it ----------------------------------------------------------------------------


class Assigned(Value):
    """The case goes to a department and a handler."""

    kind: Literal["assigned"] = "assigned"
    department: Line
    handler: Line


class Reassigned(Value):
    """Another department or handler takes over; the clock does not move (law: no transfer)."""

    kind: Literal["reassigned"] = "reassigned"
    department: Line
    handler: Line
    reason: Text


class Noted(Value):
    """A remark on the case."""

    kind: Literal["noted"] = "noted"
    text: Text


# -- correction ---------------------------------------------------------------------------------


class CorrectionNoticeSent(Value):
    """The applicant is asked to make the request clear (art 30). `correct_by` None: the default."""

    kind: Literal["correction_notice_sent"] = "correction_notice_sent"
    points: Text
    correct_by: date | None = None


class CorrectionReceived(Value):
    """The completed request arrived: day 0 of a new period."""

    kind: Literal["correction_received"] = "correction_received"


class LateCorrectionAccepted(Value):
    """The correction came after its limit, for a good reason (art 30): as if in time."""

    kind: Literal["late_correction_accepted"] = "late_correction_accepted"
    reason: Text


class Reinstated(Value):
    """A lapse is taken back; the applicant has until `until` to correct or to pay."""

    kind: Literal["reinstated"] = "reinstated"
    until: date
    reason: Text


MOST_DAYS = 3660
"""So far a training case goes forward at once; what is recorded can be read again."""


class TrainingAdvanced(Value):
    """The own time of a training case moves on: by so many `days`, or to the day `to`."""

    kind: Literal["training_advanced"] = "training_advanced"
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] | None = None
    to: date | None = None
