"""The register checked from the desk: by a process of its own, with what it found and skipped."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from office.cases import checking
from office.cases.checking import carry_out
from office.desk import Desk
from register.models import Request
from tests.waiting import until
from tests.web.county import CountySite, county_site
from tests.web.site import Browser, no_engine

HERE = "/admin/verify"


async def read_until(admin: Browser, ready: Callable[[str], bool]) -> str:
    """The page, once it says so."""
    page = ""

    async def said() -> bool:
        nonlocal page
        page = (await admin.get(HERE)).text
        return ready(page)

    await until(said, within=120)
    return page


async def test_a_check_goes_on_by_itself_and_says_what_it_skipped(tmp_path: Path) -> None:
    async with (
        county_site(tmp_path / "county", ("assigned", "new from the web")) as site,
        site.visit("an.ye") as admin,
    ):
        assert "开始核对" in (await admin.get(HERE)).text
        assert (await admin.press(HERE, {}, at=HERE)).status_code == 303
        under_way = await admin.get(HERE)
        assert "正在核对台账" in under_way.text
        assert "正在核对台账" in (await admin.get("/admin/health")).text
        assert int(under_way.headers["refresh"]) > 0
        await admin.press(HERE, {}, at=HERE)  # a second one isn't started
        done = await read_until(admin, lambda page: "正在核对" not in page)
        assert "refresh" not in (await admin.get(HERE)).headers
    assert "<h1>已核对的无误，有的没有核对" in done
    assert f"{len(site.cases)} 件" in done
    assert "没有与运行中的办件比对" in done


async def test_what_differs_is_named_without_what_stands_there(tmp_path: Path) -> None:
    async with county_site(tmp_path / "county", ("assigned",)) as site:
        case = site.cases["assigned"]
        with site.register.writing() as session:
            session.execute(update(Request).values(handler="an.wu"))
        settings = site.app.state.process.settings
        async with site.visit("an.ye") as admin:
            started: list[object] = []
            desk = Desk(settings, site.register, no_engine)  # type: ignore[arg-type]
            await checking.begin(desk, "an.ye", started.append)
            await carry_out(desk)
            page = (await admin.get(HERE)).text
            health = (await admin.get("/admin/health")).text
    assert started == [settings]
    assert re.search(r"台账有 \d+ 处不符", health)
    assert re.search(r"<h1>台账有 \d+ 处不符", page)
    assert re.search(rf"{case}</span></td><td class=\"hash\">requests [^<]*</td>", page)
    assert "handler</td>" in page
    assert "an.wu" not in page


async def test_a_check_that_died_can_be_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with county_site(tmp_path / "county", ("assigned",)) as site:
        settings = site.app.state.process.settings
        desk = Desk(settings, site.register, no_engine)  # type: ignore[arg-type]
        started: list[object] = []
        await checking.begin(desk, "an.ye", started.append)
        await checking.begin(desk, "an.ye", started.append)
        assert len(started) == 1
        monkeypatch.setattr(checking, "SILENT", -checking.SILENT)
        async with site.visit("an.ye") as admin:
            page = (await admin.get(HERE)).text
        assert "核对中断" in page
        assert "再核对一次" in page
        await checking.begin(desk, "an.ye", started.append)
        assert len(started) == 2


async def test_only_an_administrator_checks(county: CountySite) -> None:
    async with county.visit("an.qin") as auditor:
        assert (await auditor.get(HERE)).status_code == 403
        assert (await auditor.press(HERE, {})).status_code == 403
