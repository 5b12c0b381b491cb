"""Receipt and registration: confirmed, corrected, withdrawn, registered in error (arts 29-31)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator

from domain.case.facts.common import Line, Text, Unless
from domain.clock import Receipt
from domain.values import Value

ApplicantKind = Literal[
    "natural", "enterprise", "research", "welfare", "legal_services", "other", "legal"
]
"""As the yearly report has them in its columns; `legal`: an organisation of which nobody said
which (art 50: the form of the report)."""


class ApplicantDetails(Value):
    """What the official form asks of an applicant beside the name (art 29): of people where they
    work, of organisations who represents them and whom to talk to; a paper that proves who it is,
    or the code of the organisation."""

    identity: Annotated[Line | None, Unless] = None
    employer: Annotated[Line | None, Unless] = None
    representative: Annotated[Line | None, Unless] = None
    contact_person: Annotated[Line | None, Unless] = None
    phone: Annotated[Line | None, Unless] = None
    address: Annotated[Line | None, Unless] = None
    post_code: Annotated[Line | None, Unless] = None
    email: Annotated[Line | None, Unless] = None


def _said(details: ApplicantDetails | None) -> ApplicantDetails | None:
    """None where nothing is said."""
    return None if details == ApplicantDetails() else details


class NewApplicant(Value):
    """Who asks. `contact`: where the reply goes, in words; `details` as on the official form."""

    kind: ApplicantKind = "natural"
    name: Line
    contact: Text | None = None
    details: Annotated[ApplicantDetails | None, AfterValidator(_said), Unless] = None


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
