"""The law as the engine knows it, in words: rules, figures, settings, who checked what."""

from datetime import date
from typing import TYPE_CHECKING

import texts
from domain.checked import FigureCheck
from speech.words import joined, spoken, term

if TYPE_CHECKING:
    from domain.checked import Names
    from domain.periods.book import PeriodVersion
    from domain.periods.period import CitedPeriod
    from office.answers.statutes import RuleLine, Setting


def law_text(key: str, /, **values: object) -> str:
    """A text of the law's topic."""
    return texts.text(spoken(), f"law.{key}", **values)


def law_word(group: str, code: str) -> str:
    """The word of a code of the law's data; the code where there is none."""
    key = f"{group}.{code}"
    return law_text(key) if texts.has(spoken(), f"law.{key}") else code


def named(name: "Names") -> str:
    """Of the two names of a text, that of the language in use."""
    return str(getattr(name, spoken()))


def in_force(first: date, last: date | None) -> str:
    """From when to when."""
    if last is None:
        return law_text("from", first=first)
    return law_text("between", first=first, last=last)


def length(period: "CitedPeriod") -> str:
    """A number of units."""
    return law_text(f"unit.{period.unit}", n=period.n)


def rule_name(line: "RuleLine") -> str:
    """A rule, with what tells it from others of its kind."""
    rule = law_word("rule", line.kind)
    if not line.name:
        return rule
    return law_text("of", rule=rule, name=law_word("name", line.name))


def rule_figure(line: "RuleLine") -> str:
    """What a rule sets: a length, a time of day, effects."""
    figure = [line.figure] if line.figure else []
    if line.period is not None:
        figure.append(length(line.period))
    figure += [law_word("note", note) for note in line.notes if note]
    return joined(figure) or "-"


def version_figure(version: "PeriodVersion") -> str:
    """The length of a named period."""
    notes = [law_word("note", "from_year_end")] if version.from_year_end else []
    return joined([length(version), *notes])


def checked(check: FigureCheck | None) -> str:
    """What a figure was compared with."""
    if check is None:
        return "-"
    return named(check.text) if check.text else law_text("unchecked")


def figure_name(name: str) -> str:
    """A figure that was checked, by its name; `NAME.DAY` is the version of that day."""
    stem, _, since = name.partition(".")
    return term("figure", stem) + (f" {law_text('from', first=since)}" if since else "")


def chosen(value: object) -> str:
    """What a setting has, as it is written."""
    if value is None:
        return law_text("none")
    return str(value).lower() if isinstance(value, bool) else str(value)


def other_choices(setting: "Setting") -> tuple[str, ...]:
    """What else a setting could have, of those with named choices."""
    return tuple(choice for choice in setting.choices if choice != setting.chosen)


def period_name(name: str) -> str:
    """A named period of a procedure; by its own word, that of its limit, or as it is written."""
    key = f"period.{name}"
    if texts.has(spoken(), f"law.{key}"):
        return law_text(key)
    return term("limit", name)
