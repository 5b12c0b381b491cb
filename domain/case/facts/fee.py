"""Fee notice and full payment (art 42; letter 2020 no. 109)."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from domain.case.facts.common import Text, Unless
from domain.tariff import Standard
from domain.values import Value

Number = Annotated[int, Field(ge=1, le=1_000_000)]
Yuan = Annotated[Decimal, Field(decimal_places=2, max_digits=9)]


class FeeNoticeSent(Value):
    """A fee for excess (art 42; letter 2020 no. 109). `delivered` None: the day it was sent.

    By item: `items` of this request that come after `items_before` others of the applicant's in
    the calendar month; by page: `pages`. `by_tariff`: what the tariff came to when it was sent
    (None: not computed); an `amount` that is another one says `because`.
    """

    kind: Literal["fee_notice_sent"] = "fee_notice_sent"
    standard: Standard
    amount: Annotated[Yuan, Field(gt=0)]
    ground: Text
    how_to_pay: Text
    delivered: date | None = None
    items: Annotated[Number | None, Unless] = None
    items_before: Annotated[Annotated[int, Field(ge=0, le=1_000_000)] | None, Unless] = None
    pages: Annotated[Number | None, Unless] = None
    by_tariff: Annotated[Annotated[Yuan, Field(ge=0)] | None, Unless] = None
    because: Annotated[Text | None, Unless] = None


class FeePaid(Value):
    """Paid in full; part payments are notes, not this."""

    kind: Literal["fee_paid"] = "fee_paid"
    amount: Annotated[Decimal, Field(gt=0, decimal_places=2, max_digits=9)]


ByOffice = FeeNoticeSent | FeePaid
