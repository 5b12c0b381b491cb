"""Real changes of the calendar reach training cases of those days, on the real engine.

All dates here were counted by hand on the calendars of the year.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from domain.case import facts as f
from domain.case.act import Event
from domain.statute import Channel, Party
from domain.values import OFFICE_ZONE
from office import calendar_change as changing
from office.legal_time import legal_now
from office.running import revision_run
from office.running.key_store import key_store
from register.reads import queries
from register.reads.calendars import ResultLine, results
from tests.office_fixture import Office
from tests.waiting import until
from tests.workflows.calendars_then import (
    LABOUR_DAY,
    SPRING_FESTIVAL,
    VICTORY_DAY,
    Change,
    offset_to,
)
from workflows.messages import RevisionProgress

TODAY = date(2026, 11, 22)


def on(month: int, day: int, hour: int = 10, *, of: int) -> datetime:
    """A moment of those days, office time."""
    return datetime(of, month, day, hour, tzinfo=OFFICE_ZONE)


async def opened(office: Office, arrived: date, then: datetime) -> str:
    """A case handed in on `arrived`, living on from `then`, assigned."""
    offset = offset_to(then)
    case = (await office.open(arrived=arrived, channel=Channel.IN_PERSON, clock_offset=offset)).id
    await office.do(case, "intake", f.Assigned(department="ghj", handler="li"))
    return case


def planned(office: Office, change: Change, folder: Path) -> changing.Plan:
    with office.register.reading() as session:
        return changing.check(change.file(folder), session, TODAY)


def previewed(office: Office, plan: changing.Plan) -> dict[str, changing.TouchedCase]:
    with office.register.reading() as session:
        return {line.case: line for line in changing.preview(session, plan, legal_now())}


async def applied(office: Office, plan: changing.Plan, **other: Any) -> RevisionProgress:
    desk = office.desk
    await changing.load(desk, plan, office.person["admin"])
    await revision_run.start(desk, plan.version, **other)
    *_, last = [progress async for progress in revision_run.follow(desk, plan.version)]
    return last


async def recorded(office: Office, case: str) -> list[Event]:
    """Its events, once the register has all the case has."""
    seq = (await office.view(case)).state.seq

    async def written() -> bool:
        return len(_events(office, case)) >= seq

    await until(written)
    return _events(office, case)


def _events(office: Office, case: str) -> list[Event]:
    with office.register.reading() as session:
        return queries.events(session, case)


def result(office: Office, plan: changing.Plan, case: str) -> ResultLine | None:
    with office.register.reading() as session:
        return next(iter(results(session, plan.version, [case])), None)


async def test_victory_day_2015_moves_a_case_of_august_by_one_day(
    office: Office, tmp_path: Path
) -> None:
    """cn-2008, 15 days from Monday 08-24. Before: 09-14. 09-03 and 09-04 drop out, Sunday 09-06
    comes in: one day more."""
    VICTORY_DAY.loaded_before(office.register)
    case = await opened(office, date(2015, 8, 24), on(8, 25, of=2015))
    far = await opened(office, date(2015, 8, 3), on(8, 4, of=2015))
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
    event = (await recorded(office, case))[-1]
    change = next(d for d in event.deadlines if d.name == "reply")
    assert (change.was, change.due) == (date(2015, 9, 14), date(2015, 9, 15))
    assert change.calendar_version == plan.version
    with office.register.reading() as session:
        rows = [d for d in queries.deadlines(session, case) if d.name == "reply"]
        notices = queries.notices(session, case_id=case)
    assert [row.superseded_by_seq for row in rows] == [event.seq, None]
    assert ("law_revised", "li") in [(n.kind, n.recipient) for n in notices]


async def test_labour_day_2019_moves_earlier_and_even_into_the_past(
    office: Office, tmp_path: Path
) -> None:
    """cn-2008, 15 days; the office loads the notice of 03-22 only on 05-02.

    From 04-10, before: 04-11, 04-12, 04-15 to 04-19, 04-22 to 04-26, 04-29, 04-30, 05-02. Now
    Sunday 04-28 counts, so the last day is 04-30: two days ago. From 04-15, before: 05-07; now
    04-28 and 05-05 come in, 05-02 and 05-03 drop out: 05-07 still, by another proof.
    """
    LABOUR_DAY.loaded_before(office.register)
    past = await opened(office, date(2019, 4, 10), on(5, 2, of=2019))
    same = await opened(office, date(2019, 4, 15), on(5, 2, of=2019))
    assert (await office.view(past)).summary.due == date(2019, 5, 2)
    assert (await office.view(same)).summary.due == date(2019, 5, 7)
    plan = planned(office, LABOUR_DAY, tmp_path)
    lines = previewed(office, plan)
    reply = next(m for m in lines[past].moves if m.limit == "reply")
    assert (reply.was, reply.due, reply.working_days) == (date(2019, 5, 2), date(2019, 4, 30), -1)
    assert "moved_into_past" in lines[past].warnings
    assert [m.moved for m in lines[same].moves if m.limit == "reply"] == [False]
    await applied(office, plan)
    view = await office.view(past)
    assert view.summary.due == date(2019, 4, 30)
    events = await recorded(office, past)
    revised = next(e for e in events if e.what.kind == "law_revised")
    assert "moved_into_past" in revised.warnings
    delivered = [
        e.what
        for e in events
        if isinstance(e.what, f.AlarmRaised)
        and e.seq > revised.seq
        and e.what.limit == "reply"
        and e.what.delivery is f.Delivery.DELIVERED
    ]
    assert [(a.step, a.due) for a in delivered] == [("overdue", date(2019, 4, 30))]  # once
    unmoved = result(office, plan, same)
    assert unmoved is not None
    assert unmoved.outcome == "unchanged"
    proof = next(d for d in (await office.view(same)).deadlines if d.name == "reply").ledger
    with office.register.reading() as session:
        kept = [d for d in queries.deadlines(session, same) if d.name == "reply"][-1]
    assert [span["from"] for span in kept.ledger] == [str(span.first) for span in proof]
    assert kept.calendar_version == plan.version


async def test_spring_festival_2020_puts_an_overdue_case_right(
    office: Office, tmp_path: Path
) -> None:
    """cn-2019, 20 days; loaded on Monday 2020-02-03, the first day back.

    From 2019-12-27, before: 12-30, 12-31, 01-02, 01-03, 01-06 to 01-10, 01-13 to 01-17, Sunday
    01-19, 01-20 to 01-23, 01-31: overdue since 02-01. Now 01-31 is off: the last day is 02-03.
    From 2020-01-02, before: 02-04; now 01-31 and 02-01 drop out: 02-06.
    """
    SPRING_FESTIVAL.loaded_before(office.register)
    late = await opened(office, date(2019, 12, 27), on(2, 3, of=2020))
    running = await opened(office, date(2020, 1, 2), on(2, 3, of=2020))
    overdue = await office.view(late)
    assert (overdue.summary.due, overdue.now.date()) == (date(2020, 1, 31), date(2020, 2, 3))
    assert (await office.view(running)).summary.due == date(2020, 2, 4)
    plan = planned(office, SPRING_FESTIVAL, tmp_path)
    lines = previewed(office, plan)
    assert "no_longer_overdue" in lines[late].warnings
    assert "no_longer_overdue" not in lines[running].warnings
    await applied(office, plan)
    assert (await office.view(late)).summary.due == date(2020, 2, 3)
    assert (await office.view(running)).summary.due == date(2020, 2, 6)
    revised = next(e for e in await recorded(office, late) if e.what.kind == "law_revised")
    assert "no_longer_overdue" in revised.warnings
    with office.register.reading() as session:
        told = {(n.kind, n.recipient) for n in queries.notices(session, case_id=late)}
    assert ("no_longer_overdue", office.person["supervisor"]) in told
    assert ("law_revised", "li") in told


async def test_a_case_that_lapsed_by_days_that_have_moved_is_taken_back(
    office: Office, tmp_path: Path
) -> None:
    """A correction notice of 2020-01-10 gave the usual 15 working days: 01-13 to 01-17, Sunday
    01-19, 01-20 to 01-23, 01-31, Saturday 02-01, 02-03 to 02-05; lapsed on 02-06. Now 01-31 and
    02-01 drop out: it may be corrected until 02-07."""
    SPRING_FESTIVAL.loaded_before(office.register)
    case = await opened(office, date(2020, 1, 2), on(1, 10, of=2020))
    await office.do(case, "handler", f.CorrectionNoticeSent(points="请写明文号（虚构）"))
    await office.do(case, "intake", f.TrainingAdvanced(days=27))

    async def lapsed() -> bool:
        return (await office.view(case)).state.clock_state == "lapsed"

    await until(lapsed)
    await recorded(office, case)
    plan = planned(office, SPRING_FESTIVAL, tmp_path)
    assert case in previewed(office, plan)
    assert (await applied(office, plan)).failed == ()
    view = await office.view(case)
    assert view.state.clock_state == "awaiting_correction"
    limit = view.state.deadline("correction")
    assert limit is not None
    assert limit.due == date(2020, 2, 7)


async def test_twice_changes_nothing_and_new_requests_have_it_at_once(
    office: Office, tmp_path: Path
) -> None:
    VICTORY_DAY.loaded_before(office.register)
    case = await opened(office, date(2015, 8, 25), on(8, 26, of=2015))
    plan = planned(office, VICTORY_DAY, tmp_path)
    await applied(office, plan)
    seq = (await office.view(case)).state.seq
    again = await applied(office, plan)
    assert (again.found, again.failed) == (0, ())
    assert (await office.view(case)).state.seq == seq
    new = await opened(office, date(2015, 8, 24), on(8, 25, of=2015))
    assert (await office.view(new)).summary.due == date(2015, 9, 15)


async def test_a_waiting_case_is_touched_through_its_pause(office: Office, tmp_path: Path) -> None:
    """cn-2008 knows no limit of a third party's answer: how long the pause lasts, nobody knows."""
    VICTORY_DAY.loaded_before(office.register)
    case = await opened(office, date(2015, 8, 24), on(8, 26, of=2015))
    asked = f.ConsultationSent(ref="a", party=Party.THIRD_PARTY, name="某公司（虚构）")
    await office.do(case, "handler", asked, on=date(2015, 8, 25))
    assert (await office.view(case)).summary.clock_state == "paused"
    await recorded(office, case)
    plan = planned(office, VICTORY_DAY, tmp_path)
    assert case in previewed(office, plan)
    await applied(office, plan)
    answer = f.ConsultationAnswered(ref="a", answer=f.Answer.CONSENTS)
    await office.do(case, "handler", answer)
    # 08-26 is taken out: 14 days from 08-27 on, with 09-06 and without 09-03 and 09-04
    assert (await office.view(case)).summary.due == date(2015, 9, 16)


