"""Every golden case: the present code takes the recorded way, writes what was written, and that
is what a person checked. Open and closed cases, under old and new rules."""

from itertools import pairwise

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory

from domain.case.act import Event
from domain.rules import CURRENT_RULES
from tests.replay.capture import replayed
from tests.replay.record import expected, names, orders, runs, started, told, written
from tests.replay.redecide import decided_anew
from tests.replay.scenarios import SCENARIOS
from workflows.activity_names import RecordBatch

NAMES = names()


def batches(histories: list[WorkflowHistory]) -> list[RecordBatch]:
    return [batch for history in histories for batch in written(history)]


def events(lines: list[RecordBatch]) -> list[Event]:
    return [event for line in lines for event in line.events]


def test_every_scenario_has_its_history_and_some_are_of_older_rules() -> None:
    assert sorted(SCENARIOS) == NAMES
    numbers = {expected(name)["rules"] for name in NAMES}
    assert numbers == set(range(1, CURRENT_RULES + 1))


@pytest.mark.parametrize("name", NAMES)
async def test_the_present_code_writes_what_was_written(name: str) -> None:
    for history in runs(name):
        assert await replayed(history) == written(history)


@pytest.mark.parametrize("name", NAMES)
def test_what_was_written_is_what_was_expected(name: str) -> None:
    histories = runs(name)
    told_now = told(batches(histories), started(histories[0]).law.rules)
    assert told_now == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_domain_alone_decides_the_same(name: str) -> None:
    histories = runs(name)
    recorded = events(batches(histories))
    assert [event.seq for event in recorded] == list(range(1, len(recorded) + 1))
    taken = [order for history in histories for order in orders(history)]
    assert decided_anew(started(histories[0]), taken, recorded) == recorded


def test_a_later_run_carries_the_state_of_the_one_before() -> None:
    histories = runs("continued")
    assert len(histories) > 1
    for before, after in pairwise(histories):
        carried = started(after).carried
        assert carried is not None
        assert carried.unwritten == ()
        last = written(before)[-1].events[-1]
        assert carried.state.seq == last.seq
        assert carried.state.law == started(before).law


async def test_a_rule_edited_in_place_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dropping the reminders of rules 1 for running cases takes another way at once."""
    (history,) = runs("reviewed_in_window_under_1")
    monkeypatch.setattr("domain.case.count.window_ends_with_items", lambda rules: True)
    with pytest.raises(workflow.NondeterminismError):
        await replayed(history)


async def test_a_date_edited_in_place_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replay alone would pass it: the same commands with other arguments."""
    (history,) = runs("voided")
    monkeypatch.setattr("domain.case.tasks.due_instant", lambda day, statute: None)
    assert await replayed(history) != written(history)
