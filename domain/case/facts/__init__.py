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
from domain.case.facts.remedies import (
    AccountabilityRecorded,
    AnswerSubmitted,
    AppealFiled,
    Attack,
    CaseReopened,
    ComplaintDecided,
    ComplaintReceived,
    EvidenceListed,
    HearingCancelled,
    HearingSet,
    InactionOpened,
    JudgmentEffective,
    JudgmentReceived,
    JudgmentServedOnOther,
    LawsuitReceived,
    MediationHeld,
    Ordering,
    ProceedingResumed,
    ProceedingSuspended,
    ReconsiderationDecided,
    ReconsiderationExtended,
    ReconsiderationProcedureChanged,
    ReconsiderationReceived,
    ReconsiderationSilent,
    RemedyLapsed,
    RemedyNoticeGiven,
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
    MOST_DAYS,
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
    TrainingAdvanced,
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
    "MOST_DAYS",
    "AccountabilityRecorded",
    "AlarmRaised",
    "Answer",
    "AnswerSubmitted",
    "AppealFiled",
    "Assigned",
    "Attack",
    "CaseReopened",
    "ComplaintDecided",
    "ComplaintReceived",
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
    "EvidenceListed",
    "ExtensionAsked",
    "ExtensionGranted",
    "ExtensionRefused",
    "ExtensionTold",
    "Fact",
    "FeeNoticeSent",
    "FeePaid",
    "HearingCancelled",
    "HearingSet",
    "InactionOpened",
    "ItemAdded",
    "ItemHash",
    "ItemReplaced",
    "ItemReviewed",
    "JudgmentEffective",
    "JudgmentReceived",
    "JudgmentServedOnOther",
    "LapseCause",
    "Lapsed",
    "LateCorrectionAccepted",
    "LawRevised",
    "LawsuitReceived",
    "LimitSet",
    "MediationHeld",
    "Noted",
    "OfficeFact",
    "Ordering",
    "ProceedingResumed",
    "ProceedingSuspended",
    "Reassigned",
    "ReceiptConfirmed",
    "ReceiptCorrected",
    "ReconsiderationDecided",
    "ReconsiderationExtended",
    "ReconsiderationProcedureChanged",
    "ReconsiderationReceived",
    "ReconsiderationSilent",
    "Ref",
    "Registered",
    "Reinstated",
    "RemedyLapsed",
    "RemedyNoticeGiven",
    "ReplyApproved",
    "ReplyDrafted",
    "ReplyReturned",
    "Returned",
    "Sha256",
    "Signed",
    "SystemFact",
    "Text",
    "TrainingAdvanced",
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
    | Delivered
    | ReconsiderationReceived
    | ReconsiderationProcedureChanged
    | ReconsiderationExtended
    | ReconsiderationDecided
    | AnswerSubmitted
    | EvidenceListed
    | MediationHeld
    | ProceedingSuspended
    | ProceedingResumed
    | HearingSet
    | HearingCancelled
    | LawsuitReceived
    | JudgmentReceived
    | JudgmentServedOnOther
    | AppealFiled
    | ComplaintReceived
    | ComplaintDecided
    | AccountabilityRecorded
    | RemedyNoticeGiven
    | TrainingAdvanced,
    Field(discriminator="kind"),
]
"""What people do."""

SystemFact = Annotated[
    Lapsed
    | ConsultationSilent
    | AlarmRaised
    | LawRevised
    | RemedyLapsed
    | InactionOpened
    | ReconsiderationSilent
    | JudgmentEffective
    | CaseReopened,
    Field(discriminator="kind"),
]
"""What the case does by itself."""

Fact = Annotated[OfficeFact | SystemFact, Field(discriminator="kind")]
