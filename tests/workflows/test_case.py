"""The case on the real engine: acts, repetition, rivalry, record, run after run."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from domain.case import facts as f
from domain.case.people import Actor, Grant, Role
from domain.case.summary import Status
from domain.errors import Code, Refusal
from domain.values import OFFICE_ZONE
from office.acts import order as acts
from office.acts.order import Order, new_command_id
from office.running import asking
from office.running.sending import update
from register.reads import queries
from tests.office_fixture import Office
from workflows.messages import ActAnswer

POST = f.Dispatched(channel=f.DispatchChannel.POST)


async def test_a_case_runs_from_the_counter_to_the_reply(office: Office) -> None:
    case = (await office.open()).id
    await office.grant(case)
    await office.do(case, "handler", POST)
    sent = await office.do(case, "intake", f.Delivered())
    assert sent.answer.summary.status is Status.CLOSED
    assert sent.written
    with office.register.reading() as session:
        events = queries.events(session, case)
        row = queries.case(session, case)
    assert [e.seq for e in events] == list(range(1, 11))
    assert row.line.status == Status.CLOSED


@pytest.mark.parametrize("training", [timedelta(), timedelta(days=-400)])
async def test_days_left_are_counted_from_the_day_one_asks(
    office: Office, monkeypatch: pytest.MonkeyPatch, training: timedelta
) -> None:
    """A week goes by in which nothing wakes the case; its own time stood still meanwhile."""
    case = (await office.open(clock_offset=training)).id
    before = await office.view(case)
    monkeypatch.setattr(asking, "datetime", InAWeek)
    after = await office.view(case)
    today = (datetime.now(OFFICE_ZONE) + training).date()
    assert after.now.astimezone(OFFICE_ZONE).date() == today + timedelta(days=7)
    assert after.deadlines == before.deadlines
    assert after.state == before.state
    # A caller whose clock lags is no reason to count from an older day than the case lived.
    monkeypatch.setattr(asking, "datetime", AWeekAgo)
    assert (await office.view(case)).now.astimezone(OFFICE_ZONE).date() == today


class InAWeek(datetime):
    """The clock of somebody who asks a week from now."""

    @classmethod
    def now(cls, tz: Any = None) -> "InAWeek":
        return super().now(tz) + timedelta(days=7)


class AWeekAgo(datetime):
    """A clock that lags."""

    @classmethod
    def now(cls, tz: Any = None) -> "AWeekAgo":
        return super().now(tz) - timedelta(days=7)


async def test_the_same_command_twice_has_one_effect(office: Office) -> None:
    case = (await office.open()).id
    command = new_command_id()
    what = f.Assigned(department="ghj", handler="li")
    first = await office.do(case, "intake", what, command_id=command)
    second = await office.do(case, "intake", what, command_id=command)
    assert (first.answer.repeated, second.answer.repeated) == (False, True)
    assert (first.answer.seq, second.answer.seq) == (2, 2)
    assert second.answer.summary.seq == 2
    with pytest.raises(Refusal) as no:
        await office.do(case, "intake", f.Noted(text="另一件事"), command_id=command)
    assert no.value.code is Code.COMMAND_ID_REUSED


async def test_a_command_repeated_before_its_row_is_written_is_called_so(office: Office) -> None:
    """The engine answers from memory and the register knows nothing of it yet."""
    case = (await office.open()).id
    command = new_command_id()
    what = f.Assigned(department="ghj", handler="li")
    with office.register.writing():  # nobody else writes meanwhile
        order = Order(case, office.person["intake"], what, command)
        first = await _sent(office, order)
        second = await _sent(office, order)
    assert (first.repeated, second.repeated) == (False, True)
    assert first.seq == second.seq == 2


async def _sent(office: Office, order: Order) -> ActAnswer:
    """Sent and answered; no wait for a row, no line in the log."""
    actor = Actor(person=order.user, grants=(Grant(role=Role.INTAKE, organ="qinghe"),))
    act = acts.as_act(office.desk, order, actor)
    return await update(office.desk, order.case, act, f"{act.command_id}:{act.digest}")


async def test_a_registration_sent_twice_takes_one_number(office: Office) -> None:
    command = new_command_id()
    first, second = [await office.open(command_id=command) for _ in range(2)]
    assert first.id == second.id
    assert second.repeated


async def test_of_two_users_at_once_one_wins_and_the_other_is_told(office: Office) -> None:
    case = (await office.open()).id
    await office.do(case, "intake", f.Assigned(department="ghj", handler="li"))
    seen = (await office.view(case)).state.seq
    results = await asyncio.gather(
        office.do(case, "handler", f.ItemAdded(ref="a", title="甲"), expected_seq=seen),
        office.do(case, "handler", f.ItemAdded(ref="b", title="乙"), expected_seq=seen),
        return_exceptions=True,
    )
    refused = [r for r in results if isinstance(r, Refusal)]
    assert [r.code for r in refused] == [Code.CHANGED_MEANWHILE]
    with office.register.reading() as session:
        assert queries.event_count(session, case) == 3
    # a remark never conflicts
    await office.do(case, "supervisor", f.Noted(text="已电话了解"), expected_seq=seen)


async def test_a_refusal_cites_its_article_and_leaves_nothing_but_a_line_in_the_access_log(
    office: Office,
) -> None:
    case = (await office.open()).id
    await office.do(case, "intake", f.Assigned(department="ghj", handler="li"))
    await office.do(case, "handler", f.ExtensionAsked(working_days=20, reason="材料多"))
    with pytest.raises(Refusal) as no:
        await office.do(case, "handler", f.ExtensionAsked(working_days=20, reason="材料多"))
    assert (no.value.code, no.value.article) == (Code.SECOND_EXTENSION, "art 33(2)")
    with office.register.reading() as session:
        assert queries.event_count(session, case) == 3


async def test_a_training_case_lives_through_its_limits_in_seconds(office: Office) -> None:
    """Its clock is set to five seconds before the last day of its correction is over."""
    now = datetime.now(OFFICE_ZONE)
    start = datetime(2024, 9, 2, 9, tzinfo=OFFICE_ZONE)
    case = (await office.open(arrived=date(2024, 9, 2), clock_offset=start - now)).id
    await office.do(case, "intake", f.Assigned(department="ghj", handler="li"))
    view = await office.view(case)
    assert view.state.training
    assert view.summary.due == date(2024, 9, 30)
    assert view.now - start < timedelta(minutes=5)
