"""The law as the engine knows it: `yishen statutes`, `yishen statute ID`."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

import texts
from cli.frame import show
from cli.frame.command import Command
from domain.errors import Code, InputError
from speech.words import cited, joined, spoken, term
from texts.citations import setting

if TYPE_CHECKING:
    from domain.checked import FigureCheck
    from domain.periods.book import PeriodBook, PeriodVersion
    from domain.periods.period import CitedPeriod
    from domain.statute import Names, Statute
    from office.answers.statutes import RuleLine


def commands() -> Iterator[Command]:
    """Commands that print the law."""
    yield Command("statutes", "look", statutes)
    yield Command("statute", "look", statute)


def law_text(key: str, /, **values: object) -> str:
    """A text of the law's topic."""
    return texts.text(spoken(), f"law.{key}", **values)


def _word(group: str, code: str) -> str:
    key = f"{group}.{code}"
    return law_text(key) if texts.has(spoken(), f"law.{key}") else code


def _named(name: "Names") -> str:
    return str(getattr(name, spoken()))


def _in_force(first: date, last: date | None) -> str:
    if last is None:
        return law_text("from", first=first)
    return law_text("between", first=first, last=last)


def statutes() -> None:
    from law.files import load_statutes

    known = load_statutes()
    if show.wants_json():
        rows = [
            {
                "id": law.id,
                "name": _named(law.name),
                "in_force_from": law.in_force_from,
                "in_force_to": law.in_force_to,
                "source": law.source,
            }
            for law in known
        ]
        show.emit({"statutes": rows})
        return
    lines = [
        [
            law.id,
            _named(law.name),
            _length(law.period),
            _in_force(law.in_force_from, law.in_force_to),
        ]
        for law in known
    ]
    show.table([law_text(f"column.{c}") for c in ("id", "name", "reply", "in_force")], lines)


def statute(
    statute_id: Annotated[str, typer.Argument(metavar="ID")],
) -> None:
    from domain.checked import check_of
    from law.files import load_calendar, load_period_books, load_policy, load_statutes
    from office.answers.statutes import lines, settings

    known = {law.id: law for law in load_statutes()}
    law = known.get(statute_id)
    if law is None:
        raise InputError(Code.NO_STATUTE, name=statute_id, day="-", known=", ".join(known))
    calendar = load_calendar(law.calendar)
    books = load_period_books(law.calendar)
    rules = lines(law)
    chosen = settings(law, load_policy())
    if show.wants_json():
        show.emit(
            {
                "statute": law.model_dump(mode="json"),
                "calendar": {
                    "name": calendar.name,
                    "version": calendar.version,
                    "years": [min(calendar.years), max(calendar.years)],
                    "open_from": calendar.open_from,
                },
                "periods": {book.id: book.model_dump(mode="json")["periods"] for book in books},
                "periods_checked": {
                    book.id: book.model_dump(mode="json").get("checked", {}) for book in books
                },
                "settings": [asdict(one) for one in chosen],
            }
        )
        return
    show.line(f"{law.id}  {_named(law.name)}")
    days = law_text(
        "calendar",
        name=calendar.name,
        version=calendar.version,
        first=min(calendar.years),
        last=max(calendar.years),
    )
    if calendar.open_from is not None:
        days += law_text("open_from", day=calendar.open_from)
    pairs = [
        (law_text("column.source"), cited(law.source)),
        (law_text("column.in_force"), _in_force(law.in_force_from, law.in_force_to)),
        (law_text("column.zone"), law.zone),
        (law_text("column.calendar"), days),
    ]
    show.fields(pairs)
    _heading("rules")
    show.table(
        [law_text(f"column.{c}") for c in ("rule", "figure", "source", "checked")],
        [_row(line) for line in rules],
    )
    if books:
        _heading("periods")
        show.table(
            [law_text(f"column.{c}") for c in ("id", "figure", "source", "in_force", "checked")],
            [
                [
                    f"{book.id}/{name}",
                    joined([_length(version), *_notes(version)]),
                    cited(version.article),
                    _in_force(version.in_force_from, version.in_force_to),
                    _checked(check_of(book.checked, name, version.in_force_from)),
                ]
                for book in books
                for name, versions in book.periods.items()
                for version in versions
            ],
        )
    if law.readings:
        _heading("readings")
        show.fields([(_named(reading.about), _named(reading.chosen)) for reading in law.readings])
    _heading("settings")
    others = [
        law_text("or", choices=" | ".join(c for c in s.choices if c != s.chosen))
        if s.choices[1:]
        else ""
        for s in chosen
    ]
    show.fields(
        [
            (setting(spoken(), s.name), f"{s.name} = {_chosen(s.chosen)}{other}")
            for s, other in zip(chosen, others, strict=True)
        ]
    )
    _print_checks(law, books)


def _chosen(value: object) -> str:
    if value is None:
        return law_text("none")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _heading(key: str) -> None:
    show.line()
    show.line(law_text(f"heading.{key}"))


def _row(line: "RuleLine") -> list[str]:
    rule = _word("rule", line.kind)
    if line.name:
        rule = law_text("of", rule=rule, name=_word("name", line.name))
    figure = [line.figure] if line.figure else []
    if line.period is not None:
        figure.append(_length(line.period))
    figure += [_word("note", note) for note in line.notes if note]
    return [rule, joined(figure) or "-", cited(line.article), _checked(line.checked)]


def _checked(check: "FigureCheck | None") -> str:
    """What a figure was compared with."""
    if check is None:
        return "-"
    return check.text or law_text("unchecked")


def _notes(version: "PeriodVersion") -> list[str]:
    return [_word("note", "from_year_end")] if version.from_year_end else []


def _length(period: "CitedPeriod") -> str:
    return law_text(f"unit.{period.unit}", n=period.n)


def _print_checks(law: "Statute", books: "Sequence[PeriodBook]") -> None:
    """Who compared which figures, and when; the text of those that stand in no table."""
    from law.remedy_law import remedy_rules

    remedies = remedy_rules(law.jurisdiction)
    elsewhere = [(name, check) for name, check in law.checked.items() if name in IN_NO_TABLE]
    elsewhere += remedies.checked.items() if remedies else ()
    named = [*law.checked.items(), *(remedies.checked.items() if remedies else ())]
    named += [
        (f"{book.id}/{name}", check) for book in books for name, check in book.checked.items()
    ]
    by: dict[str, list[str]] = {}
    for name, check in named:
        by.setdefault(law_text("checked_by", by=check.by, on=check.on), []).append(name)
    _heading("checked")
    show.fields([(_figure(name), _checked(check)) for name, check in elsewhere])
    show.fields([(who, law_text("checked_figures", n=len(names))) for who, names in by.items()])


IN_NO_TABLE = ("in_force_from", "calendar")
"""Figures that are no rule of the clock."""


def _figure(name: str) -> str:
    """A figure that was checked, by its name; `NAME.DAY` is the version of that day."""
    stem, _, since = name.partition(".")
    return term("figure", stem) + (f" {law_text('from', first=since)}" if since else "")