async def test_a_case_that_was_not_touched_takes_it_up_before_its_next_act(
    office: Office, tmp_path: Path
) -> None:
    """Waiting for a correction until 08-31 it has no day in September; once the correction is
    there, its new period runs into the change."""
    VICTORY_DAY.loaded_before(office.register)
    case = await opened(office, date(2015, 8, 24), on(8, 26, of=2015))
    notice = f.CorrectionNoticeSent(points="请明确年份", correct_by=date(2015, 8, 31))
    await office.do(case, "handler", notice, on=date(2015, 8, 25))
    await recorded(office, case)
    plan = planned(office, VICTORY_DAY, tmp_path)
    assert case not in previewed(office, plan)
    await applied(office, plan)
    assert result(office, plan, case) is None
    seq = (await office.view(case)).state.seq
    command = uuid4().hex
    done = await office.do(
        case, "intake", f.CorrectionReceived(), command_id=command, expected_seq=seq
    )
    assert done.answer.summary.due == date(2015, 9, 17)
    kinds = [e.what.kind for e in await recorded(office, case)]
    assert kinds[-2:] == ["law_revised", "correction_received"]


def closing(office: Office, folder: Path, name: str, issued: str, off: str) -> changing.Plan:
    """Department ghj closed on these days; none: the closure is lifted."""
    file = folder / "closure.toml"
    file.write_text(
        f'''organ = "qinghe"
department = "ghj"
name = "{name}"
issued = {issued}
notice = "清河政办〔2024〕12号（虚构）"
off = [{off}]
''',
        encoding="utf-8",
    )
    with office.register.reading() as session:
        return changing.check(file, session, TODAY)


