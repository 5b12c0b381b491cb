"""The yearly figures: from counted cases to the rows of the report's form.

Two forms: the county annex used for years up to 2018 (fifteen rows, with totals over all years)
and the national form from 2019 on (new, carried over, results, carried on). Every row knows which
cases it counts, so a figure and the list behind it can't differ.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from domain.figures.results import COLUMNS, GROUPS, Disputed, in_column, in_group
from domain.remedies.terms import ProceedingKind
from domain.statute import Statute

UNIT = "cases"

FIRST_YEAR_OF_NATIONAL_FORM = 2019
"""General Office of the State Council, letter 2019 no. 60: the form of the yearly reports."""


class ReportForm(StrEnum):
    """The form of a year's report."""

    COUNTY = "county"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class CountedCase:
    """A case as the figures see it, in years only, so that many cases are one value.

    `received`: year of the receipt day, before there is one of the arrival; `replied`: of
    dispatch; `ended`: of a lapse or withdrawal; `kind` of the reply or the end, under `statute`.
    """

    organ: str
    level: str
    channel: str
    received: int
    statute: str
    kind: str | None = None
    replied: int | None = None
    ended: int | None = None
    remedies: tuple[Disputed, ...] = ()

    @property
    def done(self) -> int | None:
        """The year in which the office was done with it."""
        return self.replied or self.ended


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
class FormRow:
    """One row of a form. `counts` says how often a case counts in a year, `picks` which of its
    disputes do, in a row of disputes; a running row has no total over the years. Its name stands
    in `texts.figures`."""

    form: ReportForm
    code: str
    counts: Callable[[CountedCase, int], int]
    unit: str | None = None
    total: bool = True
    picks: Callable[[Disputed, int], bool] | None = None

    @property
    def key(self) -> str:
        """The row among all forms: two forms have rows of the same code."""
        return f"{self.form}.{self.code}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row filled in, `key` as of the row. `cumulative` None: not known, or this row has
    none."""

    key: str
    code: str
    unit: str | None
    year: int
    cumulative: int | None
    sources: tuple[str, ...] = ()


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


RowsOfKinds = Mapping[tuple[str, str], tuple[str, str]]
"""(statute, reply kind) -> (row of the national form, row of the county annex)."""


def rows_of_kinds(statutes: Iterable[Statute]) -> RowsOfKinds:
    """In which rows each reply kind counts, as the statutes say."""
    return {
        (statute.id, code): (kind.report_row, kind.county_row)
        for statute in statutes
        for code, kind in statute.replies.items()
    }


def form(year: int, results: RowsOfKinds) -> tuple[FormRow, ...]:
    """The rows in use for the report of `year`."""
    return _national(results) if year >= FIRST_YEAR_OF_NATIONAL_FORM else _county(results)


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
    this_year = sum(row.counts(case, year) * n for case, n in cases.items())
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
    return Figure(row.key, row.code, row.unit, this_year, total, sources)


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
        if case.statute in old and case.kind is not None and _done(case, year):
            found[case.statute, case.kind] += n
    return [
        Mapped(statute, kind, results.get((statute, kind), _ELSE)[0], n)
        for (statute, kind), n in sorted(found.items())
    ]


# -- what a row counts --------------------------------------------------------------------------


def _nothing(case: CountedCase, year: int) -> int:
    """Rows that no case fills: their figures are entered."""
    return 0


def _new(case: CountedCase, year: int) -> int:
    return int(case.received == year)


def _done(case: CountedCase, year: int) -> int:
    return int(case.done == year)


def _carried_over(case: CountedCase, year: int) -> int:
    return int(case.received < year and (case.done is None or case.done >= year))


def _carried_on(case: CountedCase, year: int) -> int:
    return int(case.received <= year and (case.done is None or case.done > year))


def _by_channel(*channels: str) -> Callable[[CountedCase, int], int]:
    return lambda case, year: int(case.channel in channels) and _new(case, year)


def _filed(code: str, kind: ProceedingKind) -> FormRow:
    return _of_disputes(ReportForm.COUNTY, code, lambda d, year: (d.kind, d.filed) == (kind, year))


def _replied(case: CountedCase, year: int) -> int:
    return int(case.replied == year)


def _county(results: RowsOfKinds) -> tuple[FormRow, ...]:
    def replied_as(row: str) -> Callable[[CountedCase, int], int]:
        def counts(case: CountedCase, year: int) -> int:
            found = results.get((case.statute, case.kind or ""), ("other", "other"))[1]
            return int(found == row) and _replied(case, year)

        return counts

    def row(code: str, counts: Callable[[CountedCase, int], int]) -> FormRow:
        return FormRow(ReportForm.COUNTY, code, counts)

    return (
        row("published", _nothing),
        row("published_website", _nothing),
        row("published_gazette", _nothing),
        row("received", _new),
        row("received_in_person", _by_channel("in_person")),
        row("received_online", _by_channel("web_form", "email")),
        row(
            "received_letter_or_fax",
            _by_channel("mail_signed", "mail_ordinary", "fax"),
        ),
        row("replies", _replied),
        row("granted", replied_as("granted")),
        row("partly", replied_as("partly")),
        row("refused", replied_as("refused")),
        row("other", replied_as("other")),
        _filed("complaints", ProceedingKind.COMPLAINT),
        _filed("reconsiderations", ProceedingKind.RECONSIDERATION),
        _filed("lawsuits", ProceedingKind.LITIGATION),
    )


_ELSE = ("other_3", "other")
"""Rows of a kind that no statute knows."""

_RESULTS = (
    "granted",
    "partly",
    "refused_1",
    "refused_2",
    "refused_3",
    "refused_4",
    "refused_5",
    "refused_6",
    "refused_7",
    "refused_8",
    "cannot_provide_1",
    "cannot_provide_2",
    "cannot_provide_3",
    "not_processed_1",
    "not_processed_2",
    "not_processed_3",
    "not_processed_4",
    "not_processed_5",
    "other_1",
    "other_2",
    "other_3",
)
"""Rows of the results of requests in the national form."""

_SUMS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "requests": (("new", "carried_over"), ("done", "carried_on")),
    "results": (_RESULTS, ("done",)),
    "received": (
        ("received_in_person", "received_online", "received_letter_or_fax"),
        ("received",),
    ),
    "replies": (("granted", "partly", "refused", "other"), ("replies",)),
}
"""What must be equal in the national form, and in the county annex."""


def _national(results: RowsOfKinds) -> tuple[FormRow, ...]:
    def done_as(row: str) -> Callable[[CountedCase, int], int]:
        def counts(case: CountedCase, year: int) -> int:
            found = results.get((case.statute, case.kind or ""), _ELSE)[0]
            return int(found == row) and _done(case, year)

        return counts

    def row(code: str, counts: Callable[[CountedCase, int], int]) -> FormRow:
        return FormRow(ReportForm.NATIONAL, code, counts, unit=UNIT, total=False)

    return (
        row("new", _new),
        row("carried_over", _carried_over),
        *(row(code, done_as(code)) for code in _RESULTS),
        row("done", _done),
        row("carried_on", _carried_on),
        *_results(),
    )


def _results() -> Iterator[FormRow]:
    """The table of results, as the national form prints it."""
    for group in GROUPS:
        for column in COLUMNS:
            picks = partial(_in_cell, group, column)
            yield _of_disputes(ReportForm.NATIONAL, f"{group}_{column}", picks, UNIT, total=False)


def _in_cell(group: str, column: str, dispute: Disputed, year: int) -> bool:
    return in_group(dispute, group) and in_column(dispute, column, year)


def _of_disputes(
    form: ReportForm,
    code: str,
    picks: Callable[[Disputed, int], bool],
    unit: str | None = None,
    *,
    total: bool = True,
) -> FormRow:
    """A row that counts disputes, not cases."""

    def counts(case: CountedCase, year: int) -> int:
        return sum(picks(dispute, year) for dispute in case.remedies)

    return FormRow(form, code, counts, unit=unit, total=total, picks=picks)
