"""The yearly figures: counted cases filled into the rows of the report's form.

Every row knows which cases it counts, so a figure and the list behind it can't differ.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from domain.figures.forms import (
    ELSE,
    FIRST_YEAR_OF_NATIONAL_FORM,
    RESULTS,
    CountedCase,
    FormRow,
    RowsOfKinds,
)

Counts = Mapping[CountedCase, int]
"""How many cases there are of each."""


@dataclass(frozen=True, slots=True)
class Known:
    """Figures of one row and organ that come from no case: an opening total up to the end of
    `through`, and values by year. `sources` say where they come from."""

    opening: int = 0
    through: int | None = None
    years: Mapping[int, int] | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One row filled in, `key` as of the row. `cumulative` None: not known, or this row has
    none. `by_applicant`: the year's by the kind of who asked, of rows that count requests."""

    key: str
    code: str
    unit: str | None
    year: int
    cumulative: int | None
    sources: tuple[str, ...] = ()
    by_applicant: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """Figures of the report that must come to the same: `left` and `right` sum up the `parts`, by
    the codes of their rows."""

    name: str
    parts: Mapping[str, int]
    left: int
    right: int

    @property
    def holds(self) -> bool:
        return self.left == self.right


@dataclass(frozen=True, slots=True)
class Mapped:
    """Cases done under a law that is older than the form: `n` of reply kind `kind` stand in row
    `row`."""

    statute: str
    kind: str
    row: str
    n: int


_SUMS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "requests": (("new", "carried_over"), ("done", "carried_on")),
    "results": (RESULTS, ("done",)),
    "received": (
        ("received_in_person", "received_online", "received_letter_or_fax"),
        ("received",),
    ),
    "replies": (("granted", "partly", "refused", "other"), ("replies",)),
}
"""What must be equal in the national form, and in the county annex."""


def fill(
    rows: Sequence[FormRow],
    year: int,
    cases: Counts,
    known: Mapping[tuple[str, str], Known],
) -> tuple[Figure, ...]:
    """Every row for `year`; `known` by organ and key of the row."""
    return tuple(_fill(row, year, cases, known) for row in rows)


def _fill(row: FormRow, year: int, cases: Counts, known: Mapping[tuple[str, str], Known]) -> Figure:
    mine = {organ: k for (organ, key), k in known.items() if key == row.key}
    by_applicant: Counter[str | None] = Counter()
    for case, n in cases.items():
        by_applicant[case.applicant] += row.counts(case, year) * n
    this_year = by_applicant.total()
    this_year += sum((k.years or {}).get(year, 0) for k in mine.values())
    total: int | None = None
    if row.total and all(k.through is None or k.through <= year for k in mine.values()):
        total = sum(k.opening for k in mine.values())
        for k in mine.values():
            since = k.through or 0
            total += sum(v for y, v in (k.years or {}).items() if since < y <= year)
        nothing = Known()
        for case, n in cases.items():
            since = mine.get(case.organ, nothing).through or case.received - 1
            total += n * sum(row.counts(case, y) for y in range(since + 1, year + 1))
    sources = tuple(dict.fromkeys(s for k in mine.values() for s in k.sources))
    kinds = {kind: n for kind, n in by_applicant.items() if kind and n and row.picks is None}
    return Figure(row.key, row.code, row.unit, this_year, total, sources, kinds)


def checks(figures: Sequence[Figure]) -> tuple[CrossCheck, ...]:
    """The cross-checks of a report, made on exactly the figures it prints."""
    printed = {figure.code: figure.year for figure in figures}
    return tuple(
        CrossCheck(
            name,
            {code: printed[code] for code in (*left, *right)},
            sum(printed[code] for code in left),
            sum(printed[code] for code in right),
        )
        for name, (left, right) in _SUMS.items()
        if printed.keys() >= {*left, *right}
    )


def mapped(year: int, cases: Counts, results: RowsOfKinds, old: Collection[str]) -> list[Mapped]:
    """Which cases of laws in `old` the national form counts where, by kind of reply."""
    if year < FIRST_YEAR_OF_NATIONAL_FORM:
        return []
    found: Counter[tuple[str, str]] = Counter()
    for case, n in cases.items():
        if case.statute in old and case.kind is not None and case.done == year:
            found[case.statute, case.kind] += n
    return [
        Mapped(statute, kind, results.get((statute, kind), ELSE)[0], n)
        for (statute, kind), n in sorted(found.items())
    ]
