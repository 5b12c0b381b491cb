"""What moves the clock: consultations, the extension, a later limit, the fee."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from domain.case.facts.common import Line, Many, Ref, Text
from domain.statute import Party
from domain.values import Value


class Answer(StrEnum):
    """What a consulted party says to the release."""

    CONSENTS = "consents"
    OBJECTS = "objects"


# -- consultation -------------------------------------------------------------------------------


class ConsultationSent(Value):
    """A letter to a third party, co-producer or other agency about `items`. None named: those
    there are when the act is decided; where there are none yet, the request as a whole, and so
    every item that is added later."""

    kind: Literal["consultation_sent"] = "consultation_sent"
    ref: Ref
    party: Party
    name: Line
    items: Annotated[tuple[Ref, ...], Many] = ()
    delivered: date | None = None


class ConsultationDelivered(Value):
    """The day the letter reached the party: its limit runs from there."""

    kind: Literal["consultation_delivered"] = "consultation_delivered"
    ref: Ref


class ConsultationAnswered(Value):
    """The party's answer. `items`: those it objects to (none: all that it was asked about); to
    the release of the others it consents."""

    kind: Literal["consultation_answered"] = "consultation_answered"
    ref: Ref
    answer: Answer
    reason: Text | None = None
    items: Annotated[tuple[Ref, ...], Many] = ()


# -- extension, later limit, fee ----------------------------------------------------------------


class ExtensionAsked(Value):
    """The handler asks for more time; n working days."""

    kind: Literal["extension_asked"] = "extension_asked"
    working_days: Annotated[int, Field(ge=1, le=366)]
    reason: Text


class ExtensionGranted(Value):
    """The head of the disclosure office consents (art 33)."""

    kind: Literal["extension_granted"] = "extension_granted"


class ExtensionRefused(Value):
    """The head of the disclosure office does not consent."""

    kind: Literal["extension_refused"] = "extension_refused"
    reason: Text


class ExtensionTold(Value):
    """The applicant is told: only now the extension has effect, if in time."""

    kind: Literal["extension_told"] = "extension_told"


class LimitSet(Value):
    """A reasonable later limit for an excessive but reasonable request (art 35)."""

    kind: Literal["limit_set"] = "limit_set"
    until: date
    reason: Text


class FeeNoticeSent(Value):
    """A fee for excess (art 42; letter 2020 no. 109). `delivered` None: the day it was sent."""

    kind: Literal["fee_notice_sent"] = "fee_notice_sent"
    standard: Literal["item", "page"]
    amount: Annotated[Decimal, Field(gt=0, decimal_places=2, max_digits=9)]
    ground: Text
    how_to_pay: Text
    delivered: date | None = None


class FeePaid(Value):
    """Paid in full; part payments are notes, not this."""

    kind: Literal["fee_paid"] = "fee_paid"
    amount: Annotated[Decimal, Field(gt=0, decimal_places=2, max_digits=9)]
