"""A closure of the organ touches the limits that the organ itself has to keep, and no other."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import texts
from domain.calendar.closures import Closure
from domain.case import facts as f
from domain.case.count import count
from domain.case.people import Role
from domain.case.revising import revise
from domain.case.state import CaseState
from domain.periods.running import Running
from domain.remedies.paths import SILENCE
from domain.remedies.terms import NoticeOfRemedy
from domain.statute import Channel, Party
from tests.domain.case.desk import DEPARTMENT, ORGAN, Desk, fee_notice, noon
from tests.domain.case.remedies import (
    contested,
    decided,
    judged,
    opened,
    reconsidered,
    refused,
    sued,
)

ARRIVED = date(2024, 3, 4)
SENT = date(2024, 3, 20)
OWN = {"receipt_confirmation", "correction_notice", "reply", "committed", "complaint_answer"}
"""Limits of the office: those of the request itself, and its own promises."""


def _reconsideration(**more: Any) -> Desk:
    desk = refused(ARRIVED, SENT).until(date(2024, 5, 6))
    return reconsidered(desk, accepted=date(2024, 5, 6), **more)


def _complaint() -> Desk:
    desk = refused(ARRIVED, SENT).until(date(2024, 5, 6))
    return desk.do(Role.LEGAL, f.ComplaintReceived(ref="k1", organ="某市政府（虚构）"))


def _judged() -> Desk:
    desk = sued(decided(_reconsideration().until(date(2024, 6, 20)), "upheld"), after="r1")
    return judged(desk.until(date(2024, 9, 20)), "dismissed", served_other=date(2024, 9, 18))


def _ordered(**within: Any) -> Desk:
    desk = decided(_reconsideration().until(date(2024, 6, 20)), "annulled", **within)
    return desk.until(date(2024, 6, 21))


CASES: dict[str, Callable[[], Desk]] = {
    "unconfirmed": lambda: Desk.open(ARRIVED, Channel.WEB_FORM, case_law=contested()),
    "running": lambda: opened(ARRIVED),
    "correcting": lambda: opened(ARRIVED).notice(),
    "third party": lambda: opened(ARRIVED).consult(),
    "co-producer": lambda: opened(ARRIVED).consult("c1", Party.COPRODUCER),
    "fee": lambda: opened(ARRIVED).do(Role.HANDLER, fee_notice()),
    "replied": lambda: refused(ARRIVED, SENT),
    "not told": lambda: refused(ARRIVED, SENT, NoticeOfRemedy.MISSING),
    "silent": lambda: opened(ARRIVED).until(date(2024, 4, 10)),
    "reconsideration": _reconsideration,
    "simplified": lambda: _reconsideration(simplified=True),
    "decided": lambda: decided(_reconsideration().until(date(2024, 6, 20)), "upheld"),
    "undecided": lambda: _reconsideration().until(date(2024, 7, 12)),
    "sued": lambda: sued(
        decided(_reconsideration().until(date(2024, 6, 20)), "upheld"), after="r1"
    ),
    "judged": _judged,
    "complaint": _complaint,
    "ordered, full period": lambda: _ordered(orders_reply=True),
    "ordered, 15 days": lambda: _ordered(orders_reply=True, within=15),
    "ordered, 10 working days": lambda: _ordered(
        orders_reply=True, within=10, within_unit="working_day"
    ),
}


@cache
def case(name: str) -> Desk:
    return CASES[name]()


def closed(*days: date, work: tuple[date, ...] = ()) -> Closure:
    return Closure(
        name="move",
        version="move-1",
        organ=ORGAN,
        department=DEPARTMENT,
        off=days,
        work=work,
        notice="搬迁公告（虚构）",
        issued=date(2024, 3, 1),
    )


def running(state: CaseState, day: date) -> dict[tuple[str, str | None], Running]:
    as_of = max([day, *(event.at for event in state.clock)])
    return {(run.name, run.ref): run for run in count(state, as_of).running}


def with_closure(state: CaseState, closure: Closure) -> CaseState:
    law = state.law.model_copy(update={"closures": (closure,)})
    return state.model_copy(update={"law": law, "department": DEPARTMENT})


@settings(deadline=None)
@given(
    name=st.sampled_from(sorted(CASES)),
    first=st.dates(date(2024, 3, 1), date(2025, 4, 30)),
    days=st.integers(1, 12),
    worked=st.booleans(),
)
def test_a_closure_never_changes_a_limit_that_is_not_the_organs_own(
    name: str, first: date, days: int, worked: bool
) -> None:
    desk = case(name)
    off = tuple(first + timedelta(days=n) for n in range(days))
    work = (first + timedelta(days=days),) if worked else ()
    after = with_closure(desk.state, closed(*off, work=work))
    then = running(after, desk.day)
    for key, run in running(desk.state, desk.day).items():
        assert run.own == (run.name in OWN and "ordered, 1" not in name), key
        if run.ref == SILENCE and then["reply", None].due > run.base:
            assert key not in then  # the reply period, the organ's own, is not over yet
        elif not run.own:
            assert then[key] == run


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_closed_last_day_moves_the_organs_own_limit_and_says_so(name: str) -> None:
    desk = case(name)
    for key, run in running(desk.state, desk.day).items():
        then = running(with_closure(desk.state, closed(run.due)), desk.day)[key]
        assert (then.due > run.due) is run.own, key
        assert ("搬迁公告（虚构）" in str(then.ledger)) is run.own, key


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_revision_by_a_closure_leaves_days_and_proofs_of_others_alone(name: str) -> None:
    """Not even a row is written for a limit that the closure does not touch, and rows of the
    organ's own limits name the layer, those of others the public days."""
    desk = case(name)
    days = tuple(desk.day + timedelta(days=n) for n in range(1, 200))
    state = desk.state.model_copy(update={"department": DEPARTMENT})
    fact = f.LawRevised(closures=(closed(*days),), edition=1, version="move-1")
    done = revise(state, fact, "c", noon(desk.day))
    national = state.law.calendar.version
    for change in done.events[0].deadlines:
        assert change.own
        assert change.calendar_version == f"{national}+move-1"
    for limit in case(name).events[-1].deadlines:
        assert limit.calendar_version == national


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_limit_knows_what_happened_on_its_day_0_and_it_has_words(lang: str) -> None:
    causes = {
        run.cause for name in CASES for run in running(case(name).state, case(name).day).values()
    }
    for cause in causes:
        assert texts.has(lang, f"evidence.cause.{cause}"), cause
    assert {"delivered", "decision_period_ended", "case_reopened", "reply_period_ended"} <= causes


