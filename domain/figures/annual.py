"""The yearly figures: from counted cases to the rows of the report's form.

Two forms: the county annex used for years up to 2018 (fifteen rows, with totals over all years)
and the national form from 2019 on (new, carried over, results, carried on). Every row knows which
cases it counts, so a figure and the list behind it can't differ.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from domain.errors import Code, InputError
from domain.figures.results import COLUMNS, GROUPS, Disputed, in_column, in_group
from domain.remedies.terms import ProceedingKind
from domain.statute import Statute

FIRST_YEAR_OF_NATIONAL_FORM = 2019
"""General Office of the State Council, letter 2019 no. 60: the form of the yearly reports."""


@dataclass(frozen=True, slots=True)
class Counted:
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


Counts = Mapping[Counted, int]
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
class Row:
    """One row of a form. `counts` says how often a case counts in a year, `picks` which of its
    disputes do, in a row of disputes; a running row has no total over the years."""

    code: str
    name: str
    counts: Callable[[Counted, int], int]
    unit: str | None = None
    total: bool = True
    picks: Callable[[Disputed, int], bool] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One row filled in. `cumulative` None: not known, or this row has none."""

    code: str
    name: str
    unit: str | None
    year: int
    cumulative: int | None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
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


Outcomes = Mapping[tuple[str, str], tuple[str, str]]
"""(statute, reply kind) -> (row of the national form, row of the county annex)."""


def outcomes(statutes: Iterable[Statute]) -> Outcomes:
    """In which rows each reply kind counts, as the statutes say."""
    return {
        (statute.id, code): (kind.report_row, kind.county_row)
        for statute in statutes
        for code, kind in statute.replies.items()
    }


def form(year: int, results: Outcomes) -> tuple[Row, ...]:
    """The rows in use for the report of `year`."""
    return _national(results) if year >= FIRST_YEAR_OF_NATIONAL_FORM else _county(results)


def fill(
    rows: Sequence[Row],
    year: int,
    cases: Counts,
    known: Mapping[tuple[str, str], Known],
) -> tuple[Figure, ...]:
    """Every row for `year`; `known` by organ and name of the row."""
    return tuple(_fill(row, year, cases, known) for row in rows)


def _fill(row: Row, year: int, cases: Counts, known: Mapping[tuple[str, str], Known]) -> Figure:
    mine = {organ: k for (organ, name), k in known.items() if name == row.name}
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
    return Figure(row.code, row.name, row.unit, this_year, total, sources)


def checks(figures: Sequence[Figure]) -> tuple[Check, ...]:
    """The cross-checks of a report, made on exactly the figures it prints."""
    printed = {figure.code: figure.year for figure in figures}
    return tuple(
        Check(
            name,
            {code: printed[code] for code in (*left, *right)},
            sum(printed[code] for code in left),
            sum(printed[code] for code in right),
        )
        for name, (left, right) in _SUMS.items()
        if printed.keys() >= {*left, *right}
    )


def mapped(year: int, cases: Counts, results: Outcomes, old: Collection[str]) -> list[Mapped]:
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


def row_named(year: int, given: str) -> Row:
    """The row of the form of `year` with that code or name. InputError(unknown_figure)."""
    rows = form(year, {})
    for row in rows:
        if given in (row.code, row.name):
            return row
    known = ", ".join(row.code for row in rows)
    raise InputError(Code.UNKNOWN_FIGURE, figure=given, year=year, known=known)


# -- what a row counts --------------------------------------------------------------------------


def _nothing(case: Counted, year: int) -> int:
    """Rows that no case fills: their figures are entered."""
    return 0


def _new(case: Counted, year: int) -> int:
    return int(case.received == year)


def _done(case: Counted, year: int) -> int:
    return int(case.done == year)


def _carried_over(case: Counted, year: int) -> int:
    return int(case.received < year and (case.done is None or case.done >= year))


def _carried_on(case: Counted, year: int) -> int:
    return int(case.received <= year and (case.done is None or case.done > year))


def _by_channel(*channels: str) -> Callable[[Counted, int], int]:
    return lambda case, year: int(case.channel in channels) and _new(case, year)


def _filed(code: str, name: str, kind: ProceedingKind) -> Row:
    return _of_disputes(code, name, lambda d, year: (d.kind, d.filed) == (kind, year))


def _replied(case: Counted, year: int) -> int:
    return int(case.replied == year)


