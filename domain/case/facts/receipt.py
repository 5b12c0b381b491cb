"""Receipt and registration: confirmed, corrected, withdrawn, registered in error (arts 29-31)."""

from datetime import date
from typing import Literal

from domain.case.facts.common import Text
from domain.clock import Receipt
from domain.values import Value


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


ByOffice = Registered | ReceiptConfirmed | ReceiptCorrected | Withdrawn | Voided
