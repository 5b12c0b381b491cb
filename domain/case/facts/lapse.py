"""Deemed abandonment: no correction (art 30) or no payment (fee rule) in time; its undoing."""

from datetime import date
from enum import StrEnum
from typing import Literal

from domain.case.facts.common import Text
from domain.values import Value


class LapseCause(StrEnum):
    """Why the request counts as abandoned: art 30, or the fee rule."""

    CORRECTION = "correction"
    FEE = "fee"


class Reinstated(Value):
    """A lapse is taken back; the applicant has until `until` to correct or to pay."""

    kind: Literal["reinstated"] = "reinstated"
    until: date
    reason: Text


class Lapsed(Value):
    """The applicant's limit passed without correction or payment: deemed abandoned."""

    kind: Literal["lapsed"] = "lapsed"
    cause: LapseCause


ByOffice = Reinstated

ByItself = Lapsed
