"""After the reply: reconsideration, suits, complaints, and what the case does about them itself.

`ref` names the proceeding within its case; the day of an act is the day a paper reached the
agency, unless the fact says otherwise. Hashes tie the papers to their files.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from domain.case.facts.common import MANY, Line, Many, Ref, Sha256, Text
from domain.periods.period import CitedPeriod, Unit
from domain.remedies import terms as t
from domain.remedies.proceeding import Document
from domain.values import Value

Amount = Annotated[Decimal, Field(ge=0, decimal_places=2, max_digits=9)]


class Attack(Value):
    """What a proceeding is about. `round`: which reply, counted from 1 (None: the present one);
    `reply_kind`: filled in when it is recorded."""

    against: t.Against = t.Against.REPLY
    round: Annotated[int, Field(ge=1)] | None = None
    reply_kind: str | None = None


class Ordering(Value):
    """Whether the agency has to reply anew, and within which period; none stated: the full one
    of the statute. `within_unit` left out: calendar days."""

    orders_reply: bool = False
    within: Annotated[int, Field(ge=1, le=366)] | None = None
    within_unit: Unit | None = None


# -- reconsideration ----------------------------------------------------------------------------


class ReconsiderationReceived(Attack):
    """The copy of an application reached the agency: day 0 of its answer (art 48, 54)."""

    kind: Literal["reconsideration_received"] = "reconsideration_received"
    ref: Ref
    organ: Line
    docket: Line | None = None
    filed: date | None = None
    accepted: date | None = None
    simplified: bool = False
    document: Sha256 | None = None


class ReconsiderationProcedureChanged(Value):
    """Simplified turned ordinary, or the other way; the answer is counted anew from the copy."""

    kind: Literal["reconsideration_procedure_changed"] = "reconsideration_procedure_changed"
    ref: Ref
    simplified: bool
    reason: Text | None = None


class ReconsiderationExtended(Value):
    """The organ gives itself more time (art 62: at most 30 days)."""

    kind: Literal["reconsideration_extended"] = "reconsideration_extended"
    ref: Ref
    calendar_days: Annotated[int, Field(ge=1, le=30)]


class ReconsiderationDecided(Ordering):
    """The decision was served on the agency. `served_applicant`: on the applicant, whose period
    to sue runs from there (None: the same day)."""

    kind: Literal["reconsideration_decided"] = "reconsideration_decided"
    ref: Ref
    outcome: t.ReconsiderationOutcome
    decided: date | None = None
    served_applicant: date | None = None
    ground: Text | None = None
    document: Sha256 | None = None


# -- any proceeding -----------------------------------------------------------------------------


class AnswerSubmitted(Value):
    """The agency's answer or defence left, with its evidence."""

    kind: Literal["answer_submitted"] = "answer_submitted"
    ref: Ref
    documents: Annotated[tuple[Document, ...], Many] = ()


class EvidenceListed(Value):
    """More evidence of the agency, by title and hash."""

    kind: Literal["evidence_listed"] = "evidence_listed"
    ref: Ref
    documents: Annotated[tuple[Document, ...], Field(min_length=1, max_length=MANY)]


class MediationHeld(Value):
    """The parties were brought together."""

    kind: Literal["mediation_held"] = "mediation_held"
    ref: Ref
    agreed: bool
    terms: Text | None = None


class ProceedingSuspended(Value):
    """It stands still: no period of it runs after this day."""

    kind: Literal["proceeding_suspended"] = "proceeding_suspended"
    ref: Ref
    reason: Text


class ProceedingResumed(Value):
    """It goes on; the day itself does not count."""

    kind: Literal["proceeding_resumed"] = "proceeding_resumed"
    ref: Ref


class HearingSet(Value):
    """A hearing is called, or (same `hearing`) moved. `at` carries its offset."""

    kind: Literal["hearing_set"] = "hearing_set"
    ref: Ref
    hearing: Ref
    at: datetime
    place: Line | None = None


class HearingCancelled(Value):
    """A hearing does not take place."""

    kind: Literal["hearing_cancelled"] = "hearing_cancelled"
    ref: Ref
    hearing: Ref