async def test_a_local_closure_reaches_its_department_and_follows_a_reassignment(
    office: Office, tmp_path: Path
) -> None:
    """Two days closed in one department: its cases get two days more, others none; who comes
    later gets them too, who leaves loses them; lifted, they are gone."""
    here = await opened(office, date(2024, 9, 2), on(9, 3, of=2024))
    there = await opened(office, date(2024, 9, 2), on(9, 3, of=2024))
    await office.do(there, "intake", f.Reassigned(department="jyj", handler="zhao", reason="职责"))
    assert (await office.view(here)).summary.due == date(2024, 9, 30)
    await recorded(office, there)
    name = f"flood-{uuid4().hex[:8]}"
    plan = closing(office, tmp_path, name, "2024-09-05", "2024-09-10, 2024-09-11")
    lines = previewed(office, plan)
    assert here in lines
    assert there not in lines
    await applied(office, plan)
    try:
        view = await office.view(here)
        # 09-30 is day 18 now; 10-01 to 10-07 are off
        assert view.summary.due == date(2024, 10, 9)
        reply = next(d for d in view.deadlines if d.name == "reply")
        closed = [span for span in reply.ledger if span.why == "closure"]
        assert [(s.first, s.last, s.counted) for s in closed] == [
            (date(2024, 9, 10), date(2024, 9, 11), 0)
        ]
        assert closed[0].article == "清河政办〔2024〕12号（虚构）"
        back = f.Reassigned(department="ghj", handler="li", reason="职责")
        await office.do(there, "intake", back)
        assert (await office.view(there)).summary.due == date(2024, 10, 9)
        away = f.Reassigned(department="jyj", handler="zhao", reason="职责")
        await office.do(there, "intake", away)
        assert (await office.view(there)).summary.due == date(2024, 9, 30)
        await recorded(office, here)
    finally:
        await applied(office, closing(office, tmp_path, name, "2024-09-06", ""))
    assert (await office.view(here)).summary.due == date(2024, 9, 30)


