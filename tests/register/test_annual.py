"""The yearly figures: a county's real totals, the national form, and the cases behind each."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, update

from domain.errors import Code, InputError
from domain.figures.forms import FIRST_YEAR_OF_NATIONAL_FORM
from law.files import load_statutes
from register.engine import Register
from register.models import Request
from register.reads.annual import annual_report, figure_cases
from register.reads.lists import lines_of
from register.writes.directory import (
    EnteredFigureEntry,
    OpeningBalanceEntry,
    load_entered_figures,
    load_opening_balances,
)
from tests.register.office import registered

SOURCE = "建宁县2018年政府信息公开工作年度报告"
JIANNING: Sequence[tuple[str, int, int]] = (
    ("主动公开文件数", 2238, 22978),
    ("其中:1.政府网站公开数", 2238, 22978),
    ("2.政府公报公开数", 0, 0),
    ("受理政府信息公开申请总数", 41, 306),
    ("其中:1.当面申请数", 41, 204),
    ("2.网上申请数", 0, 69),
    ("3.信函、传真申请数", 0, 33),
    ("对申请的答复总数", 41, 306),
    ("其中:1.同意公开答复数", 41, 306),
    ("2.同意部分公开答复数", 0, 0),
    ("3.不予公开答复数", 0, 0),
    ("4.其他类型答复数", 0, 0),
    ("接受行政申诉、举报数", 0, 0),
    ("行政复议数", 0, 0),
    ("行政诉讼数", 0, 0),
)


def put(register: Register, command_id: str, received: date, **values: Any) -> str:
    """A registered request with its outcome as the record would leave it."""
    form = {k: values.pop(k) for k in ("channel", "organ", "training", "statute") if k in values}
    row = registered(register, command_id, arrived=received, registered_on=received, **form)
    with register.writing() as session:
        session.execute(
            update(Request).where(Request.id == row.id).values(receipt_day=received, **values)
        )
    return row.id


def test_jianning_2018(register: Register) -> None:
    """Totals as published; the single requests behind them are a reconstruction."""
    for n in range(41):
        day = date(2018, 1, 2) + timedelta(days=8 * n)
        organ = "jianning" if n < 20 else "edu"
        put(
            register,
            f"r{n}",
            day,
            organ=organ,
            channel="in_person",
            statute="cn-2008",
            dispatched_on=day,
            reply_kind="granted",
            ended_on=day,
            ended_kind="granted",
        )
    put(register, "training", date(2018, 5, 2), training=True)
    put(register, "void", date(2018, 5, 2), status="void", ended_on=date(2018, 5, 3))
    with register.writing() as session:
        load_opening_balances(
            session,
            "jianning",
            [
                OpeningBalanceEntry(row=name, through=2017, value=total - year, source=SOURCE)
                for name, year, total in JIANNING
            ],
        )
        load_entered_figures(
            session,
            "jianning",
            [
                EnteredFigureEntry(row=name, year=2018, value=year, source=SOURCE)
                for name, year, _ in JIANNING[:3]
            ],
        )
    with register.reading() as session:
        report = annual_report(session, 2018, load_statutes())
        behind = figure_cases(session, 2018, "其中:1.当面申请数", load_statutes())
    shown = [(r["name"], r["unit"], r["year"], r["cumulative"]) for r in report.as_json()["rows"]]
    assert shown == [(name, None, year, total) for name, year, total in JIANNING]
    assert report.by_level == {"government": 20, "department": 21}
    assert report.organ == "建宁县人民政府"
    assert report.rows[0].sources == (SOURCE,)
    assert len(behind) == 41


def test_a_total_before_its_opening_balance_is_not_known(register: Register) -> None:
    balance = OpeningBalanceEntry(row="主动公开文件数", through=2017, value=9, source=SOURCE)
    with register.writing() as session:
        load_opening_balances(session, "jianning", [balance])
    with register.reading() as session:
        rows = annual_report(session, 2016, load_statutes()).rows
    assert (rows[0].year, rows[0].cumulative) == (0, None)


def test_the_national_form_balances(register: Register) -> None:
    put(register, "old", date(2023, 12, 20), dispatched_on=date(2024, 1, 9), reply_kind="granted")
    late = put(register, "late", date(2024, 12, 20))
    put(
        register,
        "lapsed",
        date(2024, 3, 1),
        ended_on=date(2024, 4, 1),
        ended_kind="correction_lapsed",
    )
    put(
        register,
        "none",
        date(2024, 3, 2),
        dispatched_on=date(2024, 3, 9),
        reply_kind="does_not_exist",
    )
    draft = put(register, "draft", date(2024, 3, 3), reply_kind="granted")
    put(
        register,
        "decree-492",
        date(2019, 5, 2),
        statute="cn-2008",
        dispatched_on=date(2024, 5, 9),
        reply_kind="refused",
    )
    with register.reading() as session:
        report = annual_report(session, 2024, load_statutes(), "jianning")
        carried = figure_cases(session, 2024, "carried_on", load_statutes())
    figures = {row.code: row.year for row in report.rows if row.year}
    assert figures == {
        "new": 4,
        "carried_over": 2,
        "granted": 1,
        "cannot_provide_1": 1,
        "other_1": 1,
        "other_3": 1,
        "done": 4,
        "carried_on": 2,
    }
    assert carried == [late, draft] or carried == [draft, late]
    assert all(check.holds for check in report.checks)
    assert [(m.statute, m.kind, m.row, m.n) for m in report.mapped] == [
        ("cn-2008", "refused", "other_3", 1)
    ]
    assert all(row.cumulative is None for row in report.rows)


@pytest.mark.parametrize("law", ["cn-2008", "cn-2019"])
def test_every_reply_kind_counts_in_exactly_one_result(register: Register, law: str) -> None:
    statute = next(s for s in load_statutes() if s.id == law)
    for kind in statute.replies:
        day, sent = date(2025, 1, 2), date(2025, 1, 9)
        put(register, kind, day, statute=law, dispatched_on=sent, reply_kind=kind)
    with register.reading() as session:
        report = annual_report(session, 2025, load_statutes())
    rows = report.rows
    assert all(check.holds for check in report.checks)
    assert len(report.mapped) == (len(statute.replies) if law == "cn-2008" else 0)
    results = [r for r in rows if r.code not in ("new", "carried_over", "done", "carried_on")]
    assert sum(r.year for r in results) == len(statute.replies)
    assert {r.code for r in results if r.year} == {k.report_row for k in statute.replies.values()}


def test_every_figure_opens_as_many_cases_as_it_says(register: Register) -> None:
    for n, kind in enumerate(("granted", "partly_granted", "refused_process", "withdrawn")):
        put(register, kind, date(2024, 1 + n, 2), ended_on=date(2024, 6, 1), ended_kind=kind)
    with register.reading() as session:
        report = annual_report(session, 2024, load_statutes())
        for row in report.rows:
            assert len(figure_cases(session, 2024, row.code, load_statutes())) == row.year


@pytest.mark.parametrize("year", [2018, 2019])
def test_the_cross_check_is_made_on_the_figures_printed(register: Register, year: int) -> None:
    """Figures entered for a year without cases: what doesn't add up is said."""
    new, done = ("received", "replies") if year == 2018 else ("new", "done")
    entered = [
        EnteredFigureEntry(row=new, year=year, value=62, source=SOURCE),
        EnteredFigureEntry(row=done, year=year, value=63, source=SOURCE),
    ]
    with register.writing() as session:
        load_entered_figures(session, "jianning", entered)
    with register.reading() as session:
        report = annual_report(session, year, load_statutes())
    printed = {row.code: row.year for row in report.rows}
    assert (printed[new], printed[done]) == (62, 63)
    assert not any(check.holds for check in report.checks)
    for check in report.checks:
        assert check.parts == {code: printed[code] for code in check.parts}


