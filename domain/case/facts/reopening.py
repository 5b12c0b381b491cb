"""What the case does about remedies by itself: paths lapse, silence opens them, a new clock."""

from datetime import date
from typing import Literal

from domain.case.facts.common import Ref
from domain.periods.period import CitedPeriod
from domain.values import Value


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


class HearingPassed(Value):
    """The day of a hearing is over; what came of it a decision will say."""

    kind: Literal["hearing_passed"] = "hearing_passed"
    ref: Ref
    hearing: Ref


class JudgmentEffective(Value):
    """Nobody appealed: the judgment or ruling has taken effect."""

    kind: Literal["judgment_effective"] = "judgment_effective"
    ref: Ref


class CaseReopened(Value):
    """A decision orders a new reply: a new clock of `period` begins, day 0 is the day of the
    event. `full`: no period was stated. The reply before it, whose day 0 was `receipt_day`, stays
    on record as round `closes`."""

    kind: Literal["case_reopened"] = "case_reopened"
    ref: Ref
    period: CitedPeriod
    full: bool = False
    closes: int
    receipt_day: date | None = None
    replied: bool


ByItself = (
    RemedyLapsed
    | InactionOpened
    | ReconsiderationSilent
    | HearingPassed
    | JudgmentEffective
    | CaseReopened
)
