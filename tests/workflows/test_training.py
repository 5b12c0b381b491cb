"""Training cases on the real engine: numbers of their own, time of their own."""

import asyncio
from datetime import datetime, timedelta

import pytest

from cli.frame.app import run
from domain.case import facts as f
from domain.errors import Code, Refusal
from domain.values import OFFICE_ZONE
from register.reads.filter import Filter
from register.reads.lists import case_lines, count_cases
from tests.office_fixture import Office
from tests.waiting import until

SOME = timedelta(days=1)


async def test_a_training_case_takes_no_number_of_the_real_series(office: Office) -> None:
    before = await office.open()
    training = await office.open(clock_offset=SOME)
    after = await office.open()
    assert training.id.startswith("T")
    assert training.number.startswith("演练〔")
    serials = [int(done.id.partition("-")[2]) for done in (before, after)]
    assert serials[1] == serials[0] + 1


async def test_its_time_moves_on_and_what_falls_due_happens(office: Office) -> None:
    case = (await office.open(clock_offset=SOME)).id
    await office.do(case, "intake", f.Assigned(department="ghj", handler="li"))
    now = datetime.now(OFFICE_ZONE)
    wanted = Filter(overdue_at=now, training=True, limit=None)

    def overdue() -> list[str]:
        with office.register.reading() as session:
            found = [line.id for line in case_lines(session, wanted)]
            assert count_cases(session, wanted) == len(found)
            return found

    assert case not in overdue()
    await office.do(case, "intake", f.TrainingAdvanced(days=60))

    async def settled() -> bool:
        return any(e.kind == "inaction_opened" for e in (await office.view(case)).state.timeline)

    await until(settled)
    view = await office.view(case)
    assert view.now.date() >= (now + timedelta(days=60)).date()
    assert "alarm_raised" in {entry.kind for entry in view.state.timeline}

    async def listed() -> bool:
        return case in overdue()

    await until(listed)


async def test_the_task_of_a_training_case_counts_its_days_in_its_own_time(
    office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = (await office.open(clock_offset=timedelta(days=200))).id
    await office.do(case, "intake", f.Assigned(department="ghj", handler="li"))
    due = (await office.view(case)).summary.due
    assert due is not None
    monkeypatch.setenv("YISHEN_DATA", str(office.settings.data))
    monkeypatch.setenv("YISHEN_REGISTER", office.settings.register)
    assert await asyncio.to_thread(run, ["tasks", "--training", "--as", "li", "--lang", "en"]) == 0
    (row,) = [line for line in capsys.readouterr().out.splitlines() if f"{due}" in line]
    own_days_left = (due - (datetime.now(OFFICE_ZONE) + timedelta(days=200)).date()).days
    assert f"{own_days_left} days left" in row


async def test_the_time_of_a_real_case_is_nobodys_to_move(office: Office) -> None:
    case = (await office.open()).id
    with pytest.raises(Refusal) as no:
        await office.do(case, "intake", f.TrainingAdvanced(days=1))
    assert no.value.code is Code.NOT_TRAINING
