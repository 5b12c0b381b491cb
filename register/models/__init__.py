"""The tables of the register. See docs/register.md for what is record and what is projection."""

from register.models.base import Base, Instant
from register.models.case import (
    Applicant,
    CaseEvent,
    CaseStart,
    NumberSeries,
    PinnedLaw,
    Request,
)
from register.models.drafts import DraftRow
from register.models.office import (
    CalendarResult,
    CalendarVersion,
    Department,
    EnteredFigure,
    Installation,
    OfficeEvent,
    OpeningBalance,
    Organ,
    RoleGrant,
    User,
)
from register.models.papers import IssuedPaper, KeptFile
from register.models.projections import (
    ConsultationRow,
    DeadlineRow,
    FeeRow,
    HearingRow,
    RecordItem,
    Remedy,
    RemedyDocument,
    SignOff,
    TaskRow,
)
from register.models.search import SearchToken
from register.models.signing_in import (
    CalendarFeed,
    ChosenOrgan,
    Credential,
    DeskSession,
    Invite,
    SignInCount,
)
from register.models.traffic import AccessEntry, Notice, Trouble

__all__ = [
    "AccessEntry",
    "Applicant",
    "Base",
    "CalendarFeed",
    "CalendarResult",
    "CalendarVersion",
    "CaseEvent",
    "CaseStart",
    "ChosenOrgan",
    "ConsultationRow",
    "Credential",
    "DeadlineRow",
    "Department",
    "DeskSession",
    "DraftRow",
    "EnteredFigure",
    "FeeRow",
    "HearingRow",
    "Installation",
    "Instant",
    "Invite",
    "IssuedPaper",
    "KeptFile",
    "Notice",
    "NumberSeries",
    "OfficeEvent",
    "OpeningBalance",
    "Organ",
    "PinnedLaw",
    "RecordItem",
    "Remedy",
    "RemedyDocument",
    "Request",
    "RoleGrant",
    "SearchToken",
    "SignInCount",
    "SignOff",
    "TaskRow",
    "Trouble",
    "User",
]
