"""Worker and engine killed in the middle of acts: nothing lost, nothing twice, rows in order."""

import asyncio
from dataclasses import replace

import pytest

from domain.case import facts as f
from domain.errors import Code, Unreachable
from office.acts.order import new_command_id
from tests.faults.site import Site

ASSIGNED = f.Assigned(department="ghj", handler="li")
A_COMMAND = 9
"""Seconds in which a clerk is answered by a worker that has just come back."""


async def test_acts_are_answered_while_the_register_is_locked_and_rows_follow(place: Site) -> None:
    """More than the engine takes in flight at once, so none of them may wait for its row."""
    case = (await place.office.open()).id
    await place.office.do(case, "intake", ASSIGNED)
    await place.rows(case, 2)
    with place.locked_register():
        for number in range(12):
            sent = await place.office.do(case, "handler", f.Noted(text=f"第{number}次电话"))
            assert sent.answer.seq == 3 + number
            assert not sent.written
        assert (await place.office.view(case)).unwritten == 12
        assert place.numbers(case) == [1, 2]
    await place.rows(case, 14)
    assert place.numbers(case) == list(range(1, 15))
    assert place.holds(case)


async def test_a_worker_killed_in_the_middle_of_an_act_loses_nothing(place: Site) -> None:
    case = (await place.office.open()).id
    await place.rows(case, 1)
    command = new_command_id()
    with place.locked_register():
        await place.office.do(case, "intake", ASSIGNED, command_id=command)
        assert (await place.office.view(case)).unwritten == 1
        await place.kill_worker()
    # while nobody serves: the caller gives up, the act is there all the same
    waiting = asyncio.create_task(place.office.do(case, "supervisor", f.Noted(text="催问")))
    await place.start_worker()
    async with asyncio.timeout(A_COMMAND):
        assert (await waiting).answer.seq == 3
    again = await place.office.do(case, "intake", ASSIGNED, command_id=command)
    assert again.answer.seq == 2
    await place.rows(case, 3)
    assert place.numbers(case) == [1, 2, 3]
    assert place.holds(case)
    assert len(await place.letters(case)) == 1


async def test_an_engine_killed_and_started_again_on_its_folder_goes_on(place: Site) -> None:
    case = (await place.office.open()).id
    with place.locked_register():
        await place.office.do(case, "intake", ASSIGNED)
        await place.office.do(case, "handler", f.ItemAdded(ref="a", title="规划图（虚构）"))
        await place.kill_engine()
        await place.kill_worker()
    await place.start_engine()
    await place.start_worker()
    await place.rows(case, 3)
    done = await place.office.do(case, "handler", f.Noted(text="已复印"))
    assert done.answer.seq == 4
    await place.rows(case, 4)
    assert place.numbers(case) == [1, 2, 3, 4]
    assert place.holds(case)
    assert len(await place.letters(case)) == 1


async def test_an_engine_killed_in_the_middle_of_an_act_is_not_called_a_missing_worker(
    place: Site,
) -> None:
    case = (await place.office.open()).id
    await place.rows(case, 1)
    command, note = new_command_id(), f.Noted(text="催问")
    soon = place.office.settings.model_copy(update={"timeout": 4.0})
    hurried = replace(place.office, settings=soon)
    await place.kill_worker()
    sending = asyncio.create_task(hurried.do(case, "intake", note, command_id=command))
    await asyncio.sleep(0)
    await place.kill_engine()
    with pytest.raises(Unreachable) as lost:
        await sending
    assert lost.value.code is Code.ACT_UNANSWERED
    await place.start_engine()
    await place.start_worker()
    done = await place.office.do(case, "intake", note, command_id=command)
    assert done.answer.seq == 2
    await place.rows(case, 2)
