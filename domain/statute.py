"""A statute as data: every period, rule and reply kind with the article it comes from.

Nothing here knows a country. A statute file that leaves out the source of a figure or names an
unknown unit is refused (`bad_law_file`).
"""

import hashlib
from datetime import date, time, tzinfo
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from domain.calendar.zones import Zone, zone
from domain.checked import Checks, Names
from domain.periods.period import CitedPeriod, Unit
from domain.values import Value

Article = Annotated[str, StringConstraints(min_length=1)]
ReplyCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]

_UNLESS_NONE: Any = Field(default=None, exclude_if=lambda value: value is None)
"""Not written where it says nothing, so that a statute without it keeps its hash."""


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


class Effect(StrEnum):
    """What waiting for the applicant does to the period."""

    EXCLUDED = "excluded"
    RESTART = "restart"


class FeeEffect(StrEnum):
    """The same for a fee, where the text may leave it to the setting fee_restart."""

    SETTING = "setting"
    EXCLUDED = "excluded"
    RESTART = "restart"


class Cited(Value):
    """A rule without a figure."""

    article: Article


class ReceiptRule(Cited):
    """One channel: `day_zero` is the day of arrival, or of the confirmation with the applicant."""

    day_zero: DayZero
    group: ChannelGroup


class CutOff(Cited):
    """What arrives later than this local time, or on a rest day, arrives on the next working
    day."""

    time: time


class ExtensionRule(Cited):
    """At most `n` units of the reply period, so many `times`; told on or before the due day."""

    n: int = Field(gt=0)
    times: int = Field(gt=0)


class ConsultationRule(Cited):
    """`article`: why asking this party takes time out of the period, or why it does not.
    `period`: that of the reply, from the same day 0, once this party was asked."""

    excluded: bool
    limit: CitedPeriod | None = None
    period: CitedPeriod | None = _UNLESS_NONE
    silence: Silence = Silence.NO_RULE


class CorrectionRule(Cited):
    """A notice to correct stops the period; the correction starts it anew, or ends the stop.

    `notice`: within which it has to be given, from the first receipt day; `limit`: within which
    it has to be answered, from the notice (None: the setting correction_days, where it lapses);
    `once`: only one counts; `lapses`: no answer in time means the request is abandoned;
    `from_first_day`: the day of the notice is taken out as well.
    """

    once: bool
    lapses: bool
    notice: CitedPeriod | None = None
    limit: CitedPeriod | None = _UNLESS_NONE
    effect: Effect = Effect.RESTART
    from_first_day: bool = False


class FeeRule(Cited):
    """A fee notice inside the handling period stops it until payment within `payment` (None:
    nothing lapses). `notice_limit`: the text says that the notice leaves inside the period."""

    in_force_from: date = date.min
    payment: CitedPeriod | None = None
    effect: FeeEffect = FeeEffect.SETTING
    from_first_day: bool = False
    notice_limit: bool = True


class PauseRule(Cited):
    """One reason to stop the clock: at most so many `times` (None: as often as needed);
    `from_first_day`: the day it stops is taken out as well."""

    effect: Effect = Effect.EXCLUDED
    times: int | None = Field(default=None, gt=0)
    from_first_day: bool = False


class Variant(Value):
    """Another reply period for a kind of request."""

    name: Names
    period: CitedPeriod


class ChosenReading(Value):
    """What the text leaves open, and how it is read here."""

    about: Names
    chosen: Names


