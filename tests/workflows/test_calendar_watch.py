"""The watch over the calendar on the real engine: one run, a look on every working day."""

from datetime import datetime, timedelta
from uuid import uuid4

from domain.calendar.watch import missing
from domain.values import OFFICE_ZONE
from law.files import load_calendar
from register.reads import queries
from register.reads.calendars import newest_calendar
from starter.engine.virtual_time import fast_forward, skipper
from starter.watch import start_watch
from tests.office_fixture import Office


async def test_it_runs_once_and_looks_on_working_days(office: Office) -> None:
    client = skipper(office.client).client
    name = f"watch-{uuid4().hex}"
    await start_watch(client, watch=name)
    await start_watch(client, watch=name)
    handle = office.client.get_workflow_handle(name)
    await fast_forward(office.client, handle, timedelta(days=8))
    history = await handle.fetch_history()
    looks = [
        e.event_time.ToDatetime()
        for e in history.events
        if e.HasField("activity_task_scheduled_event_attributes")
    ]
    with office.register.reading() as session:
        calendar = newest_calendar(session) or load_calendar("cn")
        told = [n for n in queries.notices(session) if n.case_id is None]
    if missing(calendar, datetime.now(OFFICE_ZONE).date()) is None:
        assert len(looks) == 1
        return
    assert len(looks) >= 4  # a week has at least three working days
    days = {n.id.removeprefix("calendar-")[:15] for n in told}
    assert len(days) >= 3
    assert {n.recipient for n in told} >= {office.person["admin"]}
    await handle.terminate("seen")
