"""A revision of one case: what is recorded, what is refused, what is flagged."""

from datetime import date

import pytest

from domain.calendar.closures import Closure
from domain.calendar.file import CalendarFile, amended
from domain.calendar.model import Calendar
from domain.case import facts as f
from domain.case.answers.readings import readings_of
from domain.case.changes import replaced
from domain.case.people import Role
from domain.case.revising import outlook, revise
from domain.case.state import CaseState
from domain.clock import Receipt
from domain.errors import Code, Refusal
from domain.policy import Policy
from domain.statute import Channel
from law.files import load_calendar
from law.remedy_law import load_remedy_law
from tests.domain.case.desk import DEPARTMENT, ORGAN, Desk, fee_notice, law, noon
from tests.domain.case.remedies import COUNTY

CN = load_calendar("cn")
ARRIVED = date(2026, 3, 2)  # a Monday; 20 days end on Monday 2026-03-30
DUE = date(2026, 3, 30)


def changed(**days: list[str]) -> Calendar:
    content = {"kind": "change", "issued": "2026-03-01", "notice": "某通知", "version": "b", **days}
    return amended(CN, CalendarFile.model_validate(content))


def fact(edition: int = 1, **days: list[str]) -> f.LawRevised:
    return f.LawRevised(calendar=changed(**days), edition=edition, version="b")


def reply(state: CaseState) -> date | None:
    found = state.deadline("reply")
    return found.due if found else None


def test_old_and_new_day_are_recorded_with_the_new_version() -> None:
    desk = Desk.open(ARRIVED)
    assert desk.due() == DUE
    done = revise(desk.state, fact(off=["2026-03-20"]), "c", noon(ARRIVED))
    (event,) = done.events
    change = next(d for d in event.deadlines if d.name == "reply")
    assert (change.was, change.due) == (DUE, date(2026, 3, 31))
    assert (change.calendar_version, change.why) == ("b", "law_revised")
    assert reply(done.state) == date(2026, 3, 31)
    assert event.warnings == ()


def test_a_day_gained_before_today_moves_it_into_the_past() -> None:
    """Saturday 03-07 is worked after all: due 03-27, three days before the day it is loaded."""
    desk = Desk.open(ARRIVED, today=DUE)
    done = revise(desk.state, fact(work=["2026-03-07"]), "c", noon(DUE))
    assert reply(done.state) == date(2026, 3, 27)
    assert done.events[0].warnings == ("moved_into_past",)


def test_a_day_lost_puts_an_overdue_case_right() -> None:
    desk = Desk.open(ARRIVED, today=date(2026, 3, 31))
    done = revise(desk.state, fact(off=["2026-03-20"]), "c", noon(date(2026, 3, 31)))
    assert reply(done.state) == date(2026, 3, 31)
    assert done.events[0].warnings == ("no_longer_overdue",)


def test_the_outlook_says_what_the_revision_does() -> None:
    desk = Desk.open(ARRIVED)
    look = outlook(desk.state, fact(off=["2026-03-20"]), noon(ARRIVED))
    move = next(m for m in look.moves if m.limit == "reply")
    assert (move.was, move.due, move.working_days) == (DUE, date(2026, 3, 31), 1)
    assert look.touched
    beyond = outlook(desk.state, fact(off=["2026-04-20"]), noon(ARRIVED))
    assert (beyond.touched, beyond.moves) == (False, ())


def test_a_command_that_was_here_does_nothing_and_editions_only_rise() -> None:
    desk = Desk.open(ARRIVED)
    done = revise(desk.state, fact(2, off=["2026-03-20"]), "c", noon(ARRIVED))
    assert revise(done.state, fact(3, off=["2026-03-19"]), "c", noon(ARRIVED)).events == ()
    for late in (fact(1, off=["2026-03-19"]), fact(2, off=["2026-03-19"])):
        with pytest.raises(Refusal) as no:
            revise(done.state, late, "d", noon(ARRIVED))
        assert no.value.code is Code.NOTHING_TO_REVISE


def test_a_case_that_is_over_takes_the_days_and_moves_nothing() -> None:
    """It may be taken back: what begins then has to be counted by the newest days."""
    desk = Desk.open(ARRIVED).do(Role.INTAKE, f.Withdrawn())
    done = revise(desk.state, fact(off=["2026-03-20"]), "c", noon(ARRIVED))
    assert done.events[0].deadlines == ()
    assert done.state.law.calendar.version == "b"
    assert not outlook(desk.state, fact(off=["2026-03-20"]), noon(ARRIVED)).touched


def test_a_closure_of_another_department_counts_from_the_reassignment_on() -> None:
    closure = Closure(
        name="x",
        version="x",
        organ=ORGAN,
        department="water",
        off=(date(2026, 3, 20),),
        notice="某通知",
        issued=ARRIVED,
    )
    desk = Desk.open(ARRIVED).assign()
    layers = f.LawRevised(closures=(closure,), edition=1, version="x")
    assert not outlook(desk.state, layers, noon(ARRIVED)).touched
    desk.state = revise(desk.state, layers, "c", noon(ARRIVED)).state
    assert desk.due() == DUE
    desk.do(Role.INTAKE, f.Reassigned(department="water", handler="h", reason="职责"))
    assert desk.due() == date(2026, 3, 31)
    back = f.Reassigned(department=DEPARTMENT, handler="h", reason="职责")
    desk.do(Role.INTAKE, back)
    assert desk.due() == DUE