# -- litigation ---------------------------------------------------------------------------------


class LawsuitReceived(Attack):
    """The copy of a complaint, an appeal or a retrial application reached the agency.

    `after`: the reconsideration that went before, or the instance it goes on from; `route` is
    found from it. `co_defendant`: the reconsideration organ; the suit still counts once.
    """

    kind: Literal["lawsuit_received"] = "lawsuit_received"
    ref: Ref
    instance: t.Instance = t.Instance.FIRST
    court: Line
    docket: Line | None = None
    after: Ref | None = None
    route: t.Route | None = None
    co_defendant: Line | None = None
    filed: date | None = None
    document: Sha256 | None = None


class JudgmentReceived(Ordering):
    """A judgment or ruling that ends the instance was served on the agency. `served_other`: on
    the applicant (None: the same day, until recorded otherwise)."""

    kind: Literal["judgment_received"] = "judgment_received"
    ref: Ref
    form: t.Form
    outcome: t.JudgmentOutcome
    decided: date | None = None
    served_other: date | None = None
    costs: Amount | None = None
    costs_borne_by: t.Side | None = None
    ground: Text | None = None
    document: Sha256 | None = None


class JudgmentServedOnOther(Value):
    """The day the judgment reached the applicant became known."""

    kind: Literal["judgment_served_on_other"] = "judgment_served_on_other"
    ref: Ref


class AppealFiled(Value):
    """One side appeals (art 85)."""

    kind: Literal["appeal_filed"] = "appeal_filed"
    ref: Ref
    by: t.Side


# -- complaint ----------------------------------------------------------------------------------


class ComplaintReceived(Attack):
    """A complaint to the higher organ or its disclosure office reached the agency (art 51).
    `answer_by` None: by the setting complaint_answer_days."""

    kind: Literal["complaint_received"] = "complaint_received"
    ref: Ref
    organ: Line
    filed: date | None = None
    answer_by: date | None = None
    document: Sha256 | None = None


class ComplaintDecided(Ordering):
    """What the higher organ says."""

    kind: Literal["complaint_decided"] = "complaint_decided"
    ref: Ref
    outcome: t.ComplaintOutcome
    decided: date | None = None
    ground: Text | None = None
    document: Sha256 | None = None


class AccountabilityRecorded(Value):
    """What followed for the agency or its people (arts 51-53); no names."""

    kind: Literal["accountability_recorded"] = "accountability_recorded"
    ref: Ref | None = None
    measure: t.Measure
    article: Text
    text: Text


class RemedyNoticeGiven(Value):
    """The applicant is told, later than in the reply, which remedies are open."""

    kind: Literal["remedy_notice_given"] = "remedy_notice_given"


# -- the case itself ----------------------------------------------------------------------------


class RemedyLapsed(Value):
    """The last day of a path or of an appeal passed unused. `limit`, `ref` as in the deadlines."""

    kind: Literal["remedy_lapsed"] = "remedy_lapsed"
    limit: str
    ref: str | None = None
    due: date


class InactionOpened(Value):
    """The reply period passed without reply: the remedies against silence are open. `due`: the
    last day that passed."""

    kind: Literal["inaction_opened"] = "inaction_opened"
    due: date


class ReconsiderationSilent(Value):
    """The organ's period to decide passed: the applicant may sue (Litigation Law art 45)."""

    kind: Literal["reconsideration_silent"] = "reconsideration_silent"
    ref: Ref
    due: date


class JudgmentEffective(Value):
    """Nobody appealed: the judgment or ruling has taken effect."""

    kind: Literal["judgment_effective"] = "judgment_effective"
    ref: Ref


class CaseReopened(Value):
    """A decision orders a new reply: a new clock of `period` begins, day 0 is the day of the
    event. `full`: no period was stated. The reply before it stays on record as round `closes`."""

    kind: Literal["case_reopened"] = "case_reopened"
    ref: Ref
    period: CitedPeriod
    full: bool = False
    closes: int
    replied: bool
