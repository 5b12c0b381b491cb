"""A finger can check the count: every day of the period with its number, or why it has none."""

from collections import Counter
from datetime import date, timedelta

from domain.case import facts as f
from domain.case.answers.day_strip import DayKind, DayStrip, strip_of
from domain.case.people import Role
from domain.case.summary import Status
from tests.domain.case.desk import Desk, in_state


def strip(desk: Desk, today: date | None = None) -> DayStrip:
    found = strip_of(desk.state, today or desk.day)
    assert found is not None
    return found


def test_every_day_from_receipt_to_the_last_is_there_once_and_numbered() -> None:
    """2 September 2024: mid-autumn 15 to 17 September is off, 14 September is worked."""
    found = strip(in_state(Status.IN_HAND))
    days = {day.day: day for day in found.days}
    assert [d.day for d in found.days] == [
        date(2024, 9, 2) + timedelta(days=n) for n in range(len(found.days))
    ]
    assert (found.days[0].kind, found.days[0].number) == (DayKind.ZERO, None)
    assert [d.number for d in found.days if d.number] == list(range(1, 21))
    assert days[date(2024, 9, 14)].kind is DayKind.WORKED_WEEKEND
    assert days[date(2024, 9, 16)].kind is DayKind.HOLIDAY
    assert days[date(2024, 9, 7)].kind is DayKind.WEEKEND
    last = found.days[-1]
    assert (last.day, last.last, last.number) == (found.due, True, 20)
    assert Counter(day.last for day in found.days)[True] == 1


def test_days_out_for_a_consultation_say_why_and_the_count_goes_on_after_them() -> None:
    desk = in_state(Status.IN_HAND).until(date(2024, 9, 4)).consult()
    desk.until(date(2024, 9, 10))
    standing = strip(desk)
    assert standing.stands_still
    answered = f.ConsultationAnswered(ref="t1", answer=f.Answer.CONSENTS)
    found = strip(desk.do(Role.HANDLER, answered))
    assert not found.stands_still
    out = [day for day in found.days if day.kind is DayKind.EXCLUDED]
    assert {day.why for day in out} == {"third_party"}
    assert (out[0].day, out[-1].day) == (date(2024, 9, 5), date(2024, 9, 10))
    assert standing.due == found.due == desk.due()


def test_weeks_long_past_are_taken_together() -> None:
    desk = in_state(Status.IN_HAND)
    asked = f.ExtensionAsked(working_days=20, reason="数量较多")
    desk.do(Role.HANDLER, asked).do(Role.DISCLOSURE_HEAD, f.ExtensionGranted())
    desk.do(Role.HANDLER, f.ExtensionTold())
    today = date(2024, 10, 25)
    weeks = strip(desk, today).weeks(today)
    assert all(week.days[0].day.weekday() == 0 for week in weeks)
    assert [week.short for week in weeks][:2] == [True, False]
    assert weeks[0].numbers == (1, 4)
    assert sum(len(week.days) for week in weeks) == len(strip(desk, today).days)


def test_there_is_none_while_no_period_runs() -> None:
    for where in (Status.AWAITING_CONFIRMATION, Status.CORRECTING, Status.LAPSED, Status.WITHDRAWN):
        desk = in_state(where)
        assert strip_of(desk.state, desk.day) is None


def test_a_reply_that_left_keeps_its_count_and_its_day() -> None:
    desk = in_state(Status.APPROVED).until(date(2024, 9, 6)).dispatch().until(date(2024, 12, 2))
    found = strip(desk)
    assert (found.sent, found.due) == (date(2024, 9, 6), date(2024, 9, 30))
