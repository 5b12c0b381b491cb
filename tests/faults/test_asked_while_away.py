"""A case that is asked while its worker is away, and moves before the worker is back."""

import asyncio
from datetime import datetime, time, timedelta

from activities.register import RegisterActivities
from domain.case import facts as f
from domain.values import OFFICE_ZONE
from tests.faults.site import Site
from tests.replay.capture import replayed
from tests.replay.plain import history_of
from tests.waiting import until
from worker import STICKY, build

LEAD = timedelta(seconds=20)
"""From registration to the alarm."""
BEFORE = STICKY - timedelta(seconds=0.5)
"""The worker is killed so long before the alarm: the question gives it up first, the case's own
task that much later than the question."""


async def test_a_question_that_waited_for_a_worker_leaves_the_case_as_it_was(place: Site) -> None:
    """The question comes with what happened since. A case that went on by it, without a task and
    a time of its own, could be replayed by no other worker."""
    case, alarm = await _shortly_before_an_alarm(place)
    handle = place.office.handle(case)

    async def due() -> bool:
        quiet = not (await handle.describe()).raw_description.HasField("pending_workflow_task")
        return quiet and datetime.now(OFFICE_ZONE) >= alarm - BEFORE

    office = place.office
    next_one = build(office.client, RegisterActivities(office.register, office.settings.mail_drop))
    await until(due)
    await place.kill_worker()
    waiting = asyncio.create_task(place.office.view(case))
    await asyncio.sleep((STICKY + timedelta(seconds=0.3)).total_seconds())
    async with next_one:
        assert (await waiting).state.id == case
        await until(lambda: _alarmed(place, case))
        await place.rows(case, (await office.view(case)).state.seq)
    await place.start_worker()
    await replayed(await history_of(handle, office.client.data_converter))


async def _shortly_before_an_alarm(place: Site) -> tuple[str, datetime]:
    """A training case shortly before nine of a day on which an alarm comes; when that is in
    real time."""
    now = datetime.now(OFFICE_ZONE)
    morning = datetime.combine(now.date() + timedelta(days=1), time(9), OFFICE_ZONE)
    case = (await place.office.open(clock_offset=morning - LEAD - now)).id
    view = await place.office.view(case)
    alarm = view.summary.next_alarm
    assert alarm is not None
    days = (alarm.astimezone(OFFICE_ZONE).date() - morning.date()).days
    if days:
        await place.office.do(case, "intake", f.TrainingAdvanced(days=days))
    await place.rows(case, 1 + bool(days))
    return case, now + LEAD


async def _alarmed(place: Site, case: str) -> bool:
    timeline = (await place.office.view(case)).state.timeline
    return any(entry.kind == "alarm_raised" for entry in timeline)
