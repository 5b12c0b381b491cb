"""Who works on the case, and remarks; the own time of a training case."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from domain.case.facts.common import Label, Text
from domain.values import Value

MOST_DAYS = 3660
"""So far a training case goes forward at once; what is recorded can be read again."""


class Assigned(Value):
    """The case goes to a department and a handler."""

    kind: Literal["assigned"] = "assigned"
    department: Label
    handler: Label


class Reassigned(Value):
    """Another department or handler takes over; the clock does not move (law: no transfer)."""

    kind: Literal["reassigned"] = "reassigned"
    department: Label
    handler: Label
    reason: Text


class Noted(Value):
    """A remark on the case."""

    kind: Literal["noted"] = "noted"
    text: Text


class TrainingAdvanced(Value):
    """The own time of a training case moves on: by so many `days`, or to the day `to`."""

    kind: Literal["training_advanced"] = "training_advanced"
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] | None = None
    to: date | None = None


ByOffice = Assigned | Reassigned | Noted | TrainingAdvanced
