"""The last days by other choices of settings, as a table: the earliest first."""

from collections.abc import Iterable, Mapping
from typing import Any

import texts
from cli.frame import show
from domain.clock.readings import said
from texts.citations import choice, cited, setting


def print_readings(lang: str, readings: Iterable[Mapping[str, Any]]) -> None:
    """The readings, each as `due --json` has it; nothing where there are none."""
    rows = [_row(lang, reading) for reading in readings]
    if rows:
        show.line()
        show.line(texts.text(lang, "cli.readings.title"))
        columns = ("last_day", "setting", "choice", "article")
        show.table([texts.text(lang, f"cli.column.{c}") for c in columns], rows)


def _row(lang: str, reading: Mapping[str, Any]) -> list[str]:
    due, name, value = reading["due"], reading["setting"], said(reading["value"])
    words = choice(lang, name, value)
    return [
        str(due) if due else texts.text(lang, "evidence.reading.no_day"),
        f"{setting(lang, name)} {name}={value}",
        texts.text(lang, "evidence.reading.chosen", choice=words) if reading["chosen"] else words,
        cited(lang, reading["source"] or ""),
    ]
