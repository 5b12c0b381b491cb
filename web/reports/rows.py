"""The rows of a report, put in groups as its form prints them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.figures.annual import Figure
from domain.figures.results import GROUPS
from office.acts.forms.meanings import KINDS
from speech.words import spoken
from texts.figures import row_name, unit_name

RESULTS = ("granted", "partly", "refused", "cannot_provide", "not_processed", "other")
"""Groups of results, by how the codes of their rows begin."""

UNSAID = "legal"

_GROUPED = re.compile(r"(.+?)(?:：|: )(.+)")


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A figure with its name; `group`: what several rows have in common, where it is said first
    here; `within`: it belongs to one."""

    figure: Figure
    name: str
    unit: str
    group: str
    within: bool


def report_rows(figures: Iterable[Figure]) -> Iterator[ReportRow]:
    """All rows in order; a group's name stands once, before its first row."""
    last = ""
    for figure in figures:
        name = row_name(spoken(), figure.key)
        found = _GROUPED.fullmatch(name) if figure.key.startswith("national.") else None
        group = found[1] if found else ""
        yield ReportRow(
            figure=figure,
            name=found[2] if found else name,
            unit=unit_name(spoken(), figure.unit) or "",
            group=group if group != last else "",
            within=bool(found),
        )
        last = group


def kinds_of(figures: Iterable[Figure]) -> list[str]:
    """The columns of applicants, in the order of the national form, which alone has them; those of
    which nobody said which kind of organisation they are only where there are any."""
    found = [figure for figure in figures if figure.key.startswith("national.")]
    unsaid = any(figure.by_applicant.get(UNSAID) for figure in found)
    return [kind for kind in KINDS if found and (kind != UNSAID or unsaid)]


def kind_count(figure: Figure, kind: str) -> int | None:
    """How many of a figure were asked by that kind; None: it counts no requests."""
    if figure.code.startswith(tuple(GROUPS)):
        return None
    return figure.by_applicant.get(kind, 0)


def result_counts(figures: Iterable[Figure]) -> dict[str, int]:
    """How many requests ended in each group of results; empty of a form without them."""
    found = dict.fromkeys(RESULTS, 0)
    national = False
    for figure in figures:
        national = national or figure.key.startswith("national.")
        group = figure.code.rstrip("0123456789").rstrip("_")
        if group in found and not figure.code.startswith(tuple(GROUPS)):
            found[group] += figure.year
    return found if national else {}
