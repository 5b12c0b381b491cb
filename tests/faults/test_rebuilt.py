"""`yishen engine rebuild` where the engine was lost, or has runs that are not the record's."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from domain.case import facts as f
from domain.case.act import Event
from domain.case.people import Role
from office.acts.order import Order, new_command_id, send_act
from office.desk import Desk
from office.running.unwritten import FILE
from register.reads import queries
from register.reads.troubles import troubles
from register.writes.record import record
from tests.engine_fixture import pointing_at
from tests.faults.site import Site, site
from tests.replay.life import ASSIGNED
from tests.starter.command_line import CommandLine
from tests.waiting import until
from workflows.messages import TASK_QUEUE

A_MINUTE = 60.0

pytestmark = pytest.mark.temporal


@pytest_asyncio.fixture(loop_scope="session")
async def own(tmp_path: Path) -> AsyncIterator[Site]:
    """A site of its own: these tests lose its engine."""
    async with site(tmp_path) as opened:
        yield opened


def yishen(place: Site) -> CommandLine:
    """The command line of the site, on the engine that it has now."""
    kept = pointing_at(place.engine)
    return CommandLine(
        place.folder,
        {**kept, "YISHEN_REGISTER": place.office.settings.register, "YISHEN_USER": "li"},
    )


async def lose_engine(place: Site) -> None:
    """Its database is gone; a new engine starts on the same folder."""
    await place.kill_worker()
    await place.kill_engine()
    for file in place.folder.glob("engine.db*"):
        file.unlink()
    await place.start_engine()
    await place.start_worker()


async def handed(place: Site) -> str:
    """A case in its handler's hands, with all of it on record."""
    case = (await place.office.open()).id
    await place.office.do(case, "intake", ASSIGNED)
    await place.rows(case, 2)
    return case


async def test_what_was_answered_and_is_on_no_record_is_named(own: Site) -> None:
    case, other = await handed(own), await handed(own)
    impatient = own.office.settings.model_copy(update={"row_wait": 0.2})
    desk = Desk(impatient, own.office.register, own.office.client)
    with own.locked_register():
        note = Order(case, "li", f.Noted(text="还没有写入台账"), new_command_id())
        assert not (await send_act(desk, note)).written
        await own.kill_worker()
    await lose_engine(own)
    done = (await yishen(own)("engine", "rebuild", "--json")).done
    assert (done["cases"], done["started"]) == (2, 2)
    [lost] = done["not_on_record"]
    assert (lost["case"], lost["kind"], lost["person"]) == (case, "noted", "li")
    assert lost["command_id"] == note.command_id
    told = await yishen(own)("engine", "rebuild", lang="zh")
    assert "本来就在 2 件" in told.out
    assert f"! {case}：li 的“备注”" in told.out
    assert "还没有写入" not in (own.folder / FILE).read_text("utf-8")
    # Done again, it is on record and no longer named; its line is gone.
    patient = own.office.settings.model_copy(update={"row_wait": A_MINUTE})
    again = await send_act(Desk(patient, own.office.register, own.office.client), note)
    assert (again.answer.seq, again.written) == (3, True)
    assert not (own.folder / FILE).exists()
    assert (await yishen(own)("engine", "rebuild", "--json")).done["not_on_record"] == []
    await own.office.do(other, "handler", f.Noted(text="接着办"))
    await own.rows(other, 3)


async def test_runs_that_are_not_what_the_record_says_are_replaced_and_the_others_left(
    own: Site,
) -> None:
    well, behind, broken = [await handed(own) for _ in range(3)]
    client = own.office.client
    # The register knows more than the run: an older engine came back.
    view = await own.office.view(behind)
    missed = Event(
        seq=3,
        at=view.now,
        effective_on=view.now.date(),
        person="li",
        role=Role.HANDLER,
        command_id="missed",
        what=f.Noted(text="引擎不知道的一条"),
    )
    with own.office.register.writing() as session:
        record(session, behind, [missed], view.summary)
    # Its history can't be replayed.
    await client.get_workflow_handle(broken).terminate()
    await client.start_workflow(
        "CaseWorkflow", {"id": "nothing else"}, id=broken, task_queue=TASK_QUEUE
    )

    async def noted() -> bool:
        with own.office.register.reading() as session:
            return [line.case_id for line in troubles(session)] == [broken]

    await until(noted, A_MINUTE)
    first = (await own.office.handle(well).describe()).run_id
    done = (await yishen(own)("engine", "rebuild", "--json")).done
    assert (done["there"], done["replaced"], done["started"]) == (1, 2, 0)
    assert (await own.office.handle(well).describe()).run_id == first
    for case, seq in ((well, 3), (behind, 4), (broken, 3)):
        sent = await own.office.do(case, "handler", f.Noted(text="接着办"))
        assert sent.answer.seq == seq
        await own.rows(case, seq)
        assert own.holds(case)


async def test_without_a_worker_cases_are_started_and_the_others_not_judged(own: Site) -> None:
    case = await handed(own)
    await own.kill_worker()
    answer = await yishen(own)("engine", "rebuild", lang="zh")
    assert answer.code == 3
    assert "未能确认 1 件" in answer.out
    assert "再执行一次" in answer.out
    await own.start_worker()

    async def judged() -> bool:
        return bool((await yishen(own)("engine", "rebuild", "--json")).json["there"])

    await until(judged, A_MINUTE)  # a worker that was killed keeps the engine waiting
    assert own.holds(case)


async def test_written_is_said_of_this_act_alone(own: Site) -> None:
    """An older engine answers under a number where the register has another act."""
    case = await handed(own)
    patient = own.office.settings.model_copy(update={"row_wait": 0.5})
    desk = Desk(patient, own.office.register, own.office.client)
    note = Order(case, "li", f.Noted(text="第三条"), "one")
    assert (await send_act(desk, note)).written
    with own.office.register.reading() as session:
        [act] = [e for e in queries.events(session, case) if e.command_id == "one"]
        assert act.digest is not None
        assert queries.has_event(session, case, 3, "one", act.digest)
        assert not queries.has_event(session, case, 3, "one", "other words")
        assert not queries.has_event(session, case, 3, "another", act.digest)
    view = await own.office.view(case)
    there = act.model_copy(update={"seq": 4, "command_id": "there"})
    with own.office.register.writing() as session:
        record(session, case, [there], view.summary)
    sent = await send_act(desk, Order(case, "li", f.Noted(text="第四条"), "two"))
    assert (sent.answer.seq, sent.written) == (4, False)
    told = (await yishen(own)("engine", "rebuild", "--json")).done
    assert told["replaced"] == 1
    assert [lost["command_id"] for lost in told["not_on_record"]] == ["two"]
    assert (await send_act(desk, Order(case, "li", f.Noted(text="第四条"), "two"))).written
