"""What if, where newer days were loaded since the case took its own."""

from datetime import date

from domain.case import facts as f
from domain.case.answers.whatif import what_if
from domain.case.people import Role
from domain.case.revising import revise
from domain.clock import ClockEvent
from domain.clock import ClockEventKind as Kind
from office.cases.whatif import on_newest_days
from tests.domain.case.desk import Desk, noon
from tests.domain.case.test_revising import ARRIVED, DUE, fact

EXTENSION = ClockEvent(Kind.EXTENSION_GRANTED, DUE, working_days=20)


def test_it_counts_by_the_days_the_case_is_given_before_its_next_act() -> None:
    """A day of the extended period is taken off after the case was registered."""
    desk = Desk.open(ARRIVED, today=DUE).assign()
    lacks = fact(off=["2026-04-15"])
    supposed = what_if(on_newest_days(desk.state, lacks, noon(DUE)), [EXTENSION], DUE)
    old = what_if(desk.state, [EXTENSION], DUE)
    assert supposed.then.due == date(2026, 4, 29)
    assert old.then.due == date(2026, 4, 28)
    desk.state = revise(desk.state, lacks, "newest", noon(DUE)).state
    desk.do(Role.HANDLER, f.ExtensionAsked(working_days=20, reason="数量较多"))
    desk.do(Role.DISCLOSURE_HEAD, f.ExtensionGranted())
    desk.do(Role.HANDLER, f.ExtensionTold())
    assert desk.due() == supposed.then.due


def test_a_case_that_has_them_stays_as_it_is() -> None:
    desk = Desk.open(ARRIVED, today=DUE)
    lacks = fact(off=["2026-04-15"])
    newest = revise(desk.state, lacks, "newest", noon(DUE)).state
    assert on_newest_days(newest, lacks, noon(DUE)) is newest
    assert on_newest_days(desk.state, None, noon(DUE)) is desk.state
