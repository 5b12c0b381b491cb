"""A dry run says what then happens."""

from datetime import date, timedelta
from random import Random

import pytest

from domain.case import facts as f
from domain.case.agenda import pass_over, settle
from domain.case.answers.prospect import LimitMove, prospect
from domain.case.decide import decide
from domain.case.people import Role
from domain.case.second_person import Reason
from domain.errors import Refusal, YishenError
from domain.statute import Party
from speech.prospect import consequences
from speech.words import speak
from tests.domain.case.desk import Desk, noon
from tests.walk.pure import PureWalk
from tests.walk.steps import choose, later
from tests.walk.year import FIRST_DAYS


def test_what_a_dry_run_says_is_what_happens() -> None:
    told = waits = 0
    for seed in range(12):
        rng = Random(f"dry {seed}")
        walk = PureWalk.begin(rng, FIRST_DAYS[seed % len(FIRST_DAYS)])
        for number in range(25):
            walk.until(later(rng, walk.state, walk.now))
            act = choose(rng, walk.state, walk.now, walk.state.seq).act(f"act-{number}")
            try:
                said = prospect(walk.state, act, walk.now)
            except YishenError:
                said = None
            state = settle(walk.state, walk.now).state
            try:
                done = decide(state, act, walk.now)
            except YishenError as no:
                unasked = said is not None and no.code != "evidence_needed"
                if unasked:
                    raise
                continue
            assert said is not None
            if done.events[0].what.kind == "entry_proposed":
                assert done.events[0].warnings == (said.needs,)
                waits += 1
            else:
                after = pass_over(done.state, walk.now)
                assert said.events == (*done.events, *after.events)
                assert said.after == after.state
                told += 1
            walk.state = done.state
    assert told > 100
    assert waits


def test_it_names_the_limits_that_move_and_why_it_would_wait() -> None:
    desk = Desk.open(date(2024, 9, 2)).assign().until(date(2024, 10, 14))
    asked = f.ConsultationSent(ref="t1", party=Party.THIRD_PARTY, name="某公司（虚构）")
    act = desk.act(Role.HANDLER, asked, date(2024, 9, 9))
    said = prospect(desk.state, act, noon(desk.day))
    assert said.needs is Reason.REACHES_BACK
    reply = next(move for move in said.moves if move.limit == "reply")
    assert reply == LimitMove("reply", None, date(2024, 9, 30), reply.due)
    assert reply.due is not None
    assert reply.due > date(2024, 9, 30) + timedelta(days=20)
    assert desk.state.seq == prospect(desk.state, act, noon(desk.day)).before.seq


def test_a_reply_that_turns_out_in_time_is_said_wherever_it_is_tried() -> None:
    desk = Desk.open(date(2024, 9, 2)).until(date(2024, 9, 30))
    desk.ready().until(date(2024, 10, 8)).dispatch()
    right = desk.amended("dispatched", on=date(2024, 9, 30))
    said = prospect(desk.state, desk.act(Role.HANDLER, right), noon(desk.day))
    speak("zh")
    assert "答复期限：逾期答复 → 已按期答复" in list(consequences(said))


def test_a_dry_run_refuses_what_the_act_would_be_refused_for() -> None:
    desk = Desk.open(date(2024, 9, 2)).assign()
    ahead = desk.act(Role.HANDLER, f.ItemAdded(ref="a", title="甲"), date(2024, 9, 3))
    stale = desk.act(Role.HANDLER, f.ItemAdded(ref="a", title="甲"), expected_seq=1)
    for act in (ahead, stale):
        with pytest.raises(Refusal) as done:
            decide(desk.state, act, noon(desk.day))
        with pytest.raises(Refusal) as tried:
            prospect(desk.state, act, noon(desk.day))
        assert tried.value.code is done.value.code
