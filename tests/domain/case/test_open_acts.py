"""What is offered is taken by the rules, and what they take is offered."""

from collections import Counter
from datetime import date

import pytest

from domain.case import facts as f
from domain.case.answers.late_acts import acts_entered_late
from domain.case.answers.open_acts import ActGroup, acts_open, effect
from domain.case.answers.trial_facts import FACTS
from domain.case.answers.trying import correctable
from domain.case.decide import foreseen
from domain.case.people import Role
from domain.case.summary import Status
from domain.case.table import TABLE, acts_open_to
from domain.errors import Code
from tests.domain.case.desk import PEOPLE, Desk, in_state, noon


def opened(desk: Desk, role: Role) -> dict[str, bool]:
    """Every act that is offered, and whether it may be done."""
    found = acts_open(desk.state, PEOPLE[role], noon(desk.day))
    return {act.kind: act.refused is None for act in found}


def test_every_act_has_a_fact_to_try() -> None:
    assert set(TABLE) == set(FACTS) - {"registered"}


@pytest.mark.parametrize("where", Status)
def test_what_the_table_lets_a_person_do_is_offered_once(where: Status) -> None:
    desk = in_state(where)
    for role, actor in PEOPLE.items():
        kinds = [act.kind for act in acts_open(desk.state, actor, noon(desk.day))]
        assert Counter(kinds) == Counter(acts_open_to(desk.state, actor)), role


@pytest.mark.parametrize("where", Status)
def test_the_trial_of_an_open_act_is_one_that_the_rules_take(where: Status) -> None:
    desk = in_state(where)
    for actor in PEOPLE.values():
        for act in acts_open(desk.state, actor, noon(desk.day)):
            if act.trial is not None:
                foreseen(desk.state, desk.act(act.role, act.trial, act.on), noon(desk.day))


def test_what_the_case_waits_for_comes_first_and_corrections_last() -> None:
    desk = in_state(Status.APPROVED)
    kinds = [act.kind for act in acts_open(desk.state, PEOPLE[Role.HANDLER], noon(desk.day))]
    assert kinds[0] == "dispatched"
    assert kinds[-2:] == ["entry_amended", "entry_annulled"]
    head = acts_open(
        in_state(Status.IN_APPROVAL).state, PEOPLE[Role.DISCLOSURE_HEAD], noon(desk.day)
    )
    assert [act.kind for act in head[:2]] == ["reply_approved", "reply_returned"]
    assert [act.group for act in head[:2]] == [ActGroup.AWAITED] * 2


def test_what_comes_from_outside_is_first_while_the_case_waits_for_it() -> None:
    for where, kind in (
        (Status.CORRECTING, "correction_received"),
        (Status.AWAITING_PAYMENT, "fee_paid"),
    ):
        desk = in_state(where)
        assert acts_open(desk.state, PEOPLE[Role.HANDLER], noon(desk.day))[0].kind == kind
    desk = in_state(Status.IN_HAND).consult()
    first = acts_open(desk.state, PEOPLE[Role.HANDLER], noon(desk.day))[0]
    assert (first.kind, first.refused) == ("consultation_answered", None)


def test_what_is_refused_whatever_is_filled_in_says_why_with_its_article() -> None:
    desk = in_state(Status.IN_HAND).do(Role.HANDLER, f.ExtensionAsked(working_days=5, reason="x"))
    acts = {a.kind: a for a in acts_open(desk.state, PEOPLE[Role.HANDLER], noon(desk.day))}
    no = acts["extension_asked"].refused
    assert no is not None
    assert (no.code, no.article) == (Code.SECOND_EXTENSION, "art 33(2)")
    nothing = acts["item_replaced"].refused
    assert nothing is not None
    assert nothing.code is Code.NOTHING_OPEN


