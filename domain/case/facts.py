"""What can happen in a case.

One model per fact, named as it is recorded. An act asks for a fact; an event records it; the same
model serves both, so a fact has one name in commands, messages, tables and pages. All days are
plain dates in the office's zone; amounts are yuan with two decimals.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from domain.calendars import Calendar
from domain.clock import Receipt
from domain.closures import Closure
from domain.statute import Party
from domain.values import Value

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Ref = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Answer(StrEnum):
    """What a consulted party says to the release."""

    CONSENTS = "consents"
    OBJECTS = "objects"


class Decision(StrEnum):
    """Result of the confidentiality review of one item (art 17)."""

    RELEASE = "release"
    RELEASE_DEIDENTIFIED = "release_deidentified"
    WITHHOLD = "withhold"


class DispatchChannel(StrEnum):
    """How a reply leaves. A private courier may not carry official letters (Postal Law art 55)."""

    HANDED_OVER = "handed_over"
    POST = "post"
    EMAIL = "email"
    WEB = "web"
    FAX = "fax"
    PRIVATE_COURIER = "private_courier"


class LapseCause(StrEnum):
    """Why the request counts as abandoned: art 30, or the fee rule."""

    CORRECTION = "correction"
    FEE = "fee"


# -- receipt ------------------------------------------------------------------------------------


class Registered(Value):
    """The request is in the book. `receipt`: channel and day of arrival."""

    kind: Literal["registered"] = "registered"
    receipt: Receipt


class ReceiptConfirmed(Value):
    """Both sides confirm the receipt (art 31); the day of the act is the day of confirmation."""

    kind: Literal["receipt_confirmed"] = "receipt_confirmed"


class ReceiptCorrected(Value):
    """The receipt was recorded wrong: the right channel, arrival and, where one is needed, the
    right day of confirmation."""

    kind: Literal["receipt_corrected"] = "receipt_corrected"
    receipt: Receipt
    confirmed_on: date | None = None
    reason: Text


class Withdrawn(Value):
    """The applicant takes the request back."""

    kind: Literal["withdrawn"] = "withdrawn"
    reason: Text | None = None


class Voided(Value):
    """Registered in error; the number is never used again."""

    kind: Literal["voided"] = "voided"
    reason: Text


# -- who works on it ----------------------------------------------------------------------------


class Assigned(Value):
    """The case goes to a department and a handler."""

    kind: Literal["assigned"] = "assigned"
    department: Text
    handler: Text


class Reassigned(Value):
    """Another department or handler takes over; the clock does not move (law: no transfer)."""

    kind: Literal["reassigned"] = "reassigned"
    department: Text
    handler: Text
    reason: Text


class Noted(Value):
    """A remark on the case."""

    kind: Literal["noted"] = "noted"
    text: Text


# -- correction ---------------------------------------------------------------------------------


class CorrectionNoticeSent(Value):
    """The applicant is asked to make the request clear (art 30). `correct_by` None: the default."""

    kind: Literal["correction_notice_sent"] = "correction_notice_sent"
    points: Text
    correct_by: date | None = None


class CorrectionReceived(Value):
    """The completed request arrived: day 0 of a new period."""

    kind: Literal["correction_received"] = "correction_received"


class LateCorrectionAccepted(Value):
    """The correction came after its limit, for a good reason (art 30): as if in time."""

    kind: Literal["late_correction_accepted"] = "late_correction_accepted"
    reason: Text


class Reinstated(Value):
    """A lapse is taken back; the applicant has until `until` to correct or to pay."""

    kind: Literal["reinstated"] = "reinstated"
    until: date
    reason: Text


# -- consultation -------------------------------------------------------------------------------


class ConsultationSent(Value):
    """A letter to a third party, co-producer or other agency about `items` (none: the whole)."""

    kind: Literal["consultation_sent"] = "consultation_sent"
    ref: Ref
    party: Party
    name: Text
    items: tuple[Ref, ...] = ()
    delivered: date | None = None


class ConsultationDelivered(Value):
    """The day the letter reached the party: its limit runs from there."""

    kind: Literal["consultation_delivered"] = "consultation_delivered"
    ref: Ref


class ConsultationAnswered(Value):
    """The party's answer."""

    kind: Literal["consultation_answered"] = "consultation_answered"
    ref: Ref
    answer: Answer
    reason: Text | None = None


# -- extension, later limit, fee ----------------------------------------------------------------


class ExtensionAsked(Value):
    """The handler asks for more time; n working days."""

    kind: Literal["extension_asked"] = "extension_asked"
    working_days: Annotated[int, Field(ge=1, le=366)]
    reason: Text


class ExtensionGranted(Value):
    """The head of the disclosure office consents (art 33)."""

    kind: Literal["extension_granted"] = "extension_granted"


class ExtensionRefused(Value):
    """The head of the disclosure office does not consent."""

    kind: Literal["extension_refused"] = "extension_refused"
    reason: Text


class ExtensionTold(Value):
    """The applicant is told: only now the extension has effect, if in time."""

    kind: Literal["extension_told"] = "extension_told"


class LimitSet(Value):
    """A reasonable later limit for an excessive but reasonable request (art 35)."""

    kind: Literal["limit_set"] = "limit_set"
    until: date
    reason: Text


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


# -- record items, review, signatures -----------------------------------------------------------


