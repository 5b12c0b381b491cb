"""Which command does which act, and where it stands in the help."""

from dataclasses import dataclass

from office.acts.forms.deriving import RIGHT_RECEIPT, form_of
from office.acts.forms.model import ActForm


@dataclass(frozen=True, slots=True)
class ActCommand:
    """`yishen [GROUP] NAME ID …` asks for what the form `asks` does; `panel` is the desk that does
    it."""

    name: str
    asks: str
    panel: str
    group: str | None = None

    @property
    def form(self) -> ActForm:
        """What it asks for."""
        return form_of(self.asks)

    @property
    def kind(self) -> str:
        """Name of the fact."""
        return self.form.kind


INTAKE, HANDLER, REVIEWER, LEADERS, HEAD, LEGAL, ANYONE = (
    "intake",
    "handler",
    "reviewer",
    "leaders",
    "head",
    "legal",
    "anyone",
)


def _proceeding(name: str, asks: str) -> ActCommand:
    return ActCommand(name, asks, LEGAL, "proceeding")


ACT_COMMANDS = (
    ActCommand("confirm", "receipt_confirmed", INTAKE),
    ActCommand("correct-receipt", RIGHT_RECEIPT, INTAKE),
    ActCommand("assign", "assigned", INTAKE),
    ActCommand("reassign", "reassigned", INTAKE),
    ActCommand("correction", "correction_received", INTAKE),
    ActCommand("dispatch", "dispatched", INTAKE),
    ActCommand("delivered", "delivered", INTAKE),
    ActCommand("withdraw", "withdrawn", INTAKE),
    ActCommand("void", "voided", INTAKE),
    ActCommand("correction-notice", "correction_notice_sent", HANDLER),
    ActCommand("consult", "consultation_sent", HANDLER),
    ActCommand("consult-delivered", "consultation_delivered", HANDLER),
    ActCommand("consult-answered", "consultation_answered", HANDLER),
    ActCommand("tell-third-party", "override_told", HANDLER),
    ActCommand("ask-extension", "extension_asked", HANDLER),
    ActCommand("tell-extension", "extension_told", HANDLER),
    ActCommand("fee-notice", "fee_notice_sent", HANDLER),
    ActCommand("fee-paid", "fee_paid", HANDLER),
    ActCommand("add-item", "item_added", HANDLER),
    ActCommand("replace-item", "item_replaced", HANDLER),
    ActCommand("draft-reply", "reply_drafted", HANDLER),
    ActCommand("review", "item_reviewed", REVIEWER),
    ActCommand("sign", "signed", LEADERS),
    ActCommand("return", "returned", LEADERS),
    ActCommand("grant-extension", "extension_granted", HEAD),
    ActCommand("refuse-extension", "extension_refused", HEAD),
    ActCommand("set-limit", "limit_set", HEAD),
    ActCommand("accept-late-correction", "late_correction_accepted", HEAD),
    ActCommand("reinstate", "reinstated", HEAD),
    ActCommand("approve-reply", "reply_approved", HEAD),
    ActCommand("return-reply", "reply_returned", HEAD),
    ActCommand("note", "noted", ANYONE),
    ActCommand("amend", "entry_amended", ANYONE),
    ActCommand("annul", "entry_annulled", ANYONE),
    ActCommand("keep-conflict", "conflict_kept", HEAD),
    ActCommand("approve-entry", "entry_approved", HEAD),
    ActCommand("refuse-entry", "entry_refused", HEAD),
    ActCommand("advance", "training_advanced", ANYONE, "training"),
    _proceeding("reconsideration", "reconsideration_received"),
    _proceeding("procedure", "reconsideration_procedure_changed"),
    _proceeding("extended", "reconsideration_extended"),
    _proceeding("decided", "reconsideration_decided"),
    _proceeding("served-applicant", "reconsideration_served_applicant"),
    _proceeding("lawsuit", "lawsuit_received"),
    _proceeding("judgment", "judgment_received"),
    _proceeding("served-other", "judgment_served_on_other"),
    _proceeding("appeal", "appeal_filed"),
    _proceeding("complaint", "complaint_received"),
    _proceeding("complaint-decided", "complaint_decided"),
    _proceeding("answer", "answer_submitted"),
    _proceeding("evidence", "evidence_listed"),
    _proceeding("mediation", "mediation_held"),
    _proceeding("hearing", "hearing_set"),
    _proceeding("cancel-hearing", "hearing_cancelled"),
    _proceeding("suspend", "proceeding_suspended"),
    _proceeding("resume", "proceeding_resumed"),
    _proceeding("accountability", "accountability_recorded"),
    _proceeding("told", "remedy_notice_given"),
    _proceeding("faulty-notice", "remedy_notice_faulty"),
)

BY_KIND = {row.kind: row for row in ACT_COMMANDS}
