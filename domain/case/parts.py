"""What a case is made of: letters, items, the reply and what belongs to it, the rounds before."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.case.facts import Answer, Decision, DispatchChannel, ItemHash, LapseCause
from domain.case.people import Role
from domain.clock import ClockEvent, Receipt
from domain.periods.period import CitedPeriod
from domain.remedies.paths import Offer, SaidPeriods
from domain.remedies.terms import Measure, NoticeOfRemedy
from domain.statute import CorrectionRule, Party
from domain.values import Value


class Consultation(Value):
    """One letter of consultation and what came of it. `items`: what it asks about (none: the
    request as a whole, later items too); `objected`: the items an objection names (none: all);
    `told`: the day the third party was told that it is overridden."""

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
    told: date | None = None

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
    """Its end: how, on which day, and the kind that counts in the yearly report; `told`: of a
    lapse, the day the applicant was told of it and of the remedies."""

    how: End
    on: date
    reply_kind: str | None
    cause: LapseCause | None = None
    told: date | None = None


class Dispatch(Value):
    """When and how the reply left, whether that was in time, and what it said about remedies
    (`said`: the periods that a wrong notice named; `told`: the day on which the applicant was told
    later)."""

    on: date
    channel: DispatchChannel
    in_time: bool
    notice: NoticeOfRemedy = NoticeOfRemedy.GIVEN
    said: SaidPeriods | None = None
    told: date | None = None
    offer: Offer | None = None


class PathLapse(Value):
    """A path that passed unused; `name`, `ref` as of its limit."""

    name: str
    ref: str | None
    on: date


class Inaction(Value):
    """The reply period that ended on `due` passed without reply."""

    due: date


class Accountability(Value):
    """What followed for the agency or its people (arts 51-53)."""

    on: date
    measure: Measure
    article: str
    text: str
    ref: str | None = None


class Maker(Value):
    """Who did what to make a reply (drafted, signed, approved); `kind` of the fact."""

    kind: str
    person: str


class PinnedTerms(Value):
    """What of the law a reply ordered anew replaces: the period, the window of the correction
    notice, the end of the text, the office's promise in working days."""

    period: CitedPeriod
    correction: CorrectionRule | None
    in_force_to: date | None
    committed: int | None


class Round(Value):
    """One reply from its day 0 to the decision that ordered another; kept as it stood.

    `opened_by`: the proceeding that ordered it (None: the request itself); `receipt_day`: its
    day 0; `makers`: who made it.
    """

    number: int
    opened_by: str | None
    receipt: Receipt
    receipt_day: date | None
    clock: tuple[ClockEvent, ...]
    makers: tuple[Maker, ...]
    consultations: tuple[Consultation, ...]
    items: tuple[Item, ...]
    signatures: tuple[Signature, ...]
    reply: Reply | None
    extension: Extension | None
    fee: Fee | None
    dispatch: Dispatch | None
    ending: Ending | None
    silence: Inaction | None
