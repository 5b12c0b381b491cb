"""Proceedings as they come in and go on: copies, answers, papers, hearings, stops.

`ref` names the proceeding within its case; the day of an act is the day a paper reached the
agency, unless the fact says otherwise. Hashes tie the papers to their files.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from domain.case.facts.common import MANY, Line, Many, Ref, Sha256, Text
from domain.remedies import terms as t
from domain.remedies.proceeding import Document
from domain.values import Value


class Attack(Value):
    """What a proceeding is about. `round`: which reply, counted from 1 (None: that of the
    proceeding it comes after, else the present one); `reply_kind`: filled in when it is
    recorded; `third_party`: the letter to whoever went, against a release over its objection."""

    against: t.Against = t.Against.REPLY
    third_party: Ref | None = None
    round: Annotated[int, Field(ge=1)] | None = None
    reply_kind: str | None = None


class ReconsiderationReceived(Attack):
    """The copy of an application reached the agency: day 0 of its answer (art 48, 54).

    `after`: the reconsideration against whose decision the State Council is asked for a ruling.
    """

    kind: Literal["reconsideration_received"] = "reconsideration_received"
    ref: Ref
    organ: Line
    docket: Line | None = None
    after: Ref | None = None
    filed: date | None = None
    accepted: date | None = None
    simplified: bool = False
    document: Sha256 | None = None


class LawsuitReceived(Attack):
    """The copy of a complaint, an appeal or a retrial application reached the agency.

    `after`: the reconsideration that went before, or the instance it goes on from; `route` is
    found from it, and of a retrial `procedure`, unless stated. `by`: who appealed, of a second
    instance (None: whose appeal is on record, else the applicant). `co_defendant`: the
    reconsideration organ; the suit still counts once.
    """

    kind: Literal["lawsuit_received"] = "lawsuit_received"
    ref: Ref
    instance: t.Instance = t.Instance.FIRST
    court: Line
    docket: Line | None = None
    after: Ref | None = None
    procedure: t.Procedure | None = None
    by: t.Side | None = None
    route: t.Route | None = None
    co_defendant: Line | None = None
    filed: date | None = None
    document: Sha256 | None = None


class ComplaintReceived(Attack):
    """A complaint to the higher organ or its disclosure office reached the agency (art 51).
    `answer_by` None: by the setting complaint_answer_days."""

    kind: Literal["complaint_received"] = "complaint_received"
    ref: Ref
    organ: Line
    filed: date | None = None
    answer_by: date | None = None
    document: Sha256 | None = None


class ReconsiderationProcedureChanged(Value):
    """Simplified turned ordinary, or the other way; the answer is counted anew from the copy."""

    kind: Literal["reconsideration_procedure_changed"] = "reconsideration_procedure_changed"
    ref: Ref
    simplified: bool
    reason: Text | None = None


class ReconsiderationExtended(Value):
    """The organ gives itself more time (art 62: once, at most 30 days); the day is that of its
    decision to."""

    kind: Literal["reconsideration_extended"] = "reconsideration_extended"
    ref: Ref
    calendar_days: Annotated[int, Field(ge=1, le=366)]


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


ByOffice = (
    ReconsiderationReceived
    | LawsuitReceived
    | ComplaintReceived
    | ReconsiderationProcedureChanged
    | ReconsiderationExtended
    | AnswerSubmitted
    | EvidenceListed
    | MediationHeld
    | ProceedingSuspended
    | ProceedingResumed
    | HearingSet
    | HearingCancelled
)
