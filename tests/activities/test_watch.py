"""Who is reminded that a year's notice is missing, how loudly, how often."""

from datetime import datetime

import pytest

from activities.watch import WatchActivities
from domain.calendar.file import CalendarFile, amended
from domain.calendar.model import Calendar
from domain.case.people import Role
from domain.values import OFFICE_ZONE
from law.files import load_calendar as packaged
from register.models import RoleGrant, User
from register.reads import queries
from register.writes.calendars import load_calendar
from tests.activities.conftest import Desk
from tests.register.office import BY, assigned, first

MONDAY = datetime(2026, 11, 23, 9, tzinfo=OFFICE_ZONE)
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=OFFICE_ZONE)


@pytest.fixture
def watch(desk: Desk) -> WatchActivities:
    with desk.register.writing() as session:
        session.add(User(id="xu", name="徐燕", email=None, language="zh", active=True))
        session.flush()
        session.add(RoleGrant(person="xu", role=Role.ADMIN.value, organ="jianning"))
    return WatchActivities(desk.activities, packaged("cn"))


def told(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.register.reading() as session:
        found = [n for n in queries.notices(session) if n.case_id is None]
    return sorted((n.recipient, n.kind, n.state) for n in found)


def provisional(desk: Desk) -> None:
    desk.record(first(), assigned())
    with desk.register.writing() as session:
        from register.models import Request

        session.query(Request).update({"provisional": True})


def test_administrators_are_reminded_once_a_day(desk: Desk, watch: WatchActivities) -> None:
    assert watch.watch_calendar(MONDAY) == TUESDAY
    watch.watch_calendar(MONDAY)
    assert told(desk) == [("xu", "calendar_missing", "sent")]
    watch.watch_calendar(TUESDAY)
    assert len(told(desk)) == 2
    letter = next(desk.mail_drop.glob("calendar-2027-2026-11-23-*.eml")).read_text(encoding="utf-8")
    assert "2027年的放假调休安排尚未载入" in letter
    assert "yishen calendar show" in letter


def test_once_open_cases_depend_on_it_more_people_hear_it_louder(
    desk: Desk, watch: WatchActivities
) -> None:
    provisional(desk)
    watch.watch_calendar(MONDAY)
    assert {(who, kind) for who, kind, _ in told(desk)} == {
        ("xu", "calendar_missing_pressing"),
        ("sun", "calendar_missing_pressing"),
        ("zhou", "calendar_missing_pressing"),
        ("wu", "calendar_missing_pressing"),
    }


def test_nobody_is_reminded_on_a_rest_day_or_before_nine(
    desk: Desk, watch: WatchActivities
) -> None:
    assert watch.watch_calendar(datetime(2026, 11, 22, 12, tzinfo=OFFICE_ZONE)) == MONDAY
    assert watch.watch_calendar(datetime(2026, 11, 23, 8, tzinfo=OFFICE_ZONE)) == MONDAY
    assert told(desk) == []


def test_once_the_notice_is_loaded_it_stops(desk: Desk, watch: WatchActivities) -> None:
    with desk.register.writing() as session:
        load_calendar(session, loaded(), BY)
    assert watch.watch_calendar(MONDAY) == datetime(2027, 10, 15, 9, tzinfo=OFFICE_ZONE)
    assert told(desk) == []


def loaded() -> Calendar:
    notice = {"year": 2027, "issued": "2026-11-10", "notice": "某通知", "off": ["2027-01-01"]}
    return amended(packaged("cn"), CalendarFile.model_validate(notice))


def test_where_nobody_keeps_the_calendar_it_is_visible(desk: Desk) -> None:
    WatchActivities(desk.activities, packaged("cn")).watch_calendar(MONDAY)
    assert [who for who, _, _ in told(desk)] == ["role:admin"]