@pytest.mark.parametrize(("row", "year"), [("no such row", 2019), ("new", 2018), ("replies", 2019)])
def test_a_figure_of_a_row_the_form_lacks_is_refused(
    register: Register, row: str, year: int
) -> None:
    entered = EnteredFigureEntry(row=row, year=year, value=1, source=SOURCE)
    with pytest.raises(InputError) as refused, register.writing() as session:
        load_entered_figures(session, "jianning", [entered])
    assert refused.value.code is Code.UNKNOWN_FIGURE


def test_the_cases_behind_a_figure_are_read_at_once_and_in_order(register: Register) -> None:
    for n in range(7):
        put(register, f"r{n}", date(2024, 5, 2), ended_on=date(2024, 6, 1), ended_kind="granted")
    asked: list[str] = []
    with register.reading() as session:
        ids = figure_cases(session, 2024, "done", load_statutes())
        event.listen(register.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
        assert [line.id for line in lines_of(session, ids)] == ids
    assert len(asked) == 1


def test_unknown_figures_are_refused(register: Register) -> None:
    with register.reading() as session, pytest.raises(InputError) as refused:
        figure_cases(session, FIRST_YEAR_OF_NATIONAL_FORM, "x", load_statutes())
    assert refused.value.code is Code.UNKNOWN_FIGURE


def test_a_row_of_the_year_alone_takes_no_opening_balance(register: Register) -> None:
    """It would be kept and counted nowhere."""
    balance = OpeningBalanceEntry(row="carried_over", through=2025, value=18, source=SOURCE)
    with pytest.raises(InputError) as refused, register.writing() as session:
        load_opening_balances(session, "jianning", [balance])
    assert refused.value.code is Code.NO_TOTAL