class ItemAdded(Value):
    """A document or data set that may be released (with the hash of its file), or the
    description of what is refused (no file)."""

    kind: Literal["item_added"] = "item_added"
    ref: Ref
    title: Text
    sha256: Sha256 | None = None
    pages: Annotated[int, Field(ge=1)] | None = None


class ItemReplaced(Value):
    """Another version of an item; its review and every signature fall."""

    kind: Literal["item_replaced"] = "item_replaced"
    ref: Ref
    title: Text | None = None
    sha256: Sha256 | None = None
    pages: Annotated[int, Field(ge=1)] | None = None


class ItemReviewed(Value):
    """Confidentiality review of one version of one item (art 17).

    `sha256` is the version reviewed; `released_sha256` the version that goes out, the
    de-identified one where there is one; `public_interest` the written reasons for releasing
    against a third party's objection (art 32).
    """

    kind: Literal["item_reviewed"] = "item_reviewed"
    ref: Ref
    decision: Decision
    sha256: Sha256 | None = None
    released_sha256: Sha256 | None = None
    ground: Text | None = None
    article: Text | None = None
    public_interest: Text | None = None


class ItemHash(Value):
    """One released item as signed: which, and exactly which bytes."""

    ref: Ref
    sha256: Sha256


class Signed(Value):
    """A leader signs exactly these versions. Empty: those standing when the act is decided."""

    kind: Literal["signed"] = "signed"
    items: tuple[ItemHash, ...] = ()


class Returned(Value):
    """Sent back for rework before the reply: the reviews of `items` (none: of all) and every
    signature fall."""

    kind: Literal["returned"] = "returned"
    reason: Text
    items: tuple[Ref, ...] = ()


# -- reply --------------------------------------------------------------------------------------


class ReplyDrafted(Value):
    """The reply as the handler proposes it. Which further fields a kind needs stands in the
    statute's data. `article` None: the kind's own article."""

    kind: Literal["reply_drafted"] = "reply_drafted"
    reply_kind: Text
    reasons: Text
    article: Text | None = None
    ground: Text | None = None
    location: Text | None = None
    search_record: Text | None = None
    right_agency: Text | None = None


class ReplyApproved(Value):
    """The head of the disclosure office approves the draft."""

    kind: Literal["reply_approved"] = "reply_approved"


class ReplyReturned(Value):
    """The head of the disclosure office sends the draft back."""

    kind: Literal["reply_returned"] = "reply_returned"
    reason: Text


class Dispatched(Value):
    """The reply leaves; its day decides whether it was in time (`in_time`, worked out by the
    clock when the act is decided)."""

    kind: Literal["dispatched"] = "dispatched"
    channel: DispatchChannel
    in_time: bool | None = None


class Delivered(Value):
    """Delivery is on record: the case closes."""

    kind: Literal["delivered"] = "delivered"


# -- the system's own ---------------------------------------------------------------------------


class Lapsed(Value):
    """The applicant's limit passed without correction or payment: deemed abandoned."""

    kind: Literal["lapsed"] = "lapsed"
    cause: LapseCause


class ConsultationSilent(Value):
    """A consulted party's limit passed without an answer; what that means is in the statute."""

    kind: Literal["consultation_silent"] = "consultation_silent"
    ref: Ref


class Delivery(StrEnum):
    """What became of an alarm."""

    DELIVERED = "delivered"
    OUTRANKED = "outranked"
    """Missed, and a higher step of the same limit was due at the same time."""
    PASSED = "passed"
    """Its instant lies before the case moved in, or its cause was gone when it was found."""


class AlarmRaised(Value):
    """A step of the ladder; `instant` is the legal one, whenever it was found.

    `to` the addressed role, `person` where one person is meant; `late` in working days.
    """

    kind: Literal["alarm_raised"] = "alarm_raised"
    limit: str
    ref: str | None = None
    step: str
    due: date
    instant: datetime
    to: str
    person: str | None = None
    delivery: Delivery
    late: int = 0


class LawRevised(Value):
    """Another calendar version, other closures of the organ, or newer rules reached the case: its
    limits were counted anew. None: as it was. `edition` as in the case's law; `version` the one
    whose loading sent this, a calendar's or a closure's."""

    kind: Literal["law_revised"] = "law_revised"
    calendar: Calendar | None = None
    rules: int | None = None
    closures: tuple[Closure, ...] | None = None
    edition: int | None = None
    version: str | None = None


OfficeFact = Annotated[
    Registered
    | ReceiptConfirmed
    | ReceiptCorrected
    | Withdrawn
    | Voided
    | Assigned
    | Reassigned
    | Noted
    | CorrectionNoticeSent
    | CorrectionReceived
    | LateCorrectionAccepted
    | Reinstated
    | ConsultationSent
    | ConsultationDelivered
    | ConsultationAnswered
    | ExtensionAsked
    | ExtensionGranted
    | ExtensionRefused
    | ExtensionTold
    | LimitSet
    | FeeNoticeSent
    | FeePaid
    | ItemAdded
    | ItemReplaced
    | ItemReviewed
    | Signed
    | Returned
    | ReplyDrafted
    | ReplyApproved
    | ReplyReturned
    | Dispatched
    | Delivered,
    Field(discriminator="kind"),
]
"""What people do."""

SystemFact = Annotated[
    Lapsed | ConsultationSilent | AlarmRaised | LawRevised, Field(discriminator="kind")
]
"""What the case does by itself."""

Fact = Annotated[OfficeFact | SystemFact, Field(discriminator="kind")]