def test_the_state_is_the_fold_of_its_events_after_a_revision_too() -> None:
    desk = Desk.open(ARRIVED).assign()
    done = revise(desk.state, fact(off=["2026-03-20"]), "c", noon(ARRIVED))
    desk.events += done.events
    assert desk.refolded() == done.state


def test_a_lapse_that_by_the_newest_days_has_not_come_is_taken_back() -> None:
    """The notice gave the default of 15 working days: 03-23. The case lapsed on 03-24, a Tuesday;
    then 03-20 turns out to be a day off, and the last day is 03-24."""
    desk = Desk.open(ARRIVED).assign().notice().until(date(2026, 3, 24))
    assert desk.state.ending is not None
    done = revise(desk.state, fact(off=["2026-03-20"]), "c", noon(date(2026, 3, 24)))
    (event,) = done.events
    assert event.consequences is not None
    (seq,) = event.consequences.revoked
    assert desk.state.entry(seq).kind == "lapsed"
    assert done.state.ending is None
    deadline = done.state.deadline("correction")
    assert deadline is not None
    assert deadline.due == date(2026, 3, 24)


def test_a_fee_that_by_the_newest_days_can_still_be_paid_takes_its_lapse_back() -> None:
    """Told on 03-02, to be paid by 03-30; lapsed on 03-31. Then 03-20 turns out to be a day off:
    a lapse on the day after the old limit can't be counted by the new one."""
    desk = Desk.open(ARRIVED).assign().do(Role.HANDLER, fee_notice()).until(date(2026, 3, 31))
    lapse = desk.state.timeline[-1]
    assert lapse.kind == "lapsed"
    done = revise(desk.state, fact(off=["2026-03-20"]), "c", noon(date(2026, 3, 31)))
    (event,) = done.events
    assert event.consequences is not None
    assert event.consequences.revoked == (lapse.seq,)
    deadline = done.state.deadline("fee_payment")
    assert deadline is not None
    assert deadline.due == date(2026, 3, 31)


# -- an extension told on a last day that a later calendar moves earlier ---------------------------


def extended(policy: Policy | None = None) -> Desk:
    """Told on Monday 03-30, the last day as it stood."""
    remedies = load_remedy_law(COUNTY)
    desk = Desk.open(ARRIVED, case_law=replaced(law(policy=policy), remedies=remedies))
    desk.assign().until(date(2026, 3, 26)).do(
        Role.HANDLER, f.ExtensionAsked(working_days=20, reason="材料多")
    )
    desk.do(Role.DISCLOSURE_HEAD, f.ExtensionGranted())
    return desk.until(DUE).do(Role.HANDLER, f.ExtensionTold())


def test_the_fact_records_the_last_day_then_shown() -> None:
    told = extended().events[-1].what
    assert isinstance(told, f.ExtensionTold)
    assert told.last_day == DUE


@pytest.mark.parametrize(
    ("policy", "due", "warning"),
    [
        (Policy(), date(2026, 4, 27), "extension_as_told"),
        (Policy(told_extension="as_recounted"), date(2026, 3, 27), "extension_after_due"),
    ],
)
def test_the_setting_decides_whether_it_was_told_in_time(
    policy: Policy, due: date, warning: str
) -> None:
    """Saturday 03-07 is worked after all: twenty days end on Friday 03-27, forty on 04-27."""
    desk = extended(policy)
    assert desk.due() == date(2026, 4, 28)
    look = outlook(desk.state, fact(work=["2026-03-07"]), noon(DUE))
    assert warning in look.warnings  # the preview says it
    done = revise(desk.state, fact(work=["2026-03-07"]), "c", noon(DUE))
    assert reply(done.state) == due
    assert warning in done.events[0].warnings
    passed = {entry.kind for entry in done.state.happened}
    assert ("inaction_opened" in passed) is (warning == "extension_after_due")
    readings = {(r.setting, r.value): r.due for r in readings_of(done.state, DUE).days}
    assert readings["told_extension", "as_told"] == date(2026, 4, 27)
    assert readings["told_extension", "as_recounted"] == date(2026, 3, 27)


def test_a_last_day_shown_by_a_mistake_of_the_office_excuses_nothing() -> None:
    """It arrived four days earlier, as it turns out: the day shown was never that of the law."""
    desk = extended()
    receipt = Receipt(channel=Channel.MAIL_SIGNED, arrived=date(2026, 2, 26))
    registered = desk.events[0].what
    assert isinstance(registered, f.Registered)
    mended = registered.changed(receipt=receipt)
    desk.do(Role.INTAKE, f.EntryAmended(seq=1, what=mended, reason="签收日登记有误"))
    assert desk.due() == date(2026, 3, 25)
    assert "extension_after_due" in desk.state.clock_warnings
