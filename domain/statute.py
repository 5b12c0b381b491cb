"""A statute as data: every period, rule and reply kind with the article it comes from.

Nothing here knows a country. A statute file that leaves out the source of a figure, names an
unknown unit, or leaves its jurisdiction without law for a day is refused (`bad_law_file`).
"""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta, timezone
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from domain.errors import Code, InputError
from domain.period import CitedPeriod, Unit
from domain.values import Value

Article = Annotated[str, StringConstraints(min_length=1)]
ReplyCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Channel(StrEnum):
    """How a request arrives."""

    IN_PERSON = "in_person"
    MAIL_SIGNED = "mail_signed"
    MAIL_ORDINARY = "mail_ordinary"
    FAX = "fax"
    EMAIL = "email"
    WEB_FORM = "web_form"


class DayZero(StrEnum):
    """Which day is the receipt day."""

    ARRIVAL = "arrival"
    CONFIRMATION = "confirmation"


class ChannelGroup(StrEnum):
    """Which settings speak about a channel."""

    COUNTER = "counter"
    POST = "post"
    FAX = "fax"
    ELECTRONIC = "electronic"


class Party(StrEnum):
    """Who can be consulted before a reply."""

    THIRD_PARTY = "third_party"
    COPRODUCER = "coproducer"
    AGENCY = "agency"


class Silence(StrEnum):
    """What it means that a consulted party does not answer within its limit."""

    CONSENT = "consent"
    OFFICE_DECIDES = "office_decides"
    NO_RULE = "no_rule"


class Names(Value):
    """A name in the languages of the product."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Cited(Value):
    """A rule without a figure."""

    article: Article


class ReceiptRule(Cited):
    """One channel: `day_zero` is the day of arrival, or of the confirmation with the applicant."""

    day_zero: DayZero
    group: ChannelGroup


class ExtensionRule(Cited):
    """At most `n` units of the reply period, so many `times`; told on or before the due day."""

    n: int = Field(gt=0)
    times: int = Field(gt=0)


class ConsultationRule(Cited):
    """`article`: why asking this party takes time out of the period, or why it does not."""

    excluded: bool
    limit: CitedPeriod | None = None
    silence: Silence = Silence.NO_RULE


class CorrectionRule(Cited):
    """A notice to correct stops the period and the correction starts it anew.

    `notice`: within which it has to be given, from the first receipt day; `once`: only one
    counts; `lapses`: no answer in time means the request is abandoned.
    """

    once: bool
    lapses: bool
    notice: CitedPeriod | None = None


class FeeRule(Cited):
    """A fee notice inside the handling period stops it until payment within `payment`."""

    in_force_from: date
    payment: CitedPeriod


class ReplyKind(Value):
    """How a case can end: its article, its rows in the reports, what it needs before dispatch."""

    name: Names
    article: str
    report_row: str = Field(min_length=1)
    county_row: str = Field(min_length=1)
    dispatchable: bool = True
    needs_release: bool = False
    needs_withheld: bool = False
    needs_review: bool = False
    needs_signatures: bool = False
    needs_fields: tuple[str, ...] = ()
    """What the draft has to say beside its reasons: ground, location, search_record …"""


class Statute(Value):
    """One text of law, in force from one day to another (both included)."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    jurisdiction: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: Names
    source: Article
    in_force_from: date
    in_force_to: date | None = None
    zone: str = Field(pattern=r"^[+-]\d\d:\d\d$")
    calendar: str = Field(min_length=1)
    period: CitedPeriod
    extension: ExtensionRule | None = None
    receipt: dict[Channel, ReceiptRule]
    correction: CorrectionRule | None = None
    consultations: dict[Party, ConsultationRule] = Field(default_factory=dict)
    pause: Cited | None = None
    later_limit: Cited | None = None
    fee: FeeRule | None = None
    review: Cited
    third_party: Cited
    dispatch: Cited
    longest_remedy: CitedPeriod
    replies: dict[ReplyCode, ReplyKind]

    @model_validator(mode="after")
    def _checks(self) -> Self:
        if self.in_force_to is not None and self.in_force_to < self.in_force_from:
            raise ValueError("in_force_to lies before in_force_from")
        if self.period.unit is Unit.HOUR:
            raise ValueError("the reply period is counted in working_day, calendar_day or month")
        return self

    def in_force(self, day: date) -> bool:
        """Whether this text is the law on `day`."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    @cached_property
    def tzinfo(self) -> timezone:
        """The zone in which the statute's days begin and end."""
        sign = -1 if self.zone[0] == "-" else 1
        return timezone(sign * timedelta(hours=int(self.zone[1:3]), minutes=int(self.zone[4:6])))

    @property
    def digest(self) -> str:
        """Hash of the content."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def in_force(statutes: Sequence[Statute], jurisdiction: str, day: date) -> Statute:
    """The statute of `jurisdiction` that is the law on `day`. Raises no_statute."""
    for statute in statutes:
        if statute.jurisdiction == jurisdiction and statute.in_force(day):
            return statute
    known = ", ".join(statute.id for statute in statutes)
    raise InputError(Code.NO_STATUTE, name=jurisdiction, day=day, known=known)


def check_validity(statutes: Sequence[Statute]) -> None:
    """Each jurisdiction has one law for every day since its first. Raises bad_law_file."""
    ordered = sorted(statutes, key=lambda s: (s.jurisdiction, s.in_force_from))
    for earlier, later in pairwise(ordered):
        if earlier.jurisdiction != later.jurisdiction:
            continue
        wanted = later.in_force_from - timedelta(days=1)
        if earlier.in_force_to != wanted:
            raise InputError(
                Code.BAD_LAW_FILE,
                file=f"{earlier.id}.toml",
                field="in_force_to",
                detail=f"{earlier.in_force_to} != {wanted} ({later.id})",
            )
    ids = [statute.id for statute in statutes]
    for statute_id in ids:
        if ids.count(statute_id) > 1:
            raise InputError(
                Code.BAD_LAW_FILE, file=f"{statute_id}.toml", field="id", detail="not unique"
            )