@pytest.mark.parametrize(
    ("name", "limit", "cause"),
    [
        ("replied", "remedy_reconsideration", "delivered"),
        ("silent", "remedy_reconsideration", "reply_period_ended"),
        ("reconsideration", "reconsideration_answer", "reconsideration_received"),
        ("reconsideration", "reconsideration_decision", "reconsideration_accepted"),
        ("undecided", "remedy_lawsuit", "decision_period_ended"),
        ("sued", "litigation_defence", "lawsuit_received"),
        ("judged", "appeal", "judgment_received"),
        ("judged", "appeal_other", "judgment_served_applicant"),
        ("complaint", "complaint_answer", "complaint_received"),
        ("ordered, full period", "reply", "case_reopened"),
    ],
)
def test_the_cause_is_carried_from_where_the_limit_begins(
    name: str, limit: str, cause: str
) -> None:
    desk = case(name)
    assert next(d for d in desk.state.deadlines if d.name == limit).cause == cause


def test_a_path_and_an_answer_that_begin_on_one_day_keep_their_own_causes() -> None:
    """The reply is delivered on the day on which a copy of an application against the silence
    before it arrives: day by day they could not be told apart."""
    desk = opened(ARRIVED).until(date(2024, 4, 10))
    desk.add().review().sign().draft().approve()
    desk.do(Role.HANDLER, f.Dispatched(channel=f.DispatchChannel.HANDED_OVER))
    desk.do(Role.HANDLER, f.Delivered())
    reconsidered(desk, against="inaction")
    causes = {(d.name, d.base): d.cause for d in desk.state.deadlines}
    assert causes["remedy_lawsuit", desk.day] == "delivered"
    assert causes["reconsideration_answer", desk.day] == "reconsideration_received"
