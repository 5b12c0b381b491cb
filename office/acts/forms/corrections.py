"""What a person fills in to correct an entry, where it is not the fact itself."""

from datetime import date
from typing import Literal

from pydantic import BaseModel

from domain.clock import Receipt
from domain.words import Text


class RightReceipt(BaseModel):
    """The receipt as it was: entry 1, amended."""

    kind: Literal["entry_amended"] = "entry_amended"
    receipt: Receipt
    confirmed_on: date | None = None
    reason: Text


class Amendment(BaseModel):
    """An entry with other values, each NAME=VALUE, or on another day."""

    kind: Literal["entry_amended"] = "entry_amended"
    seq: int
    values: tuple[str, ...] = ()
    reason: Text
