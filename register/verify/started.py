"""What the input of a case says that its row says too."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from domain.case.facts import Registered
from domain.case.people import Actor, MoveIn
from domain.clock import Receipt
from domain.values import legal_day


class Started(BaseModel):
    """The part of a start that is compared; `registered_at`: an instant with its zone."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    organ: str
    receipt: Receipt
    actor: Actor
    command_id: str
    registered_at: datetime
    move_in: MoveIn | None = None
    registered: Registered | None = None

    @property
    def by(self) -> str:
        """Who registered it here."""
        return (self.move_in.intake if self.move_in else self.actor).person

    @property
    def registered_on(self) -> date:
        """The legal day; one that moves in is numbered by the day it arrived."""
        return self.receipt.arrived if self.move_in else legal_day(self.registered_at)
