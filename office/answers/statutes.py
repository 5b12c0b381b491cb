"""A statute as the engine knows it, line by line: figure, effect, source, what it was checked with.

Words come later (`texts/*/law.toml`); a line carries codes and data only.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from domain.calendar.model import Calendar
from domain.checked import FigureCheck
from domain.errors import Code, InputError
from domain.periods.book import PeriodBook
from domain.periods.period import CitedPeriod, Roll
from domain.policy import Policy
from domain.statute import DayZero, FeeEffect, Party, Statute
from law.files import load_calendar, load_period_books, load_policy, load_statutes
from law.remedy_law import remedy_rules

IN_NO_TABLE = ("in_force_from", "calendar")
"""Figures that are no rule of the clock."""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule. `name` tells lines of one kind apart; `notes` are codes of what it does."""

    kind: str
    article: str
    name: str = ""
    period: CitedPeriod | None = None
    notes: tuple[str, ...] = ()
    figure: str = ""
    checked: FigureCheck | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What no text settles and an office may choose: what holds, what else could."""

    name: str
    chosen: object
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatuteSheet:
    """All that is known of a statute. `elsewhere`: checks of figures that stand in no table;
    `by`: how many figures somebody compared on a day."""

    law: Statute
    calendar: Calendar
    books: Sequence[PeriodBook]
    rules: Sequence[RuleLine]
    settings: Sequence[Setting]
    elsewhere: Sequence[tuple[str, FigureCheck]]
    by: Mapping[tuple[str, date], int]


def statute_sheet(name: str) -> StatuteSheet:
    """The statute of that id. InputError(no_statute) with those there are."""
    known = {law.id: law for law in load_statutes()}
    law = known.get(name)
    if law is None:
        raise InputError(Code.NO_STATUTE, name=name, day="-", known=", ".join(known))
    books = load_period_books(law.calendar)
    remedies = remedy_rules(law.jurisdiction)
    of_remedies = tuple(remedies.checked.items()) if remedies else ()
    by: dict[tuple[str, date], int] = {}
    of_books = [check for book in books for check in book.checked.values()]
    for check in (*law.checked.values(), *(check for _, check in of_remedies), *of_books):
        by[check.by, check.on] = by.get((check.by, check.on), 0) + 1
    own = [(figure, check) for figure, check in law.checked.items() if figure in IN_NO_TABLE]
    return StatuteSheet(
        law=law,
        calendar=load_calendar(law.calendar),
        books=books,
        rules=lines(law),
        settings=settings(law, load_policy()),
        elsewhere=(*own, *of_remedies),
        by=by,
    )


def lines(law: Statute) -> list[RuleLine]:
    """Every rule of the clock that the statute sets, in the order of a case."""
    return [*_receiving(law), *_replying(law), *_stopping(law), *_asking(law)]


def _of(law: Statute, kind: str, period: CitedPeriod, name: str = "", *notes: str) -> RuleLine:
    rolls = ("rolls",) if period.roll is Roll.NEXT_WORKING_DAY else ()
    checked = _checked(law, kind)
    return RuleLine(kind, period.article, name, period, (*rolls, *notes), checked=checked)


def _checked(law: Statute, kind: str) -> FigureCheck | None:
    return law.checked.get(_FIELD.get(kind, kind))


_FIELD = {
    "variant": "variants",
    "consultation": "consultations",
    "answer": "consultations",
    "once_asked": "consultations",
    "correction_notice": "correction",
    "correction_limit": "correction",
}
"""Where a kind of line is not named as its field."""


def _receiving(law: Statute) -> Iterator[RuleLine]:
    for channel, rule in law.receipt.items():
        confirmed = ("confirmed",) if rule.day_zero is DayZero.CONFIRMATION else ("arrival",)
        checked = _checked(law, "receipt")
        yield RuleLine("receipt", rule.article, channel, notes=confirmed, checked=checked)
    if law.cut_off is not None:
        local = law.cut_off.time.strftime("%H:%M")
        checked = _checked(law, "cut_off")
        yield RuleLine("cut_off", law.cut_off.article, figure=local, checked=checked)
    if law.component is not None:
        yield _of(law, "component", law.component)


def _replying(law: Statute) -> Iterator[RuleLine]:
    yield _of(law, "period", law.period)
    if law.acknowledgement is not None:
        yield _of(law, "acknowledgement", law.acknowledgement)
    for name, variant in law.variants.items():
        yield _of(law, "variant", variant.period, name)
    for name, period in law.inner.items():
        yield _of(law, "inner", period, name)
    if law.extension is not None:
        rule = law.extension
        length = CitedPeriod(n=rule.n, unit=law.period.unit, article=rule.article)
        yield _of(law, "extension", length, "", *(("once",) if rule.times == 1 else ()))
    if law.later_limit is not None:
        checked = _checked(law, "later_limit")
        yield RuleLine("later_limit", law.later_limit.article, checked=checked)


def _stopping(law: Statute) -> Iterator[RuleLine]:
    for reason, pause in (law.pause or {}).items():
        notes = [pause.effect.value]
        notes += ["from_first_day"] * pause.from_first_day + ["once"] * (pause.times == 1)
        checked = _checked(law, "pause")
        yield RuleLine("pause", pause.article, reason, notes=tuple(notes), checked=checked)
    correction, fee = law.correction, law.fee
    if correction is not None:
        notes = [correction.effect.value]
        notes += ["once"] * correction.once + ["lapses"] * correction.lapses
        checked = _checked(law, "correction")
        yield RuleLine("correction", correction.article, notes=tuple(notes), checked=checked)
        if correction.notice is not None:
            yield _of(law, "correction_notice", correction.notice)
        if correction.limit is not None:
            yield _of(law, "correction_limit", correction.limit)
    if fee is not None:
        setting = ("setting",) if fee.effect is FeeEffect.SETTING else (fee.effect.value,)
        first = ("from_first_day",) * fee.from_first_day
        yield RuleLine("fee", fee.article, notes=(*setting, *first), checked=_checked(law, "fee"))
        if fee.payment is not None:
            yield _of(law, "fee_payment", fee.payment, "", "lapses")


def _asking(law: Statute) -> Iterator[RuleLine]:
    for party, rule in law.consultations.items():
        notes = ("excluded",) if rule.excluded else ("not_excluded",)
        checked = _checked(law, "consultation")
        yield RuleLine("consultation", rule.article, party, notes=notes, checked=checked)
        if rule.limit is not None:
            yield _of(law, "answer", rule.limit, party, rule.silence.value)
        if rule.period is not None:
            yield _of(law, "once_asked", rule.period, party)


def settings(law: Statute, policy: Policy) -> list[Setting]:
    """The settings that can decide a date under this statute."""
    confirms = any(r.day_zero is DayZero.CONFIRMATION for r in law.receipt.values())
    lapses = law.correction is not None and law.correction.lapses
    asked = {party: rule for party, rule in law.consultations.items() if rule.excluded}
    excludes = list(asked.values())
    wanted = {
        "electronic_receipt": confirms,
        "rest_day_electronic_receipt": law.cut_off is None,
        "rest_day_post_receipt": law.cut_off is None,
        "confirmation_days": confirms,
        "correction_days": lapses,
        "late_correction_notice": law.correction is not None and law.correction.notice is not None,
        "exclusion_ends": bool(excludes or law.pause or law.fee or law.correction),
        "silent_consultation": any(rule.limit for rule in excludes),
        "secrecy_referral_excluded": Party.AGENCY in asked,
        "extension_after_restart": law.extension is not None,
        "told_extension": law.extension is not None,
        "fee_restart": law.fee is not None and law.fee.effect is FeeEffect.SETTING,
        "work_towards": True,
        "committed_working_days": True,
    }
    found = []
    for name, matters in wanted.items():
        if matters:
            hint = Policy.model_fields[name].annotation
            choices = tuple(map(str, get_args(hint))) if "Literal" in str(hint) else ()
            found.append(Setting(name, getattr(policy, name), choices))
    return found
