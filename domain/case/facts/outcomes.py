"""How proceedings end: decisions, judgments, appeals, complaints, and what followed."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from domain.case.facts.common import Label, Ref, Sha256, Text
from domain.periods.period import Unit
from domain.remedies import terms as t
from domain.values import Value

Amount = Annotated[Decimal, Field(ge=0, decimal_places=2, max_digits=9)]


class Ordering(Value):
    """Whether the agency has to reply anew, and within which period; none stated: the full one
    of the statute. `within_unit` left out: calendar days."""

    orders_reply: bool = False
    within: Annotated[int, Field(ge=1, le=366)] | None = None
    within_unit: Unit | None = None


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


class JudgmentReceived(Ordering):
    """A judgment or ruling that ends the instance was served on the agency. `served_other`: on
    the applicant (None: the same day, until recorded otherwise)."""

    kind: Literal["judgment_received"] = "judgment_received"
    ref: Ref
    form: t.DecisionForm
    outcome: t.JudgmentOutcome
    decided: date | None = None
    served_other: date | None = None
    costs: Amount | None = None
    costs_borne_by: t.Side | None = None
    ground: Text | None = None
    document: Sha256 | None = None


class ReconsiderationServedOnApplicant(Value):
    """The day the decision reached the applicant became known."""

    kind: Literal["reconsideration_served_applicant"] = "reconsideration_served_applicant"
    ref: Ref


class JudgmentServedOnOther(Value):
    """The day the judgment reached the applicant became known."""

    kind: Literal["judgment_served_on_other"] = "judgment_served_on_other"
    ref: Ref


class AppealFiled(Value):
    """One side appeals (art 85)."""

    kind: Literal["appeal_filed"] = "appeal_filed"
    ref: Ref
    by: t.Side


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
    article: Label
    text: Text


class RemedyNoticeGiven(Value):
    """The applicant is told, later than in the reply, which remedies are open; of a lapse, that
    it counts as one and which they are."""

    kind: Literal["remedy_notice_given"] = "remedy_notice_given"


class RemedyNoticeFaulty(Value):
    """It came to light that the reply that left said nothing of remedies, or said it wrong; the
    periods are those of such a reply from its beginning. What it said instead, where it named a
    period: `reconsideration_days`, `lawsuit_months`. `of_round`: filled in, which reply."""

    kind: Literal["remedy_notice_faulty"] = "remedy_notice_faulty"
    notice: Literal["missing", "wrong"]
    reconsideration_days: Annotated[int, Field(ge=1, le=3660)] | None = None
    lawsuit_months: Annotated[int, Field(ge=1, le=240)] | None = None
    of_round: Annotated[int, Field(ge=1)] | None = None


ByOffice = (
    ReconsiderationDecided
    | ReconsiderationServedOnApplicant
    | JudgmentReceived
    | JudgmentServedOnOther
    | AppealFiled
    | ComplaintDecided
    | AccountabilityRecorded
    | RemedyNoticeGiven
    | RemedyNoticeFaulty
)
