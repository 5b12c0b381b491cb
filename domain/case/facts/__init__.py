"""What can happen in a case, by topic.

One model per fact, named as it is recorded. An act asks for a fact; an event records it; the same
model serves both, so a fact has one name in commands, messages, tables and pages. All days are
plain dates in the office's zone; amounts are yuan with two decimals.
"""

from typing import Annotated

from pydantic import Field

from domain.case.facts.clockwork import (
    Answer,
    ConsultationAnswered,
    ConsultationDelivered,
    ConsultationSent,
    ExtensionAsked,
    ExtensionGranted,
    ExtensionRefused,
    ExtensionTold,
    FeeNoticeSent,
    FeePaid,
    LimitSet,
)
from domain.case.facts.common import (
    Ref,
    Sha256,
    Text,
)
from domain.case.facts.reply import (
    Decision,
    Delivered,
    DispatchChannel,
    Dispatched,
    ItemAdded,
    ItemHash,
    ItemReplaced,
    ItemReviewed,
    ReplyApproved,
    ReplyDrafted,
    ReplyReturned,
    Returned,
    Signed,
)
from domain.case.facts.request import (
    Assigned,
    CorrectionNoticeSent,
    CorrectionReceived,
    LateCorrectionAccepted,
    Noted,
    Reassigned,
    ReceiptConfirmed,
    ReceiptCorrected,
    Registered,
    Reinstated,
    Voided,
    Withdrawn,
)
from domain.case.facts.system import (
    AlarmRaised,
    ConsultationSilent,
    Delivery,
    LapseCause,
    Lapsed,
    LawRevised,
)

__all__ = [
    "AlarmRaised",
    "Answer",
    "Assigned",
    "ConsultationAnswered",
    "ConsultationDelivered",
    "ConsultationSent",
    "ConsultationSilent",
    "CorrectionNoticeSent",
    "CorrectionReceived",
    "Decision",
    "Delivered",
    "Delivery",
    "DispatchChannel",
    "Dispatched",
    "ExtensionAsked",
    "ExtensionGranted",
    "ExtensionRefused",
    "ExtensionTold",
    "Fact",
    "FeeNoticeSent",
    "FeePaid",
    "ItemAdded",
    "ItemHash",
    "ItemReplaced",
    "ItemReviewed",
    "LapseCause",
    "Lapsed",
    "LateCorrectionAccepted",
    "LawRevised",
    "LimitSet",
    "Noted",
    "OfficeFact",
    "Reassigned",
    "ReceiptConfirmed",
    "ReceiptCorrected",
    "Ref",
    "Registered",
    "Reinstated",
    "ReplyApproved",
    "ReplyDrafted",
    "ReplyReturned",
    "Returned",
    "Sha256",
    "Signed",
    "SystemFact",
    "Text",
    "Voided",
    "Withdrawn",
]

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