class ReplyKind(Value):
    """How a case can end: its rows in the reports, what it needs before dispatch. `article` None:
    no article of the statute speaks of it."""

    name: Names
    article: Article | None = None
    report_row: str = Field(min_length=1)
    county_row: str = Field(min_length=1)
    dispatchable: bool = True
    needs_release: bool = False
    needs_withheld: bool = False
    needs_review: bool = False
    needs_signatures: bool = False
    may_release: bool = False
    """Copies may be enclosed although the kind doesn't need them; `needs_release` implies it."""
    needs_fields: tuple[str, ...] = ()
    """What the draft has to say beside its reasons: ground, location, search_record …"""

    @property
    def releases(self) -> bool:
        """Whether items may go out with such a reply."""
        return self.needs_release or self.may_release

    @property
    def withholds(self) -> bool:
        """Whether reviewed items may stay back: not where the reply gives everything. Beside a
        reply that gives nothing, what was looked at and is not given stays in the file."""
        return self.needs_withheld or not self.needs_release


_FIELDS_OF_FIGURES = (
    "in_force_from",
    "receipt",
    "cut_off",
    "component",
    "period",
    "acknowledgement",
    "variants",
    "inner",
    "extension",
    "later_limit",
    "pause",
    "correction",
    "consultations",
    "fee",
    "calendar",
)


class Statute(Value):
    """One text of law, in force from one day to another (both included)."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    jurisdiction: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: Names
    source: Article
    in_force_from: date
    in_force_to: date | None = None
    zone: Zone
    calendar: str = Field(min_length=1)
    period: CitedPeriod
    variants: dict[ReplyCode, Variant] = Field(default_factory=dict)
    cut_off: CutOff | None = None
    component: CitedPeriod | None = None
    """How long after the first arrival the proper component has it, whatever happened."""
    acknowledgement: CitedPeriod | None = None
    """`period` is that of the acknowledgement; from that day this one runs, or to a stated day."""
    inner: dict[ReplyCode, CitedPeriod] = Field(default_factory=dict)
    """Other limits of the office, counted from the same day 0 with the same stops."""
    extension: ExtensionRule | None = None
    receipt: dict[Channel, ReceiptRule]
    correction: CorrectionRule | None = None
    consultations: dict[Party, ConsultationRule] = Field(default_factory=dict)
    pause: dict[ReplyCode, PauseRule] | None = None
    """By its reason; the first is meant where none is named."""
    later_limit: Cited | None = None
    fee: FeeRule | None = None
    review: Cited
    third_party: Cited
    dispatch: Cited
    complaint: Cited | None = _UNLESS_NONE
    """To the higher organ or its disclosure office; None: the text knows none."""
    longest_remedy: CitedPeriod
    replies: dict[ReplyCode, ReplyKind]
    readings: tuple[ChosenReading, ...] = ()
    checked: Checks = Field(default_factory=dict)
    """By field, the limit of payment as `fee_payment`. No law: a case carries none (`pinned`)."""

    @model_validator(mode="after")
    def _checks(self) -> Self:
        if self.in_force_to is not None and self.in_force_to < self.in_force_from:
            raise PydanticCustomError("force_ends_first", "in_force_to lies before in_force_from")
        if self.period.unit is Unit.HOUR:
            raise PydanticCustomError(
                "not_in_hours", "the reply period is counted in working_day, calendar_day or month"
            )
        strange = sorted(set(self.checked) - {*_FIELDS_OF_FIGURES, "fee_payment"})
        if strange:
            raise PydanticCustomError(
                "checks_nothing", "checked: no field {name}", {"name": strange[0]}
            )
        return self

    def in_force(self, day: date) -> bool:
        """Whether this text is the law on `day`."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    @cached_property
    def tzinfo(self) -> tzinfo:
        """The zone in which the statute's days begin and end."""
        return zone(self.zone)

    @property
    def figures(self) -> tuple[str, ...]:
        """The fields whose figures the file has to answer for, and the limit of payment."""
        paid = ("fee_payment",) if self.fee is not None and self.fee.payment is not None else ()
        return (*(name for name in _FIELDS_OF_FIGURES if getattr(self, name)), *paid)

    def pinned(self) -> Self:
        """The law alone, as a case carries it."""
        return self.model_copy(update={"checked": {}})

    @property
    def digest(self) -> str:
        """Hash of the content."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()
