"""What can happen in a case. One file a topic, of the same name as in `domain.case.topics`; here
they are joined.

One model per fact, named as it is recorded. An act asks for a fact; an event records it; the same
model serves both, so a fact has one name in commands, messages, tables and pages. All days are
plain dates in the office's zone; amounts are yuan with two decimals. In each topic `ByOffice` is
what people do, `ByItself` what the case does by itself.
"""

from typing import Annotated

from pydantic import Field

from domain.case.facts import consultation, correcting, lapse, passing, plain, reopening
from domain.case.facts.common import Ref, Sha256, Text
from domain.case.facts.consultation import (
    Answer,
    ConsultationAnswered,
    ConsultationDelivered,
    ConsultationSent,
    ConsultationSilent,
    OverrideTold,
)
from domain.case.facts.correcting import (
    ConflictKept,
    EntryAmended,
    EntryAnnulled,
    EntryApproved,
    EntryProposed,
    EntryRefused,
)
from domain.case.facts.correction import (
    CorrectionNoticeSent,
    CorrectionReceived,
    LateCorrectionAccepted,
)
from domain.case.facts.extension import (
    ExtensionAsked,
    ExtensionGranted,
    ExtensionRefused,
    ExtensionTold,
    LimitSet,
)
from domain.case.facts.fee import (
    FeeNoticeSent,
    FeePaid,
)
from domain.case.facts.items import (
    Decision,
    ItemAdded,
    ItemHash,
    ItemReplaced,
    ItemReviewed,
    Returned,
    Signed,
)
from domain.case.facts.lapse import (
    LapseCause,
    Lapsed,
    Reinstated,
)
from domain.case.facts.outcomes import (
    AccountabilityRecorded,
    AppealFiled,
    ComplaintDecided,
    JudgmentReceived,
    JudgmentServedOnOther,
    Ordering,
    ReconsiderationDecided,
    ReconsiderationServedOnApplicant,
    RemedyNoticeFaulty,
    RemedyNoticeGiven,
)
from domain.case.facts.passing import (
    AlarmRaised,
    Delivery,
    LawRevised,
)
from domain.case.facts.plain import PlainFact
from domain.case.facts.proceedings import (
    AnswerSubmitted,
    Attack,
    ComplaintReceived,
    EvidenceListed,
    HearingCancelled,
    HearingSet,
    LawsuitReceived,
    MediationHeld,
    ProceedingResumed,
    ProceedingSuspended,
    ReconsiderationExtended,
    ReconsiderationProcedureChanged,
    ReconsiderationReceived,
)
from domain.case.facts.receipt import (
    ApplicantDetails,
    ApplicantKind,
    NewApplicant,
    ReceiptConfirmed,
    Registered,
    Voided,
    Withdrawn,
)
from domain.case.facts.reopening import (
    CaseReopened,
    HearingPassed,
    InactionOpened,
    JudgmentEffective,
    ReconsiderationSilent,
    RemedyLapsed,
)
from domain.case.facts.reply import (
    Delivered,
    DispatchChannel,
    Dispatched,
    ReplyApproved,
    ReplyDrafted,
    ReplyReturned,
)
from domain.case.facts.work import (
    MOST_DAYS,
    Assigned,
    Noted,
    Reassigned,
    TrainingAdvanced,
)

__all__ = [
    "MOST_DAYS",
    "AccountabilityRecorded",
    "AlarmRaised",
    "Answer",
    "AnswerSubmitted",
    "AppealFiled",
    "ApplicantDetails",
    "ApplicantKind",
    "Assigned",
    "Attack",
    "CaseReopened",
    "ComplaintDecided",
    "ComplaintReceived",
    "ConflictKept",
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
    "EntryAmended",
    "EntryAnnulled",
    "EntryApproved",
    "EntryProposed",
    "EntryRefused",
    "EvidenceListed",
    "ExtensionAsked",
    "ExtensionGranted",
    "ExtensionRefused",
    "ExtensionTold",
    "Fact",
    "FeeNoticeSent",
    "FeePaid",
    "HearingCancelled",
    "HearingPassed",
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
    "NewApplicant",
    "Noted",
    "OfficeFact",
    "Ordering",
    "OverrideTold",
    "PlainFact",
    "ProceedingResumed",
    "ProceedingSuspended",
    "Reassigned",
    "ReceiptConfirmed",
    "ReconsiderationDecided",
    "ReconsiderationExtended",
    "ReconsiderationProcedureChanged",
    "ReconsiderationReceived",
    "ReconsiderationServedOnApplicant",
    "ReconsiderationSilent",
    "Ref",
    "Registered",
    "Reinstated",
    "RemedyLapsed",
    "RemedyNoticeFaulty",
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

OfficeFact = Annotated[plain.PlainFact | correcting.ByOffice, Field(discriminator="kind")]
"""What people do."""

SystemFact = Annotated[
    lapse.ByItself
    | consultation.ByItself
    | reopening.ByItself
    | passing.ByItself
    | correcting.ByItself,
    Field(discriminator="kind"),
]
"""What the case does by itself."""

Fact = Annotated[OfficeFact | SystemFact, Field(discriminator="kind")]
