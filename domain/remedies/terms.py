"""The words of remedies: closed sets, each value with its text in the catalogue of terms."""

from enum import StrEnum


class ProceedingKind(StrEnum):
    """What the applicant went for (Regulation art 51)."""

    RECONSIDERATION = "reconsideration"
    LITIGATION = "litigation"
    COMPLAINT = "complaint"


class Instance(StrEnum):
    """Where a suit stands."""

    FIRST = "first"
    SECOND = "second"
    RETRIAL = "retrial"


class Procedure(StrEnum):
    """By the rules of which instance a retrial goes (interpretation 2018 art 119): of that whose
    judgment is retried; where a higher court takes it to itself, of the second."""

    FIRST = "first"
    SECOND = "second"


class Route(StrEnum):
    """How a suit came about; the yearly table keeps the two apart."""

    DIRECT = "direct"
    AFTER_RECONSIDERATION = "after_reconsideration"


class Against(StrEnum):
    """What is attacked."""

    REPLY = "reply"
    INACTION = "inaction"
    LAPSE = "lapse"
    """That the request counts as abandoned."""
    RELEASE = "release"
    """By a third party: what is released over its objection."""


class ReconsiderationOutcome(StrEnum):
    """How a reconsideration ends (Reconsideration Law 2023 arts 41, 63-69)."""

    UPHELD = "upheld"
    CHANGED = "changed"
    ANNULLED = "annulled"
    CONFIRMED_UNLAWFUL = "confirmed_unlawful"
    ORDERED_TO_PERFORM = "ordered_to_perform"
    REJECTED = "rejected"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"


class JudgmentOutcome(StrEnum):
    """How an instance ends (Litigation Law arts 62, 69-78, 89). `affirmed`, `remanded`,
    `appeal_withdrawn` and `appeal_rejected` (it came too late, say) only in the second."""

    DISMISSED = "dismissed"
    ANNULLED = "annulled"
    ORDERED_TO_PERFORM = "ordered_to_perform"
    CONFIRMED_UNLAWFUL = "confirmed_unlawful"
    CONFIRMED_VOID = "confirmed_void"
    CHANGED = "changed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    AFFIRMED = "affirmed"
    REMANDED = "remanded"
    APPEAL_WITHDRAWN = "appeal_withdrawn"
    APPEAL_REJECTED = "appeal_rejected"


KEEPS_LOWER = (
    JudgmentOutcome.AFFIRMED,
    JudgmentOutcome.APPEAL_WITHDRAWN,
    JudgmentOutcome.APPEAL_REJECTED,
)
"""Ends of a second instance that let the judgment below stand."""


class ComplaintOutcome(StrEnum):
    """What the higher organ says (art 51, 53)."""

    ORDERED_TO_CORRECT = "ordered_to_correct"
    CRITICISED = "criticised"
    UNFOUNDED = "unfounded"


class Result(StrEnum):
    """The four columns of the yearly table."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"
    PENDING = "pending"


class DecisionForm(StrEnum):
    """What a court hands down; the period of appeal differs (art 85)."""

    JUDGMENT = "judgment"
    RULING = "ruling"


class Side(StrEnum):
    """Who appeals."""

    AGENCY = "agency"
    APPLICANT = "applicant"


class RemedyWarning(StrEnum):
    """What is worth knowing of a paper of others. It is on record all the same: whether it is
    lawful its court or organ decides."""

    APPEAL_LATE = "appeal_late"
    """The side's period of appeal had passed: the judgment stands until a court takes it up."""
    NOT_APPEALABLE = "not_appealable"
    JUDGMENT_MISSING = "judgment_missing"
    """Appealed, and the judgment is not on record yet."""
    REMEDY_LATE = "remedy_late"
    """The path had lapsed."""
    REPLY_MISSING = "reply_missing"
    """No reply had left by then."""
    LAPSE_MISSING = "lapse_missing"
    """The request did not count as abandoned then."""
    EXTENDED_BEYOND = "extended_beyond"
    """Once, thirty days at most (art 62(1))."""
    SIMPLIFIED_EXTENDED = "simplified_extended"
    """The simplified procedure knows no extension (art 62(2))."""
    DECISION_OVERDUE = "decision_overdue"
    """The period to decide had passed before."""


class NoticeOfRemedy(StrEnum):
    """What the reply said about remedies."""

    GIVEN = "given"
    MISSING = "missing"
    WRONG = "wrong"


class RemedyOrder(StrEnum):
    """Which remedy comes first."""

    EITHER = "either"
    RECONSIDERATION_FIRST = "reconsideration_first"


class OrganKind(StrEnum):
    """What the organ is, as far as it decides where remedies go."""

    DEPARTMENT = "department"
    JUSTICE_DEPARTMENT = "justice_department"
    STREET_OFFICE = "street_office"
    TOWNSHIP_GOVERNMENT = "township_government"
    GOVERNMENT = "government"
    """Of county level or above, below a province."""
    PROVINCE_GOVERNMENT = "province_government"
    STATE_COUNCIL_DEPARTMENT = "state_council_department"
    CUSTOMS = "customs"
    VERTICAL = "vertical"
    """Finance regulators, tax, state security: led from above."""
    ORGANISATION = "organisation"
    """Authorised by law, regulation or rule; run by a local government or its department."""
    OUTPOST = "outpost"
    """Of a local government's department, where it acts in its own name."""
    DISTRICT_OUTPOST = "district_outpost"
    """An outpost that a city's department set up by districts."""
    STATE_COUNCIL_ORGANISATION = "state_council_organisation"
    """Authorised by law, regulation or rule; run by a State Council department."""
    STATE_COUNCIL_OUTPOST = "state_council_outpost"
    """Of a State Council department, where it acts in its own name."""


class Place(StrEnum):
    """Where to apply for reconsideration."""

    OWN_GOVERNMENT = "own_government"
    HIGHER_GOVERNMENT = "higher_government"
    SUPERIOR_DEPARTMENT = "superior_department"
    FOUNDING_GOVERNMENT = "founding_government"
    RUNNING_GOVERNMENT = "running_government"
    """Of an organisation: the government that runs it, or whose department does."""
    RUNNING_ORGAN = "running_organ"
    """Of an organisation: the government or the department that runs it."""
    PARENT_DEPARTMENT = "parent_department"
    """The department that set the outpost up, or runs the organisation."""
    LOCAL_GOVERNMENT = "local_government"
    """That of the district where an outpost is."""
    ITSELF = "itself"
    STATE_COUNCIL = "state_council"


class CourtLevel(StrEnum):
    """Which court hears the first instance (Litigation Law arts 14, 15)."""

    BASIC = "basic"
    INTERMEDIATE = "intermediate"


class Measure(StrEnum):
    """What accountability came to (arts 52, 53)."""

    CORRECTION_ORDERED = "correction_ordered"
    CRITICISM = "criticism"
    SANCTION = "sanction"
    CRIMINAL = "criminal"
    NONE = "none"
