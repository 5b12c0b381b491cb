"""The annex from the register beside the published one, cell by cell, and its own sums."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.figures.annual import Figure
from register.reads.annual import Report
from starter.demo.data import PublishedReport
from texts.figures import official


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """One row twice: as published, and as counted from the cases."""

    name: str
    published: tuple[int, int]
    counted: tuple[int, int | None]
    sources: tuple[str, ...]

    @property
    def ticks(self) -> tuple[bool, bool]:
        """Whether each of the two cells is the same."""
        return self.published[0] == self.counted[0], self.published[1] == self.counted[1]


@dataclass(frozen=True, slots=True)
class Sum:
    """Something that must add up: a key of the texts, both sides for the year and since 2008."""

    key: str
    left: tuple[int, ...]
    right: tuple[int, ...]

    @property
    def holds(self) -> bool:
        return self.left == self.right


def lines(counted: Report, published: PublishedReport) -> list[AnnexLine]:
    """Row by row; a row that one side lacks has no figures there and fits nothing."""
    found = {official(figure.key): figure for figure in counted.rows}
    rows = []
    for name, _, year, total in published.annex.rows:
        figure = found.pop(name, None)
        cells = (figure.year, figure.cumulative) if figure else (-1, None)
        rows.append(AnnexLine(name, (year, total), cells, figure.sources if figure else ()))
    rows += [
        AnnexLine(official(f.key), (-1, -1), (f.year, f.cumulative), f.sources)
        for f in found.values()
    ]
    return rows


def sums(counted: Report, published: PublishedReport) -> Iterator[Sum]:
    """The checks a reader of the report would make."""
    rows = {figure.code: figure for figure in counted.rows}
    channels = ("received_in_person", "received_online", "received_letter_or_fax")
    kinds = ("granted", "partly", "refused", "other")
    yield Sum("channels", _cells(rows, channels), _cells(rows, ("received",)))
    yield Sum("kinds", _cells(rows, kinds), _cells(rows, ("replies",)))
    yield Sum("answered", _cells(rows, ("replies",)), _cells(rows, ("received",)))
    level = published.requests_received.by_level
    yield Sum(
        "levels",
        (counted.by_level["government"], counted.by_level["department"]),
        (level.governments, level.departments),
    )


def _cells(rows: dict[str, Figure], codes: tuple[str, ...]) -> tuple[int, int]:
    return sum(rows[c].year for c in codes), sum(rows[c].cumulative or 0 for c in codes)
