"""A case without a run gets one: the first, or a new one from the record."""

import pytest

from domain.case.facts import Assigned, Noted
from domain.errors import Code, InputError
from office.acts.order import new_command_id
from register.writes.requests import requests_without_run
from tests.office_fixture import Office

pytestmark = pytest.mark.temporal


async def test_an_act_on_a_run_that_is_gone_goes_on_from_the_record(office: Office) -> None:
    case = (await office.open()).id
    assigned = await office.do(case, "intake", Assigned(department="ghj", handler="li"))
    assert assigned.written
    before = await office.view(case)
    await office.handle(case).terminate("as a completed case: no run takes updates")
    noted = await office.do(case, "handler", Noted(text="一年后来信（虚构）"))
    after = await office.view(case)
    assert noted.answer.seq == before.state.seq + 1
    assert after.state.timeline[:-1] == before.state.timeline
    assert after.state.deadlines == before.state.deadlines
    assert after.summary.due == before.summary.due
    assert noted.written


async def test_a_command_is_remembered_over_the_reopening(office: Office) -> None:
    case = (await office.open()).id
    done = await office.do(case, "legal", Noted(text="a"), command_id=f"n-{case}")
    assert done.written
    await office.handle(case).terminate("over")
    again = await office.do(case, "legal", Noted(text="a"), command_id=f"n-{case}")
    assert (again.answer.seq, again.answer.repeated) == (done.answer.seq, True)


async def test_a_row_without_a_run_is_started_by_its_first_act(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("office.running.runs.start_run", crash)
    command_id = new_command_id()
    with pytest.raises(KeyboardInterrupt):
        await office.open(command_id=command_id)
    monkeypatch.undo()
    with office.register.reading() as session:
        left = [r.id for r in requests_without_run(session)]
    assert len(left) == 1
    done = await office.do(left[0], "intake", Assigned(department="ghj", handler="li"))
    assert done.answer.seq == 2
    repeated = await office.open(command_id=command_id)
    assert (repeated.id, repeated.repeated) == (left[0], True)


async def test_an_unknown_case_is_said_to_be_unknown(office: Office) -> None:
    with pytest.raises(InputError) as refused:
        await office.view("2026-9998")
    assert refused.value.code is Code.UNKNOWN_CASE
