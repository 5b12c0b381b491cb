"""The tables of a year as files: what the pages show, in the words of whoever asks."""

from collections.abc import Iterator, Mapping

import texts
from papers.tables import TableFile, as_csv, as_xlsx
from register.reads.annual import Report
from register.reads.corrections import CorrectionLine
from register.reads.outcomes import TABLE, Outcomes
from speech.dates import instant
from speech.figures import check_words, mapped_words
from speech.names import NameBook
from speech.outcomes import fall_name
from speech.words import say as told
from speech.words import spoken, term
from texts.figures import row_name, unit_name
from web.frame.pages import say
from web.reports.rows import kind_count, kinds_of

TYPES = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
"""Ending of a file: what makes it, and its type."""

FALLS: Mapping[str, str] = {"by_kind": "kind", "by_department": "unit", "by_ground": "ground"}
"""The tables of why replies fell, and what their lines are."""


def of_results(key: str, **values: object) -> str:
    """A word of the table of results."""
    return texts.text(spoken(), f"remedies.outcomes.{key}", **values)


def annual_table(report: Report, organ: str) -> TableFile:
    """The report of a year."""
    kinds = kinds_of(report.rows)
    columns = ("code", "row", "unit", "figure", "cumulative", "source")
    return TableFile(
        name=say("reports.tab.annual"),
        title=say("reports.of", organ=organ, year=report.year),
        columns=[
            *(say(f"reports.column.{name}") for name in columns),
            *(term("applicant_kind", kind) for kind in kinds),
        ],
        rows=[
            (
                row.code,
                row_name(spoken(), row.key),
                unit_name(spoken(), row.unit) or "",
                row.year,
                row.cumulative,
                told("joiner").join(row.sources),
                *(kind_count(row, kind) for kind in kinds),
            )
            for row in report.rows
        ],
        notes=[*map(check_words, report.checks), *mapped_words(report.rows, report.mapped)],
    )


def results_tables(found: Outcomes, known: NameBook) -> Iterator[TableFile]:
    """The table of results, then why replies fell."""
    yield TableFile(
        name=say("reports.tab.outcomes"),
        title=of_results("title", year=found.year),
        columns=[say("reports.column.row"), *map(of_results, TABLE)],
        rows=[[name, *(figures[c] for c in TABLE)] for name, figures in _parts(found)],
        notes=[of_results(f"retrial_{found.retrial_counts}")],
    )
    for table, by in FALLS.items():
        falls = getattr(found, table)
        columns = ("ended", "corrected", "upheld", "other")
        yield TableFile(
            name=of_results(by),
            title=of_results(table),
            columns=[of_results(by), *map(of_results, columns)],
            rows=[
                (fall_name(fall, by, known), *(getattr(fall, c) for c in columns)) for fall in falls
            ],
        )


def _parts(found: Outcomes) -> Iterator[tuple[str, Mapping[str, int]]]:
    for part in found.parts:
        yield of_results(part.code), part.figures
    yield of_results("sum"), {c: sum(part.figures[c] for part in found.parts) for c in TABLE}


def corrections_table(found: list[CorrectionLine], known: NameBook) -> TableFile:
    """What was corrected."""
    columns = ("when", "person", "act", "case", "entry")
    return TableFile(
        name=say("reports.tab.corrections"),
        title=say("reports.corrections"),
        columns=[say(f"reports.column.{name}") for name in columns],
        rows=[
            (
                instant(line.at),
                known.person(line.person),
                term("kind", line.kind),
                line.number,
                line.seq,
            )
            for line in found
        ],
    )
