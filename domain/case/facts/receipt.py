"""Receipt and registration: confirmed, corrected, withdrawn, registered in error (arts 29-31)."""

from datetime import date
from typing import Literal

from domain.case.facts.common import Line, Text
from domain.clock import Receipt
from domain.values import Value


class NewApplicant(Value):
    """Who asks. `contact`: where the reply goes."""

    kind: Literal["natural", "legal"] = "natural"
    name: Line
    contact: Text | None = None


class Registered(Value):
    """The request is in the book. `receipt`: channel and day of arrival; `confirmed_on`: the day of
    confirmation, where it is said with the receipt (in an amendment). Who asks for what stands in
    the record only, like all words."""

    kind: Literal["registered"] = "registered"
    receipt: Receipt
    confirmed_on: date | None = None
    applicant: NewApplicant | None = None
    subject: Text | None = None
    form_wished: Text | None = None


class ReceiptConfirmed(Value):
    """Both sides confirm the receipt (art 31); the day of the act is the day of confirmation."""

    kind: Literal["receipt_confirmed"] = "receipt_confirmed"


class Withdrawn(Value):
    """The applicant takes the request back."""

    kind: Literal["withdrawn"] = "withdrawn"
    reason: Text | None = None


class Voided(Value):
    """Registered in error; the number is never used again."""

    kind: Literal["voided"] = "voided"
    reason: Text


ByOffice = Registered | ReceiptConfirmed | Withdrawn | Voided
