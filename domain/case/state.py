"""Where a case stands: everything the next decision needs, and nothing that can be derived."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from operator import not_
from typing import Annotated

from pydantic import Field

from domain.alike import Alike
from domain.calendar.closures import Closure, covering, with_closures
from domain.calendar.model import Calendar
from domain.case.facts import Fact, ItemHash
from domain.case.parts import (
    Accountability,
    Consultation,
    Dispatch,
    Ending,
    Extension,
    Fee,
    Inaction,
    Item,
    Maker,
    PathLapse,
    PinnedTerms,
    Reply,
    Round,
    Signature,
)
from domain.case.people import AskedBy, Movers, Role
from domain.clock import ClockEvent, Receipt
from domain.ladder import Ladder
from domain.policy import Policy
from domain.remedies.law import RemedyLaw
from domain.remedies.proceeding import Proceeding
from domain.statute import Statute
from domain.values import Value


class Law(Value):
    """What counts for the case: recorded in it, never read from a table that can change.

    `rules` numbers the released behaviour of the domain's functions (see `domain.rules`);
    `closures` are all of the organ, departments included; `edition` counts the loads of calendars
    and closures in the register up to the one the case has (0: none was loaded); `remedies` None:
    registered before there were any, no limit of a remedy runs.
    """

    statute: Alike[Statute]
    calendar: Alike[Calendar]
    policy: Alike[Policy]
    ladder: Alike[Ladder]
    rules: int
    closures: tuple[Alike[Closure], ...] = ()
    edition: int = 0
    remedies: Alike[RemedyLaw] | None = None


class Deadline(Value):
    """A limit that runs now. `due`: its last day; it is over at 00:00 of the day after; `cause`,
    `own` as in its setting (`domain.case.act.DeadlineChange`); `proof`: the fingerprint of the
    ledger that is on record for it."""

    name: str
    ref: str | None
    base: date
    due: date
    article: str
    cause: str
    own: bool
    proof: str
    provisional: bool = False


class Mark(Value):
    """How far the ladder of one limit was climbed to one last day: the instant of its last step."""

    name: str
    ref: str | None
    due: date
    through: datetime


class Validity(StrEnum):
    """Whether an entry counts."""

    COUNTS = "counts"
    SET_ASIDE = "set_aside"
    """What it rested on has fallen away; it counts again when it becomes possible again."""
    REVOKED = "revoked"
    """It passed by itself, and by what is known now it did not."""
    ANNULLED = "annulled"
    """People say that it never happened."""
    DECIDED = "decided"
    """A proposal that was approved or refused."""


_SHORT = Field(exclude_if=not_)
"""Not handed over where it says nothing: a case has thousands of entries."""


class TimelineEntry(Value):
    """One fact in the order of recording; the words that nothing is decided by are left out of
    `what` (see `domain.case.words`), they stand in the record.

    `at`: the legal instant of recording; `effective_on`: the day it happened; `person` recorded
    it, `done_by` did it (None: the same); `asked_by`, `moved_in_by` as of its event; `filled`: what
    the case filled in; `digest` tells a repeated command from another with its id; `against`: the
    code of what is not possible any more, of one that is set aside; `kept`: it counts all the same.
    """

    seq: int
    at: datetime
    effective_on: date
    person: str
    role: Role
    done_by: Annotated[str | None, _SHORT] = None
    moved_in_by: Annotated[Movers | None, _SHORT] = None
    asked_by: Annotated[AskedBy | None, _SHORT] = None
    command_id: Annotated[str | None, _SHORT] = None
    digest: Annotated[str | None, _SHORT] = None
    what: Fact
    filled: Annotated[tuple[str, ...], _SHORT] = ()
    validity: Annotated[Validity, Field(exclude_if=lambda v: v is Validity.COUNTS)] = (
        Validity.COUNTS
    )
    against: Annotated[str | None, _SHORT] = None
    kept: Annotated[bool, _SHORT] = False

    @property
    def doer(self) -> str:
        """Who did it, as four eyes count."""
        return self.done_by or self.person

    @property
    def people(self) -> tuple[str, ...]:
        """Who did it and who recorded it."""
        return self.person, self.doer

    @property
    def kind(self) -> str:
        """The kind of its fact."""
        return self.what.kind


class CaseState(Value):
    """The whole state of one case, as carried from run to run.

    `clock_offset`: seconds from real to legal time; other than 0 only in a training case.
    `timeline`: every fact in the order of recording, number 1 first; `order`: the numbers of
    those that take a place, in the order of happening.
    `rounds`: the replies before the present one, where decisions ordered a new one; `opened_by`
    the proceeding that began the present one, `pinned` the terms of the law before the first.
    """

    id: str
    organ: str
    law: Law
    clock_offset: int = 0
    seq: int = 0
    receipt: Receipt | None = None
    clock: tuple[ClockEvent, ...] = ()
    department: str | None = None
    handler: str | None = None
    consultations: tuple[Consultation, ...] = ()
    items: tuple[Item, ...] = ()
    signatures: tuple[Signature, ...] = ()
    reply: Reply | None = None
    extension: Extension | None = None
    fee: Fee | None = None
    dispatch: Dispatch | None = None
    ending: Ending | None = None
    receipt_day: date | None = None
    clock_state: str = "unconfirmed"
    clock_warnings: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    marks: tuple[Mark, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    order: tuple[int, ...] = ()
    makers: tuple[Maker, ...] = ()
    proceedings: tuple[Proceeding, ...] = ()
    silence: Inaction | None = None
    path_lapses: tuple[PathLapse, ...] = ()
    accountability: tuple[Accountability, ...] = ()
    rounds: tuple[Round, ...] = ()
    opened_by: str | None = None
    pinned: PinnedTerms | None = None

    @property
    def round(self) -> int:
        """The number of the present reply, from 1."""
        return len(self.rounds) + 1

    @property
    def digest(self) -> str:
        """SHA-256, hex, of it as JSON: where it is the same, all of two states is."""
        return sha256(self.model_dump_json().encode()).hexdigest()

    def entry(self, seq: int) -> TimelineEntry:
        """The entry of that number."""
        return self.timeline[seq - 1]

    @property
    def happened(self) -> Iterator[TimelineEntry]:
        """What counts, in the order of happening."""
        for seq in self.order:
            entry = self.timeline[seq - 1]
            if entry.validity is Validity.COUNTS:
                yield entry

    @property
    def contested(self) -> bool:
        """Whether anything may still come of a proceeding."""
        return any(p.open for p in self.proceedings)

    def proceeding(self, ref: str) -> Proceeding | None:
        """The proceeding of that ref."""
        return next((p for p in self.proceedings if p.ref == ref), None)

    @property
    def calendar(self) -> Calendar:
        """The working days of the case: national, with the closures of its organ and of its
        present department."""
        law = self.law
        if not law.closures:
            return law.calendar
        here = covering(law.closures, self.organ, self.department)
        return with_closures(law.calendar, here)

    def days(self, *, own: bool) -> Calendar:
        """The working days by which a limit is counted: of the organ for its own limits, else
        those that hold for everybody."""
        return self.calendar if own else self.law.calendar

    @property
    def training(self) -> bool:
        """A training case lives in a time of its own and counts in no figure."""
        return self.clock_offset != 0

    def deadline(self, name: str, ref: str | None = None) -> Deadline | None:
        """The running limit of that name, if there is one."""
        return next((d for d in self.deadlines if d.name == name and d.ref == ref), None)

    def item(self, ref: str) -> Item | None:
        """The item of that ref."""
        return next((i for i in self.items if i.ref == ref), None)

    def consultation(self, ref: str) -> Consultation | None:
        """The consultation of that ref."""
        return next((c for c in self.consultations if c.ref == ref), None)

    @property
    def released(self) -> tuple[ItemHash, ...]:
        """Exactly what would go out now, by ref and hash, in the order of the items."""
        return tuple(
            ItemHash(ref=i.ref, sha256=i.review.released_sha256)
            for i in self.items
            if i.review is not None and i.review.releases and i.review.released_sha256
        )