def _county(results: Outcomes) -> tuple[Row, ...]:
    def replied_as(row: str) -> Callable[[Counted, int], int]:
        def counts(case: Counted, year: int) -> int:
            found = results.get((case.statute, case.kind or ""), ("other", "other"))[1]
            return int(found == row) and _replied(case, year)

        return counts

    return (
        Row("published", "主动公开文件数", _nothing),
        Row("published_website", "其中:1.政府网站公开数", _nothing),
        Row("published_gazette", "2.政府公报公开数", _nothing),
        Row("received", "受理政府信息公开申请总数", _new),
        Row("received_in_person", "其中:1.当面申请数", _by_channel("in_person")),
        Row("received_online", "2.网上申请数", _by_channel("web_form", "email")),
        Row(
            "received_letter_or_fax",
            "3.信函、传真申请数",
            _by_channel("mail_signed", "mail_ordinary", "fax"),
        ),
        Row("replies", "对申请的答复总数", _replied),
        Row("granted", "其中:1.同意公开答复数", replied_as("granted")),
        Row("partly", "2.同意部分公开答复数", replied_as("partly")),
        Row("refused", "3.不予公开答复数", replied_as("refused")),
        Row("other", "4.其他类型答复数", replied_as("other")),
        _filed("complaints", "接受行政申诉、举报数", ProceedingKind.COMPLAINT),
        _filed("reconsiderations", "行政复议数", ProceedingKind.RECONSIDERATION),
        _filed("lawsuits", "行政诉讼数", ProceedingKind.LITIGATION),
    )


_ELSE = ("other_3", "other")
"""Rows of a kind that no statute knows."""

_RESULTS = (
    ("granted", "（一）予以公开"),
    ("partly", "（二）部分公开（区分处理的，只计这一情形，不计其他答复情形）"),
    ("refused_1", "（三）不予公开：1.属于国家秘密"),
    ("refused_2", "（三）不予公开：2.其他法律行政法规禁止公开"),
    ("refused_3", "（三）不予公开：3.危及“三安全一稳定”"),
    ("refused_4", "（三）不予公开：4.保护第三方合法权益"),
    ("refused_5", "（三）不予公开：5.属于三类内部事务信息"),
    ("refused_6", "（三）不予公开：6.属于四类过程性信息"),
    ("refused_7", "（三）不予公开：7.属于行政执法案卷"),
    ("refused_8", "（三）不予公开：8.属于行政查询事项"),
    ("cannot_provide_1", "（四）无法提供：1.本机关不掌握相关政府信息"),
    ("cannot_provide_2", "（四）无法提供：2.没有现成信息需要另行制作"),
    ("cannot_provide_3", "（四）无法提供：3.补正后申请内容仍不明确"),
    ("not_processed_1", "（五）不予处理：1.信访举报投诉类申请"),
    ("not_processed_2", "（五）不予处理：2.重复申请"),
    ("not_processed_3", "（五）不予处理：3.要求提供公开出版物"),
    ("not_processed_4", "（五）不予处理：4.无正当理由大量反复申请"),
    ("not_processed_5", "（五）不予处理：5.要求行政机关确认或重新出具已获取信息"),
    ("other_1", "（六）其他处理：1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    (
        "other_2",
        "（六）其他处理：2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    ("other_3", "（六）其他处理：3.其他"),
)

_SUMS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "requests": (("new", "carried_over"), ("done", "carried_on")),
    "results": (tuple(code for code, _ in _RESULTS), ("done",)),
    "received": (
        ("received_in_person", "received_online", "received_letter_or_fax"),
        ("received",),
    ),
    "replies": (("granted", "partly", "refused", "other"), ("replies",)),
}
"""What must be equal in the national form, and in the county annex."""


def _national(results: Outcomes) -> tuple[Row, ...]:
    def done_as(row: str) -> Callable[[Counted, int], int]:
        def counts(case: Counted, year: int) -> int:
            found = results.get((case.statute, case.kind or ""), _ELSE)[0]
            return int(found == row) and _done(case, year)

        return counts

    def row(code: str, name: str, counts: Callable[[Counted, int], int]) -> Row:
        return Row(code, name, counts, unit="件", total=False)

    by_result = [row(code, f"三、本年度办理结果{name}", done_as(code)) for code, name in _RESULTS]
    return (
        row("new", "一、本年新收政府信息公开申请数量", _new),
        row("carried_over", "二、上年结转政府信息公开申请数量", _carried_over),
        *by_result,
        row("done", "三、本年度办理结果（七）总计", _done),
        row("carried_on", "四、结转下年度继续办理", _carried_on),
        *_results(),
    )


def _results() -> Iterator[Row]:
    """The table of results, as the national form prints it."""
    for group, (_, _, name) in GROUPS.items():
        for column, heading in COLUMNS.items():
            picks = partial(_in_cell, group, column)
            yield _of_disputes(f"{group}_{column}", f"{name}：{heading}", picks, "件", total=False)


def _in_cell(group: str, column: str, dispute: Disputed, year: int) -> bool:
    return in_group(dispute, group) and in_column(dispute, column, year)


def _of_disputes(
    code: str,
    name: str,
    picks: Callable[[Disputed, int], bool],
    unit: str | None = None,
    *,
    total: bool = True,
) -> Row:
    """A row that counts disputes, not cases."""

    def counts(case: Counted, year: int) -> int:
        return sum(picks(dispute, year) for dispute in case.remedies)

    return Row(code, name, counts, unit=unit, total=total, picks=picks)
