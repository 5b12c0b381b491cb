"""Real changes of the calendar reach training cases of those days, on the real engine.

All dates here were counted by hand on the calendars of the year.
"""

from datetime import date, datetime
from pathlib import Path

from domain.calendars import Calendar
from domain.case import facts as f
from domain.statute import Channel
from register import queries
from register.calendars import ResultLine, results
from starter import calendar as changing
from tests.office_fixture import Office
from tests.workflows.calendars_then import (
    LABOUR_DAY,
    SPRING_FESTIVAL,
    VICTORY_DAY,
    Change,
    offset_to,
)
from workflows.messages import RevisionProgress

TODAY = date(2026, 11, 22)


async def opened(office: Office, arrived: date, then: datetime) -> str:
    """A case handed in on `arrived`, living on from `then`, assigned."""
    offset = offset_to(then)
    case = (await office.open(arrived=arrived, channel=Channel.IN_PERSON, clock_offset=offset)).id
    await office.do(case, "intake", f.Assigned(department="ghj", handler="li"))
    return case


def planned(office: Office, change: Change, folder: Path) -> changing.Plan:
    with office.register.reading() as session:
        return changing.check(change.file(folder), session, TODAY)


def previewed(office: Office, plan: changing.Plan) -> dict[str, changing.Line]:
    with office.register.reading() as session:
        return {line.case: line for line in changing.preview(session, plan, changing.now_here())}


async def applied(office: Office, plan: changing.Plan) -> RevisionProgress:
    desk = office.desk
    await changing.load(desk, plan, office.person["admin"])
    await changing.start(desk, plan.version)
    *_, last = [progress async for progress in changing.follow(desk, plan.version)]
    return last


def result(office: Office, plan: changing.Plan, case: str) -> ResultLine | None:
    with office.register.reading() as session:
        return next(iter(results(session, plan.version, [case])), None)


async def test_victory_day_2015_moves_a_case_of_august_by_one_day(
    office: Office, tmp_path: Path
) -> None:
    VICTORY_DAY.loaded_before(office.register)
    case = await opened(office, date(2015, 8, 24), datetime(2015, 8, 25, 10))
    far = await opened(office, date(2015, 8, 3), datetime(2015, 8, 4, 10))
    assert (await office.view(case)).summary.due == date(2015, 9, 14)
    plan = planned(office, VICTORY_DAY, tmp_path)
    lines = previewed(office, plan)
    move = next(m for m in lines[case].moves if m.limit == "reply")
    assert (move.was, move.due, move.working_days) == (date(2015, 9, 14), date(2015, 9, 15), 1)
    assert far not in lines  # due 2015-08-24, before anything changes
    progress = await applied(office, plan)
    assert progress.failed == ()
    view = await office.view(case)
    assert view.summary.due == date(2015, 9, 15)
    assert view.state.law.calendar.version == plan.version
    done = result(office, plan, case)
    assert done is not None
    assert done.outcome == "moved"
    assert result(office, plan, far) is None
    assert (await office.view(far)).state.law.calendar.version != plan.version