def test_four_eyes_close_an_act_to_one_person_alone() -> None:
    desk = in_state(Status.UNDER_REVIEW).review()
    desk.do(Role.LEADER_IN_CHARGE, f.Signed())
    acts = {a.kind: a for a in acts_open(desk.state, PEOPLE[Role.LEADER_IN_CHARGE], noon(desk.day))}
    no = acts["signed"].refused
    assert no is not None
    assert no.code is Code.ALREADY_SIGNED
    assert opened(desk, Role.PRINCIPAL_LEADER)["signed"]


def test_a_correction_that_came_in_time_can_still_be_entered_after_the_lapse() -> None:
    desk = in_state(Status.LAPSED)
    acts = {a.kind: a for a in acts_open(desk.state, PEOPLE[Role.INTAKE], noon(desk.day))}
    assert (acts["correction_received"].refused, acts["correction_received"].on) == (
        None,
        date(2024, 9, 10),
    )


def test_a_late_case_still_offers_all_that_is_legal() -> None:
    on_time, late = in_state(Status.IN_HAND), in_state(Status.IN_HAND).until(date(2024, 12, 2))
    before, after = opened(on_time, Role.HANDLER), opened(late, Role.HANDLER)
    assert before.keys() == after.keys()
    assert before == after
    acts = {a.kind: a for a in acts_open(late.state, PEOPLE[Role.HANDLER], noon(late.day))}
    assert acts["correction_notice_sent"].on == late.due()  # sent in time, only entered now


def test_the_effect_of_an_act_is_told_before_a_word_is_written() -> None:
    desk = in_state(Status.IN_HAND)
    actor, now = PEOPLE[Role.HANDLER], noon(desk.day)
    acts = {a.kind: a for a in acts_open(desk.state, actor, now)}
    told = effect(desk.state, acts["correction_notice_sent"], actor, now)
    assert told is not None
    moves = {move.limit: (move.was, move.due) for move in told.moves}
    assert moves["reply"] == (date(2024, 9, 30), None)
    assert moves["correction"][0] is None
    desk.notice()
    assert moves["correction"][1] == desk.due("correction")
    assert effect(desk.state, acts["consultation_sent"], actor, now) is None  # whom does it ask?


def test_what_was_open_before_can_still_be_entered_with_its_day() -> None:
    desk = in_state(Status.DISPATCHED)
    found = acts_entered_late(desk.state, PEOPLE[Role.HANDLER], noon(desk.day))
    late = {one.kind: one for one in found}
    begun, over = desk.state.entry(1).effective_on, late["item_added"].last
    assert begun <= late["item_added"].first <= over <= desk.day
    assert {"consultation_sent", "item_added", "extension_asked"} <= set(late)
    assert not {"fee_paid", "correction_received"} & set(late)  # it never waited for either
    assert not set(late) & set(opened(desk, Role.HANDLER))
    head = {
        one.kind
        for one in acts_entered_late(desk.state, PEOPLE[Role.DISCLOSURE_HEAD], noon(desk.day))
    }
    assert "consultation_sent" not in head
    fresh = in_state(Status.REGISTERED)
    assert acts_entered_late(fresh.state, PEOPLE[Role.SUPERVISOR], noon(fresh.day)) == ()


def test_a_person_corrects_what_that_person_may_record() -> None:
    desk = in_state(Status.IN_APPROVAL)
    now = noon(desk.day)
    draft, registered = desk.seq("reply_drafted"), 1
    assert draft in correctable(desk.state, PEOPLE[Role.HANDLER], now)
    assert registered not in correctable(desk.state, PEOPLE[Role.HANDLER], now)
    assert registered in correctable(desk.state, PEOPLE[Role.INTAKE], now)
    assert {draft, registered} <= set(correctable(desk.state, PEOPLE[Role.DISCLOSURE_HEAD], now))
    assert registered not in correctable(
        desk.state, PEOPLE[Role.DISCLOSURE_HEAD], now, "entry_annulled"
    )
    assert correctable(desk.state, PEOPLE[Role.AUDITOR], now) == ()
