"""Fee notice and full payment (art 42; letter 2020 no. 109)."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from domain.case.facts.common import Text
from domain.values import Value


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


ByOffice = FeeNoticeSent | FeePaid
