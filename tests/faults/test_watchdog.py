"""A case that lost its run, or whose alarm doesn't come, goes on, and those who watch are told."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import update

from domain.case import facts as f
from domain.errors import Unreachable
from office.desk import Desk
from office.running.watching import RunWatch
from register.models import Request
from register.reads import queries
from register.verify import verify
from tests.faults.site import Site, site
from tests.replay.life import ASSIGNED
from tests.waiting import until

A_MINUTE = 60.0
AT_ONCE = timedelta()

pytestmark = pytest.mark.temporal


@pytest_asyncio.fixture(loop_scope="session")
async def own(tmp_path: Path) -> AsyncIterator[Site]:
    """A site of its own: these tests end its runs."""
    async with site(tmp_path) as opened:
        yield opened


async def handed(place: Site) -> str:
    """A case in its handler's hands, with all of it on record."""
    case = (await place.office.open()).id
    await place.office.do(case, "intake", ASSIGNED)
    await place.rows(case, 2)
    return case


def told(place: Site) -> dict[str, list[str]]:
    """Who was told of cases that were restarted, and of which."""
    found: dict[str, list[str]] = {}
    with place.office.register.reading() as session:
        for notice in queries.notices(session):
            if notice.kind == "runs_restarted":
                found.setdefault(notice.recipient, []).append(notice.payload["numbers"])
    return found


async def test_a_lost_run_is_back_within_a_minute_and_told_once_to_those_who_watch(
    own: Site,
) -> None:
    lost, other = await handed(own), await handed(own)
    first = (await own.office.handle(other).describe()).run_id
    await own.office.handle(lost).terminate()

    async def said() -> bool:
        return bool(told(own))

    await until(said, A_MINUTE)
    watching = {own.office.person["supervisor"], own.office.person["admin"]}
    assert told(own) == {person: ["依申〔2026〕1号"] for person in watching}
    sent = await own.office.do(lost, "handler", f.Noted(text="接着办"))
    assert (sent.answer.seq, (await own.office.handle(other).describe()).run_id) == (3, first)
    await own.rows(lost, 3)

    async def laid_down() -> bool:
        return len(list(own.office.settings.mail_drop.glob("runs-*.eml"))) == len(watching)

    await until(laid_down, A_MINUTE)
    assert verify(own.office.register).differences == ()


async def test_an_alarm_that_does_not_come_is_brought_by_a_new_run_and_only_once(
    own: Site,
) -> None:
    case, other = await handed(own), await handed(own)
    await own.kill_worker()  # its own watch is to see nothing
    with own.office.register.writing() as session:
        gone = datetime.now(UTC) - timedelta(minutes=2)
        session.execute(update(Request).where(Request.id == case).values(next_alarm=gone))
    watch = RunWatch(own.office.desk, AT_ONCE)
    assert await watch.look() == []  # it may be on its way
    assert [line.id for line in await watch.look()] == [case]
    # The new run has work to do and nobody to do it: it is left alone.
    for _ in range(3):
        assert await watch.look() == []
    assert len(told(own)) == 2
    await own.start_worker()
    await own.office.do(case, "handler", f.Noted(text="接着办"))
    await own.rows(case, 3)
    assert own.holds(case)
    assert own.holds(other)


async def test_an_engine_that_is_away_is_not_lost(own: Site) -> None:
    cases = [await handed(own) for _ in range(3)]
    runs = [(await own.office.handle(case).describe()).run_id for case in cases]
    settings = own.office.settings.model_copy(update={"timeout": 4})
    watch = RunWatch(Desk(settings, own.office.register, own.office.client), AT_ONCE)
    assert await watch.look() == []
    await own.kill_worker()
    await own.kill_engine()
    for _ in range(2):
        with pytest.raises(Unreachable):
            await watch.look()
    await own.start_engine()
    await own.start_worker()
    again = RunWatch(own.office.desk, AT_ONCE)
    for _ in range(3):
        assert await again.look() == []
    assert [(await own.office.handle(case).describe()).run_id for case in cases] == runs
    assert told(own) == {}
