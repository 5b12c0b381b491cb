"""The tables of a year: what a figure counts, who may open it, what leaves as a file."""

import csv
import html
import io
import re
from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select, update
from starlette.applications import Starlette

from domain.case.facts import ApplicantKind, NewApplicant
from register.engine import Register
from register.models import AccessEntry, Request
from register.writes.directory import EnteredFigureEntry, load_entered_figures
from tests.papers.test_tables import cells
from tests.register.office import registered
from tests.web.site import Browser, desk_app, visiting

DAY = date(2025, 6, 2)
ROW = re.compile(
    r'<th scope="row">(.*?)</th>\s*<td class="figure">(?:<a [^>]*>)?(\d+)', flags=re.DOTALL
)


def put(register: Register, name: str, kind: ApplicantKind = "natural", **outcome: Any) -> str:
    """A request of 2025 with its outcome as the record would leave it."""
    asked = {"applicant": NewApplicant(kind=kind, name="某某（虚构）"), "subject": f"主题{name}"}
    row = registered(register, name, arrived=DAY, registered_on=DAY, organ="qinghe", **asked)
    with register.writing() as session:
        session.execute(
            update(Request).where(Request.id == row.id).values(receipt_day=DAY, **outcome)
        )
    return row.id


GRANTED: dict[str, Any] = {"reply_kind": "granted", "dispatched_on": DAY, "is_open": False}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Starlette]:
    """Three requests of 2025: two granted, one of them by another department."""
    async with desk_app(tmp_path_factory.mktemp("reports")) as (app, register):
        put(register, "a", department="ghj", handler="li", **GRANTED)
        put(register, "b", "research", department="jyj", handler="zhao", **GRANTED)
        put(register, "c")
        with register.writing() as session:
            entry = EnteredFigureEntry(row="published", year=2017, value=7, source="=统计表")
            load_entered_figures(session, "qinghe", [entry])
        yield app


@pytest_asyncio.fixture
async def head(office: Starlette) -> AsyncIterator[Browser]:
    """Who answers for the year."""
    async with visiting(office, "huang") as made:
        yield made


async def test_the_year_adds_up_and_says_so(head: Browser) -> None:
    page = (await head.get("/reports?year=2025")).text
    assert "2025年新收 3 件，办结 2 件，结转 1 件" in page
    assert "勾稽相符：新收 3 + 上年结转 0，办结 2 + 结转下年 1" in page
    assert "style=" not in page
    assert '<svg class="bars"' in page


@pytest.mark.parametrize(
    ("person", "seen", "hidden"), [("huang", 2, 0), ("li", 1, 1), ("xu", 0, 2), ("sun", 2, 0)]
)
async def test_a_figure_opens_the_cases_one_may_see(
    office: Starlette, person: str, seen: int, hidden: int
) -> None:
    async with visiting(office, person) as reader:
        page = (await reader.get("/reports/rows/granted?year=2025")).text
    assert "：2 件</h1>" in page
    assert page.count('<a href="/cases/') == seen
    assert (f"另有 {hidden} 件按您的岗位不能查看" in page) == bool(hidden)


async def test_an_empty_year_and_nonsense_are_no_error(head: Browser) -> None:
    for path, status in (
        ("/reports?year=2020", 200),
        ("/reports?year=2010&organ=all", 200),
        ("/reports?year=x&organ=nowhere", 200),
        ("/reports/outcomes?year=2025", 200),
        ("/reports/rows/nonsense?year=2025", 422),
        ("/reports/outcomes/nonsense?year=2025", 422),
        ("/reports/annual.exe", 404),
        ("/reports/nothing.csv", 404),
    ):
        assert (await head.get(path)).status_code == status, path


async def test_entered_figures_stand_with_their_source(head: Browser) -> None:
    page = (await head.get("/reports?year=2017")).text
    assert "=统计表" in page
    assert ("主动公开文件数", "7") in [(name.split("<")[0], n) for name, n in ROW.findall(page)]
    rows = await rows_of_csv(head, "/reports/annual.csv?year=2017&organ=qinghe")
    assert rows[2] == ["published", "主动公开文件数", "", "7", "7", "'=统计表"]


async def test_files_hold_what_the_page_shows_and_are_on_record(
    office: Starlette, head: Browser
) -> None:
    page = (await head.get("/reports?year=2025&organ=qinghe")).text
    shown = [(html.unescape(name), n) for name, n in ROW.findall(page)]
    before = len(exported(office))
    answer = await head.get("/reports/annual.xlsx?year=2025&organ=qinghe")
    assert answer.headers["content-disposition"] == (
        'attachment; filename="annual-2025-qinghe.xlsx"'
    )
    written = cells(answer.content)[2 : 2 + len(shown)]
    assert [row[3] for row in written] == [n for _, n in shown]
    assert all(row[1].endswith(name) for row, (name, _) in zip(written, shown, strict=True))
    csv_rows = await rows_of_csv(head, "/reports/annual.csv?year=2025&organ=qinghe")
    assert [row[3] for row in csv_rows[2 : 2 + len(shown)]] == [n for _, n in shown]
    log = exported(office)[before:]
    assert [(row.person, row.detail) for row in log] == [
        ("huang", "annual-2025-qinghe.xlsx"),
        ("huang", "annual-2025-qinghe.csv"),
    ]
    assert all(str(row.asked_by).startswith("desk:") for row in log)


def exported(office: Starlette) -> Sequence[AccessEntry]:
    """What the log has of tables that left as files."""
    register: Register = office.state.process.register
    with register.reading() as session:
        entries = select(AccessEntry).where(AccessEntry.command == "report_exported")
        return session.scalars(entries.order_by(AccessEntry.id)).all()


async def rows_of_csv(reader: Browser, path: str) -> list[list[str]]:
    text = (await reader.get(path)).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


async def test_corrections_are_for_those_who_supervise(office: Starlette) -> None:
    for person, status in (("huang", 200), ("zhou", 200), ("sun", 200), ("li", 403), ("xu", 403)):
        async with visiting(office, person) as reader:
            for path in ("/reports/corrections?from=2025-1-1&to=x", "/reports/corrections.csv"):
                assert (await reader.get(path)).status_code == status, (person, path)
            for ends in ("from=0001-01-01", "to=9999-12-31"):
                answer = await reader.get(f"/reports/corrections?{ends}")
                assert answer.status_code == status, ends
            tabs = (await reader.get("/reports")).text
        assert ('href="/reports/corrections"' in tabs) == (status == 200)


async def test_kinds_of_applicants_have_their_columns(head: Browser) -> None:
    page = (await head.get("/reports?year=2025&organ=qinghe")).text
    assert page.index("科研机构") < page.index("社会公益组织") < page.index("其他法人或组织")
    rows = await rows_of_csv(head, "/reports/annual.csv?year=2025&organ=qinghe")
    columns = [rows[1].index(name) for name in ("本年", "自然人", "科研机构", "商业企业")]
    found = {row[0]: [row[n] for n in columns] for row in rows if len(row) > 6}
    assert found["new"] == ["3", "2", "1", "0"]
    assert found["granted"] == ["2", "1", "1", "0"]
    assert found["reconsideration_total"] == ["0", "", "", ""]
