"""A notice loaded on the desk reaches the open cases, on the real engine."""

import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest_asyncio
from starlette.applications import Starlette
from temporalio.client import Client

from activities.register import RegisterActivities
from domain.case import facts as f
from domain.statute import Channel
from law.files import load_calendar
from office.legal_time import legal_now
from office.running.key_store import register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from office.signing_in.demo import mark_as_demo
from register.reads import queries
from register.reads.calendars import results
from speech.dates import day, full_day
from starter.engine.running import running
from tests.office_fixture import Office, opened_office
from tests.waiting import until
from tests.web.site import fields_of, visiting
from web.app import make_app
from worker import build


@pytest_asyncio.fixture
async def opened(tmp_path: Path) -> AsyncIterator[tuple[Office, Starlette]]:
    """An office of its own on an engine of its own, and its desk."""
    settings = Settings(data=tmp_path)
    make_ready(settings)
    register = register_at(settings, 5.0)
    mark_as_demo(register)
    register.close()
    async with (
        running(tmp_path / "engine", namespace="test", isolated=True) as engine,
        opened_office(engine, tmp_path) as office,
        build(office.client, RegisterActivities(office.register, office.settings.mail_drop)),
    ):

        async def connected(settings: Settings) -> Client:
            del settings
            return office.client

        app = make_app(office.settings, connected)
        async with app.router.lifespan_context(app):
            yield office, app


def due(office: Office, case: str) -> date:
    with office.register.reading() as session:
        found = queries.case(session, case).line.due
    assert found is not None
    return found


def with_off(due: date, off: list[date]) -> date:
    """The last day, once these days before it are off."""
    return load_calendar("cn").add_working_days(due, len(off))


async def test_a_notice_is_previewed_applied_and_told_of(opened: tuple[Office, Starlette]) -> None:
    office, app = opened
    case = (await office.open(channel=Channel.IN_PERSON)).id
    await office.do(case, "intake", f.Assigned(department="ghj", handler=office.person["handler"]))
    before = due(office, case)
    today = legal_now().date()
    calendar = load_calendar("cn")
    off = [calendar.add_working_days(today, n) for n in (1, 2, 3)]
    fields = {
        "kind": "closure",
        "organ": "qinghe",
        "department": "ghj",
        "name": "move",
        "year": str(today.year),
        "issued": today.isoformat(),
        "notice": "青政办〔2026〕9号（虚构）",
        "off": "、".join(day.isoformat() for day in off),
    }
    async with visiting(app, office.person["admin"]) as admin:
        preview = await admin.press("/calendar/load", fields, at="/calendar/load")
        assert preview.status_code == 200
        assert "期限变动 1 件" in preview.text
        would_be = with_off(before, off)
        headings = re.findall(r"<h3>(.*?)</h3>", preview.text, re.DOTALL)
        assert f"{day(before, today)} → {day(would_be, today)} 推后 3 个工作日 · 1 件" in [
            re.sub(r"<[^>]*>|（暂定）", "", heading) for heading in headings
        ]
        assert before.isoformat() not in preview.text
        assert f'href="/cases/{case}"' not in preview.text, "an administrator opens no case"

        async with visiting(app, office.person["handler"]) as handler:
            refused = await handler.press("/calendar/load", {**fields, "_step": "apply"})
        assert refused.status_code == 403

        agreed = {**fields_of(preview), "_step": "apply"}
        sent = await admin.press("/calendar/load", agreed, at="/calendar/load")
        version = f"move@{today.isoformat()}"
        assert sent.headers["location"] == f"/calendar/versions/{version}"

        async def reached() -> bool:
            with office.register.reading() as session:
                return bool(results(session, version)) and due(office, case) != before

        await until(reached)
        after = due(office, case)
        assert after > before
        page = await admin.get(sent.headers["location"])
        assert "更新完毕，共 1 件" in page.text
        assert after == would_be
        assert f"{full_day(before)} → {full_day(after)}" in page.text
        again = await admin.press("/calendar/load", fields, at="/calendar/load")
        assert "已经载入" in again.text
