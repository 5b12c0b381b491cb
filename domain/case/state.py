"""Where a case stands: everything the next decision needs, and nothing that can be derived."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from domain.calendar.closures import Closure, covering, with_closures
from domain.calendar.model import Calendar
from domain.case.facts import (
    Answer,
    Decision,
    DispatchChannel,
    ItemHash,
    LapseCause,
)
from domain.case.people import Movers, Role
from domain.clock import ClockEvent, Receipt
from domain.ladder import Ladder
from domain.periods.period import CitedPeriod
from domain.policy import Policy
from domain.remedies.law import RemedyLaw
from domain.remedies.paths import Offer
from domain.remedies.proceeding import Proceeding
from domain.remedies.terms import Measure, NoticeOfRemedy
from domain.statute import Party, Statute
from domain.values import Value


class Law(Value):
    """What counts for the case: recorded in it, never read from a table that can change.

    `rules` numbers the released behaviour of the domain's functions (see `domain.rules`);
    `closures` are all of the organ, departments included; `edition` counts the loads of calendars
    and closures in the register up to the one the case has (0: none was loaded); `remedies` None:
    registered before there were any, no limit of a remedy runs.
    """

    statute: Statute
    calendar: Calendar
    policy: Policy
    ladder: Ladder
    rules: int
    closures: tuple[Closure, ...] = ()
    edition: int = 0
    remedies: RemedyLaw | None = None


class Consultation(Value):
    """One letter of consultation and what came of it. `items`: what it asks about (none: the
    request as a whole, later items too); `objected`: the items an objection names (none: all)."""

    ref: str
    party: Party
    name: str
    items: tuple[str, ...]
    sent: date
    delivered: date
    answered: date | None = None
    answer: Answer | None = None
    objected: tuple[str, ...] = ()
    silent: bool = False

    def concerns(self, ref: str) -> bool:
        """Whether the letter asks about that item."""
        return not self.items or ref in self.items

    def objects_to(self, ref: str) -> bool:
        """Whether the answer objects to the release of that item."""
        named = not self.objected or ref in self.objected
        return self.answer is Answer.OBJECTS and self.concerns(ref) and named


class Review(Value):
    """The review of one version of an item; `released_sha256` is what may go out."""

    reviewer: str
    on: date
    decision: Decision
    ground: str | None = None
    article: str | None = None
    released_sha256: str | None = None
    public_interest: str | None = None

    @property
    def releases(self) -> bool:
        """Whether something of the item goes out."""
        return self.decision is not Decision.WITHHOLD


class Item(Value):
    """A record item in its present version; `drafters` and `reviewers` over all its versions."""

    ref: str
    title: str
    sha256: str | None
    pages: int | None
    drafters: tuple[str, ...]
    reviewers: tuple[str, ...] = ()
    review: Review | None = None
    returned: str | None = None


class Signature(Value):
    """One of the two sign-offs, on exactly these versions."""

    role: Role
    person: str
    on: date
    items: tuple[ItemHash, ...]


class ReplyStatus(StrEnum):
    """How far the reply is."""

    DRAFTED = "drafted"
    RETURNED = "returned"
    APPROVED = "approved"


class Reply(Value):
    """The reply as it stands."""

    reply_kind: str
    reasons: str
    article: str | None = None
    ground: str | None = None
    drafted_by: str
    status: ReplyStatus = ReplyStatus.DRAFTED
    returned: str | None = None


class Extension(Value):
    """The one extension: asked, granted, told."""

    working_days: int
    reason: str
    asked_by: str
    granted: date | None = None
    told: date | None = None


class Fee(Value):
    """The fee notice that is waiting for payment, or was paid."""

    amount: Decimal
    sent: date
    delivered: date
    paid: date | None = None


class End(StrEnum):
    """How a case ended."""

    DELIVERED = "delivered"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"


class Ending(Value):
    """Its end: how, on which day, and the kind that counts in the yearly report."""

    how: End
    on: date
    reply_kind: str | None
    cause: LapseCause | None = None


class Dispatch(Value):
    """When and how the reply left, whether that was in time, and what it said about remedies
    (`told`: the day the applicant was told later)."""

    on: date
    channel: DispatchChannel
    in_time: bool
    notice: NoticeOfRemedy = NoticeOfRemedy.GIVEN
    told: date | None = None
    offer: Offer | None = None


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
    """How far the ladder of one deadline was climbed: the instant of its last step."""

    name: str
    ref: str | None
    due: date
    through: datetime


class Entry(Value):
    """One line of the timeline; `digest` tells a repeated command from another with its id;
    `moved_in_by` as of its event."""

    seq: int
    at: datetime
    effective_on: date
    kind: str
    person: str
    role: Role
    moved_in_by: Movers | None = None
    command_id: str | None = None
    digest: str | None = None


class PathLapse(Value):
    """A path that passed unused; `name`, `ref` as of its limit."""

    name: str
    ref: str | None
    on: date


class Silence(Value):
    """The reply period that ended on `due` passed without reply."""

    due: date


class Accountability(Value):
    """What followed for the agency or its people (arts 51-53)."""

    on: date
    measure: Measure
    article: str
    text: str
    ref: str | None = None


class Round(Value):
    """One reply from its day 0 to the decision that ordered another; kept as it stood.

    `opened_by`: the proceeding that ordered it (None: the request itself). Its events have the
    numbers after `after_seq` up to `to_seq`.
    """

    number: int
    opened_by: str | None
    after_seq: int
    to_seq: int
    period: CitedPeriod
    committed: int | None
    receipt: Receipt
    receipt_day: date | None
    clock: tuple[ClockEvent, ...]
    clock_state: str
    clock_warnings: tuple[str, ...]
    consultations: tuple[Consultation, ...]
    items: tuple[Item, ...]
    signatures: tuple[Signature, ...]
    reply: Reply | None
    extension: Extension | None
    fee: Fee | None
    dispatch: Dispatch | None
    ending: Ending | None
    silence: Silence | None


class CaseState(Value):
    """The whole state of one case, as carried from run to run.

    `clock_offset`: seconds from real to legal time; other than 0 only in a training case.
    `rounds`: the replies before the present one, where decisions ordered a new one; `opened_by`
    and `opened_seq`: the proceeding and the event that began the present one.
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
    timeline: tuple[Entry, ...] = ()
    proceedings: tuple[Proceeding, ...] = ()
    silence: Silence | None = None
    path_lapses: tuple[PathLapse, ...] = ()
    accountability: tuple[Accountability, ...] = ()
    rounds: tuple[Round, ...] = ()
    opened_by: str | None = None
    opened_seq: int = 0

    @property
    def round(self) -> int:
        """The number of the present reply, from 1."""
        return len(self.rounds) + 1

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
