"""The law of remedies as a case carries it: order, places, courts, periods, and the organ itself.

Data in force by date. A case without it was registered before there was any: it keeps no limits
of remedies until a revision brings it (see `domain.case.revising`).
"""

from datetime import date
from operator import not_

from pydantic import Field

from domain.checked import Checks
from domain.errors import Code, InputError
from domain.periods.book import PeriodBook
from domain.periods.period import Period
from domain.policy import Policy
from domain.remedies.organ import OrganProfile
from domain.remedies.terms import Against, CourtLevel, OrganKind, Place, ProceedingKind, RemedyOrder
from domain.values import Value

RECONSIDERATION_PERIODS = (
    "apply",
    "apply_not_told",
    "apply_longest",
    "apply_longest_land",
    "answer",
    "simplified_answer",
    "decide",
    "decide_simplified",
)
LITIGATION_PERIODS = (
    "sue_after_reconsideration",
    "sue",
    "sue_inaction",
    "sue_not_told",
    "sue_longest",
    "sue_longest_land",
    "defence",
    "defence_second",
    "appeal_judgment",
    "appeal_ruling",
    "retrial",
)


class FirstRule(Value):
    """From when which replies go to reconsideration before a suit, and which are not settled."""

    in_force_from: date
    article: str = Field(min_length=1)
    replies: tuple[str, ...]
    unsettled: tuple[str, ...] = ()
    unsettled_inaction: bool = False


class PlaceRule(Value):
    """Where to apply against organs of these kinds, in force from one day to another."""

    organs: tuple[OrganKind, ...]
    go_to: tuple[Place, ...]
    article: str = Field(min_length=1)
    in_force_from: date
    in_force_to: date | None = None


class RulingRule(Value):
    """Against a decision of organs of these kinds on their own acts the applicant may, instead of
    suing, ask the State Council for a ruling, which is final."""

    organs: tuple[OrganKind, ...]
    article: str = Field(min_length=1)
    in_force_from: date
    in_force_to: date | None = None


class OtherActRule(Value):
    """An act beside the reply that may be attacked as a reply is, by its article. `replies`: of a
    lapse, the kinds that it may have."""

    article: str = Field(min_length=1)
    replies: tuple[str, ...] = ()


class CourtRule(Value):
    """Which court hears suits against organs of these kinds, in force from one day to another."""

    organs: tuple[OrganKind, ...]
    level: CourtLevel
    article: str = Field(min_length=1)
    in_force_from: date = date.min
    in_force_to: date | None = None


class SuspensionRule(Value):
    """By which text a proceeding of a kind may stand still, in force from one day to another."""

    kind: ProceedingKind
    article: str = Field(min_length=1)
    in_force_from: date
    in_force_to: date | None = None


class RemedyRules(Value):
    """The file `law/remedies/*.toml`."""

    id: str
    first: FirstRule
    places: tuple[PlaceRule, ...]
    courts: tuple[CourtRule, ...]
    rulings: tuple[RulingRule, ...] = Field(default=(), exclude_if=not_)
    lapse: OtherActRule | None = Field(default=None, exclude_if=not_)
    override: OtherActRule | None = Field(default=None, exclude_if=not_)
    suspensions: tuple[SuspensionRule, ...] = Field(default=(), exclude_if=not_)
    checked: Checks = Field(default_factory=dict, exclude_if=not_)
    """By field. No law: a case carries none."""


class RemedyLaw(Value):
    """All of it, pinned to a case: rules, the two books of periods, the organ."""

    rules: RemedyRules
    reconsideration: PeriodBook
    litigation: PeriodBook
    organ: OrganProfile = OrganProfile()

    def trimmed(self) -> "RemedyLaw":
        """Only what a case of this organ can come to need."""
        rules, kind = self.rules, self.organ.kind
        kept = {
            "places": tuple(p for p in rules.places if kind in p.organs),
            "courts": tuple(c for c in rules.courts if kind in c.organs),
            "rulings": tuple(r for r in rules.rulings if kind in r.organs),
            "checked": {},
        }
        return self.model_copy(
            update={
                "rules": rules.model_copy(update=kept),
                "reconsideration": _only(self.reconsideration, RECONSIDERATION_PERIODS),
                "litigation": _only(self.litigation, LITIGATION_PERIODS),
            }
        )


def _only(book: PeriodBook, names: tuple[str, ...]) -> PeriodBook:
    kept = {name: book.periods[name] for name in names if name in book.periods}
    return book.model_copy(update={"periods": kept, "checked": {}})


def period(book: PeriodBook, name: str, day: date, instead: str | None = None) -> Period:
    """The period as in force on `day`, else the one named `instead`. Raises no_statute."""
    try:
        return book.period(name, day)
    except InputError as error:
        if error.code is not Code.NO_STATUTE or instead is None:
            raise
        return book.period(instead, day)


def ruling(law: RemedyLaw, on: date) -> RulingRule | None:
    """The rule by which a reconsideration decided on that day may go to the State Council."""
    rules = (rule for rule in law.rules.rulings if law.organ.kind in rule.organs)
    return next((rule for rule in rules if _holds(rule, on)), None)


def suspended_by(law: RemedyLaw, kind: ProceedingKind, on: date) -> str:
    """The article by which a proceeding stands still from `on`; empty where no text says so."""
    rules = (rule for rule in law.rules.suspensions if rule.kind is kind)
    found = next((rule for rule in rules if _holds(rule, on)), None)
    return found.article if found else ""


def place_rule(law: RemedyLaw, on: date) -> PlaceRule | None:
    """Where reconsideration is asked for on that day; None where the kind of the organ is not
    known."""
    rules = (rule for rule in law.rules.places if law.organ.kind in rule.organs)
    return next((rule for rule in rules if _holds(rule, on)), None)


def court_rule(law: RemedyLaw, on: date) -> CourtRule | None:
    """Which court hears a suit brought on that day; None where the kind of the organ is not
    known."""
    rules = (rule for rule in law.rules.courts if law.organ.kind in rule.organs)
    return next((rule for rule in rules if _holds(rule, on)), None)


def _holds(rule: PlaceRule | RulingRule | CourtRule | SuspensionRule, on: date) -> bool:
    return rule.in_force_from <= on and (rule.in_force_to is None or on <= rule.in_force_to)


def order(
    law: RemedyLaw, policy: Policy, against: Against, reply_kind: str | None, on: date
) -> tuple[RemedyOrder, bool, str]:
    """Which remedy comes first on `on`; whether no text settles it; by which article."""
    first = law.rules.first
    if on < first.in_force_from:
        return RemedyOrder.EITHER, False, ""
    if against is Against.REPLY and reply_kind in first.replies:
        return RemedyOrder.RECONSIDERATION_FIRST, False, first.article
    unsettled = (
        first.unsettled_inaction if against is Against.INACTION else reply_kind in first.unsettled
    )
    if unsettled:
        return RemedyOrder(policy.remedy_path_unsettled), True, "setting remedy_path_unsettled"
    return RemedyOrder.EITHER, False, ""
