"""Reminders by the safe day on the real engine, in a time just before one is due."""

from datetime import date, datetime

import pytest

from domain.case import facts as f
from domain.values import OFFICE_ZONE
from law import files as lawfiles
from tests.office_fixture import Office
from tests.waiting import until

SATURDAY, SAFE, DUE = date(2026, 3, 7), date(2026, 4, 3), date(2026, 4, 7)


async def test_a_reminder_comes_before_the_safe_day_and_none_of_the_reply(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signed for on a Saturday: by the office's reading received on Monday."""
    policy = lawfiles.load_policy().changed(
        work_towards="safe_day", rest_day_post_receipt="next_working_day"
    )
    monkeypatch.setattr(lawfiles, "load_policy", lambda: policy)
    eve = datetime(2026, 4, 2, 8, 59, 55, tzinfo=OFFICE_ZONE)
    offset = eve - datetime.now(OFFICE_ZONE)
    case = (await office.open(arrived=SATURDAY, clock_offset=offset)).id
    state = (await office.view(case)).state
    limits = {d.name: d.due for d in state.deadlines}
    assert (limits["reply"], limits["safe_day"]) == (DUE, SAFE)
    assert limits["committed"] == date(2026, 3, 27)  # fifteen working days from the Saturday

    async def reminded() -> bool:
        alarms = [
            (entry.what.limit, entry.what.step, entry.what.delivery)
            for entry in (await office.view(case)).state.timeline
            if isinstance(entry.what, f.AlarmRaised)
        ]
        assert "reply" not in {limit for limit, _, _ in alarms}
        return ("safe_day", "reminder_1", f.Delivery.DELIVERED) in alarms

    await until(reminded)
