"""Which command does which act, and where it stands in the help."""

from dataclasses import dataclass

from pydantic import BaseModel

from cli.acts.forms import Amendment, RightReceipt
from domain.case import facts


@dataclass(frozen=True, slots=True)
class ActCommand:
    """`yishen [GROUP] NAME ID …` asks for `fact`; `panel` is the desk that does it."""

    name: str
    fact: type[BaseModel]
    panel: str
    group: str | None = None

    @property
    def kind(self) -> str:
        """Name of the fact."""
        return str(self.fact.model_fields["kind"].default)


INTAKE, HANDLER, REVIEWER, LEADERS, HEAD, LEGAL, ANYONE = (
    "intake",
    "handler",
    "reviewer",
    "leaders",
    "head",
    "legal",
    "anyone",
)


def _proceeding(name: str, fact: type[BaseModel]) -> ActCommand:
    return ActCommand(name, fact, LEGAL, "proceeding")


ACT_COMMANDS = (
    ActCommand("confirm", facts.ReceiptConfirmed, INTAKE),
    ActCommand("correct-receipt", RightReceipt, INTAKE),
    ActCommand("assign", facts.Assigned, INTAKE),
    ActCommand("reassign", facts.Reassigned, INTAKE),
    ActCommand("correction", facts.CorrectionReceived, INTAKE),
    ActCommand("dispatch", facts.Dispatched, INTAKE),
    ActCommand("delivered", facts.Delivered, INTAKE),
    ActCommand("withdraw", facts.Withdrawn, INTAKE),
    ActCommand("void", facts.Voided, INTAKE),
    ActCommand("correction-notice", facts.CorrectionNoticeSent, HANDLER),
    ActCommand("consult", facts.ConsultationSent, HANDLER),
    ActCommand("consult-delivered", facts.ConsultationDelivered, HANDLER),
    ActCommand("consult-answered", facts.ConsultationAnswered, HANDLER),
    ActCommand("tell-third-party", facts.OverrideTold, HANDLER),
    ActCommand("ask-extension", facts.ExtensionAsked, HANDLER),
    ActCommand("tell-extension", facts.ExtensionTold, HANDLER),
    ActCommand("fee-notice", facts.FeeNoticeSent, HANDLER),
    ActCommand("fee-paid", facts.FeePaid, HANDLER),
    ActCommand("add-item", facts.ItemAdded, HANDLER),
    ActCommand("replace-item", facts.ItemReplaced, HANDLER),
    ActCommand("draft-reply", facts.ReplyDrafted, HANDLER),
    ActCommand("review", facts.ItemReviewed, REVIEWER),
    ActCommand("sign", facts.Signed, LEADERS),
    ActCommand("return", facts.Returned, LEADERS),
    ActCommand("grant-extension", facts.ExtensionGranted, HEAD),
    ActCommand("refuse-extension", facts.ExtensionRefused, HEAD),
    ActCommand("set-limit", facts.LimitSet, HEAD),
    ActCommand("accept-late-correction", facts.LateCorrectionAccepted, HEAD),
    ActCommand("reinstate", facts.Reinstated, HEAD),
    ActCommand("approve-reply", facts.ReplyApproved, HEAD),
    ActCommand("return-reply", facts.ReplyReturned, HEAD),
    ActCommand("note", facts.Noted, ANYONE),
    ActCommand("amend", Amendment, ANYONE),
    ActCommand("annul", facts.EntryAnnulled, ANYONE),
    ActCommand("keep-conflict", facts.ConflictKept, HEAD),
    ActCommand("approve-entry", facts.EntryApproved, HEAD),
    ActCommand("refuse-entry", facts.EntryRefused, HEAD),
    ActCommand("advance", facts.TrainingAdvanced, ANYONE, "training"),
    _proceeding("reconsideration", facts.ReconsiderationReceived),
    _proceeding("procedure", facts.ReconsiderationProcedureChanged),
    _proceeding("extended", facts.ReconsiderationExtended),
    _proceeding("decided", facts.ReconsiderationDecided),
    _proceeding("served-applicant", facts.ReconsiderationServedOnApplicant),
    _proceeding("lawsuit", facts.LawsuitReceived),
    _proceeding("judgment", facts.JudgmentReceived),
    _proceeding("served-other", facts.JudgmentServedOnOther),
    _proceeding("appeal", facts.AppealFiled),
    _proceeding("complaint", facts.ComplaintReceived),
    _proceeding("complaint-decided", facts.ComplaintDecided),
    _proceeding("answer", facts.AnswerSubmitted),
    _proceeding("evidence", facts.EvidenceListed),
    _proceeding("mediation", facts.MediationHeld),
    _proceeding("hearing", facts.HearingSet),
    _proceeding("cancel-hearing", facts.HearingCancelled),
    _proceeding("suspend", facts.ProceedingSuspended),
    _proceeding("resume", facts.ProceedingResumed),
    _proceeding("accountability", facts.AccountabilityRecorded),
    _proceeding("told", facts.RemedyNoticeGiven),
    _proceeding("faulty-notice", facts.RemedyNoticeFaulty),
)

BY_KIND = {row.kind: row for row in ACT_COMMANDS}
