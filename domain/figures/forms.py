"""The forms of the yearly report: their rows, and which cases each of them counts.

Two forms: the county annex used for years up to 2018 (fifteen rows, with totals over all years)
and the national form from 2019 on (new, carried over, results, carried on).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
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
    dispatch; `ended`: of a lapse or withdrawal; `kind` of the reply or the end, under `statute`;
    `applicant`: the kind of who asked, None where nobody knows any more.
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
    applicant: str | None = None

    @property
    def done(self) -> int | None:
        """The year in which the office was done with it."""
        return self.replied or self.ended


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


RowsOfKinds = Mapping[tuple[str, str], tuple[str, str]]
"""(statute, reply kind) -> (row of the national form, row of the county annex)."""

ELSE = ("other_3", "other")
"""Rows of a kind that no statute knows."""

RESULTS = (
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


def _national(results: RowsOfKinds) -> tuple[FormRow, ...]:
    def done_as(row: str) -> Callable[[CountedCase, int], int]:
        def counts(case: CountedCase, year: int) -> int:
            found = results.get((case.statute, case.kind or ""), ELSE)[0]
            return int(found == row) and _done(case, year)

        return counts

    def row(code: str, counts: Callable[[CountedCase, int], int]) -> FormRow:
        return FormRow(ReportForm.NATIONAL, code, counts, unit=UNIT, total=False)

    return (
        row("new", _new),
        row("carried_over", _carried_over),
        *(row(code, done_as(code)) for code in RESULTS),
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
