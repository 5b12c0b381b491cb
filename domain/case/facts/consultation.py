"""Consultations of third parties, co-producers and other agencies (arts 32-34)."""

from datetime import date
from enum import StrEnum
from operator import not_
from typing import Annotated, Literal

from pydantic import Field

from domain.case.facts.common import Line, Many, Ref, Text
from domain.statute import Party
from domain.values import Value


class Answer(StrEnum):
    """What a consulted party says to the release."""

    CONSENTS = "consents"
    OBJECTS = "objects"


class ConsultationSent(Value):
    """A letter to a third party, co-producer or other agency about `items`. None named: those
    there are when the act is decided; where there are none yet, the request as a whole, and so
    every item that is added later. `secrecy`: it asks the secrecy department, or the department
    that may decide, whether something is a secret (art 17)."""

    kind: Literal["consultation_sent"] = "consultation_sent"
    ref: Ref
    party: Party
    name: Line
    items: Annotated[tuple[Ref, ...], Many] = ()
    delivered: date | None = None
    secrecy: Annotated[bool, Field(exclude_if=not_)] = False


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


class OverrideTold(Value):
    """The third party is told in writing what will be released over its objection, and why
    (art 32); the day is that on which it had the letter."""

    kind: Literal["override_told"] = "override_told"
    ref: Ref


class ConsultationSilent(Value):
    """A consulted party's limit passed without an answer; what that means is in the statute."""

    kind: Literal["consultation_silent"] = "consultation_silent"
    ref: Ref


ByOffice = ConsultationSent | ConsultationDelivered | ConsultationAnswered | OverrideTold

ByItself = ConsultationSilent