async def test_one_case_that_fails_holds_up_nobody_and_is_listed(
    office: Office, tmp_path: Path
) -> None:
    """The engine lost one run, another has no key any more; the others go on, run after run. The
    next act of the first goes on from the record, by the new days."""
    VICTORY_DAY.loaded_before(office.register)
    cases = [await opened(office, date(2015, 8, 24), on(8, 25, of=2015)) for _ in range(7)]
    lost, mute = cases[2], cases[5]
    await recorded(office, lost)
    await recorded(office, mute)
    key_store(office.settings).destroy([mute])
    await office.handle(lost).terminate("lost")
    plan = planned(office, VICTORY_DAY, tmp_path)
    progress = await applied(office, plan, portion=2, portions=2, pauses=(1, 1))
    assert set(progress.failed) == {lost, mute}
    for case in cases:
        if case not in (lost, mute):
            assert (await office.view(case)).summary.due == date(2015, 9, 15)
    row = result(office, plan, lost)
    assert row is not None
    assert (row.outcome, row.code, row.attempts) == ("failed", "case_unanswered", 3)
    row = result(office, plan, mute)
    assert row is not None
    assert (row.outcome, row.code) == ("failed", "words_destroyed")
    await office.handle(mute).terminate()
    await office.do(lost, "handler", f.Noted(text="续办"))
    await office.do(lost, "handler", f.Noted(text="续办之二"))
    assert (await office.view(lost)).summary.due == date(2015, 9, 15)
