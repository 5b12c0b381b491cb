"""What was recorded turns out wrong: amended, annulled, kept in spite of a conflict; and what a
second person has to approve before anything moves."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from domain.alike import Alike
from domain.calendar.model import Calendar
from domain.case.facts.common import Text
from domain.case.facts.plain import PlainFact
from domain.case.facts.receipt import Registered
from domain.policy import Policy
from domain.statute import Statute
from domain.values import Value

Seq = Annotated[int, Field(ge=1)]
"""The number of an entry of the case."""


class EntryAmended(Value):
    """The fact of entry `seq` was recorded wrong: it was `what`, on the day `on` (None: on the
    day that stands; of the registration the day of arrival). The original stays on record.

    `statute`, `calendar`, `policy`: pinned anew where another receipt asks for others.
    """

    kind: Literal["entry_amended"] = "entry_amended"
    seq: Seq
    what: PlainFact
    on: date | None = None
    reason: Text
    statute: Alike[Statute] | None = None
    calendar: Alike[Calendar] | None = None
    policy: Alike[Policy] | None = None

    @property
    def day(self) -> date | None:
        """The day it happened; None: as it stands."""
        return self.what.receipt.arrived if isinstance(self.what, Registered) else self.on


class EntryAnnulled(Value):
    """What entry `seq` says never happened."""

    kind: Literal["entry_annulled"] = "entry_annulled"
    seq: Seq
    reason: Text


class ConflictKept(Value):
    """Entry `seq` was set aside, as what it rested on has fallen away; it counts all the same."""

    kind: Literal["conflict_kept"] = "conflict_kept"
    seq: Seq
    reason: Text


class EntryProposed(Value):
    """A fact that needs a second person; nothing moves until it is approved. Its day is that of
    the event; `code` says why a second person is needed, `after` as of its act."""

    kind: Literal["entry_proposed"] = "entry_proposed"
    what: Annotated[PlainFact | EntryAmended | EntryAnnulled, Field(discriminator="kind")]
    code: str
    after: Seq | None = None


class EntryApproved(Value):
    """The second person approves what entry `seq` proposes: it counts from now on."""

    kind: Literal["entry_approved"] = "entry_approved"
    seq: Seq


class EntryRefused(Value):
    """The second person does not approve what entry `seq` proposes; `proposer`: who hears of it."""

    kind: Literal["entry_refused"] = "entry_refused"
    seq: Seq
    reason: Text
    proposer: str | None = None


CORRECTIONS = frozenset({"entry_amended", "entry_annulled", "conflict_kept"})
"""Kinds by which the life of the case is gone through anew."""

ByOffice = EntryAmended | EntryAnnulled | ConflictKept | EntryApproved | EntryRefused

ByItself = EntryProposed
"""Recorded in place of the act that was sent."""
