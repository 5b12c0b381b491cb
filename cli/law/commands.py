"""The law as the engine knows it: `yishen statutes`, `yishen statute ID`."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import show
from cli.frame.command import Command
from speech.law import (
    checked,
    chosen,
    figure_name,
    in_force,
    law_text,
    length,
    named,
    other_choices,
    rule_figure,
    rule_name,
    version_figure,
)
from speech.words import cited, spoken
from texts.citations import setting

if TYPE_CHECKING:
    from office.answers.statutes import RuleLine, Setting


def commands() -> Iterator[Command]:
    """Commands that print the law."""
    yield Command("statutes", "look", statutes)
    yield Command("statute", "look", statute)


def statutes() -> None:
    from law.files import load_statutes

    known = load_statutes()
    if show.wants_json():
        rows = [
            {
                "id": law.id,
                "name": named(law.name),
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
            named(law.name),
            length(law.period),
            in_force(law.in_force_from, law.in_force_to),
        ]
        for law in known
    ]
    show.table([law_text(f"column.{c}") for c in ("id", "name", "reply", "in_force")], lines)


def statute(
    statute_id: Annotated[str, typer.Argument(metavar="ID")],
) -> None:
    from domain.checked import check_of
    from office.answers.statutes import statute_sheet

    sheet = statute_sheet(statute_id)
    law, calendar, books = sheet.law, sheet.calendar, sheet.books
    rules, settings = sheet.rules, sheet.settings
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
                "settings": [asdict(one) for one in settings],
            }
        )
        return
    show.line(f"{law.id}  {named(law.name)}")
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
        (law_text("column.in_force"), in_force(law.in_force_from, law.in_force_to)),
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
                    version_figure(version),
                    cited(version.article),
                    in_force(version.in_force_from, version.in_force_to),
                    checked(check_of(book.checked, name, version.in_force_from)),
                ]
                for book in books
                for name, versions in book.periods.items()
                for version in versions
            ],
        )
    if law.readings:
        _heading("readings")
        show.fields([(named(reading.about), named(reading.chosen)) for reading in law.readings])
    _heading("settings")
    show.fields([(setting(spoken(), s.name), _setting(s)) for s in settings])
    _heading("checked")
    show.fields([(figure_name(name), checked(check)) for name, check in sheet.elsewhere])
    show.fields(
        [
            (law_text("checked_by", by=by, on=on), law_text("checked_figures", n=n))
            for (by, on), n in sheet.by.items()
        ]
    )


def _setting(line: "Setting") -> str:
    others = other_choices(line)
    more = law_text("or", choices=" | ".join(others)) if line.choices[1:] else ""
    return f"{line.name} = {chosen(line.chosen)}{more}"


def _heading(key: str) -> None:
    show.line()
    show.line(law_text(f"heading.{key}"))


def _row(line: "RuleLine") -> list[str]:
    return [rule_name(line), rule_figure(line), cited(line.article), checked(line.checked)]
