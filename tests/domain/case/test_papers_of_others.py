"""Papers of courts and organs that come late, or against the book: they are on record, and the case
is what it would be had they come in order.

Rest days used: 2024-03-16, 17, 23, 24, 30, 31 weekends; 2024-04-04 to 06 off, 04-07 worked;
2024-05-01 to 05 off, 05-11 worked.
"""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from domain.case import facts as f
from domain.case.changes import replaced
from domain.case.evolve import RECORDED
from domain.case.people import Role
from domain.case.state import CaseState, Validity
from domain.case.status import status
from domain.case.summary import Status
from domain.case.tasks import tasks
from domain.errors import Code, InputError, Refusal
from domain.remedies import terms as t
from domain.remedies.progress import Progress, progress
from tests.domain.case.desk import Desk
from tests.domain.case.remedies import decided, judged, opened, reconsidered, sent_by_hand, sued

Step = Callable[[Desk], Desk]

SERVED = date(2024, 3, 1)
"""Fifteen days to 03-16, a Saturday: 03-18; in effect on 03-19."""
EFFECT = date(2024, 3, 19)


def replied(arrived: date = date(2023, 6, 1), sent: date = date(2023, 6, 20)) -> Desk:
    """A reply that may be sued over directly."""
    desk = opened(arrived).until(sent)
    return sent_by_hand(desk.draft("does_not_exist", search_record="档案室，王某").approve())


def annulled(**more: Any) -> Desk:
    """A suit that ended with an order to reply anew, served on SERVED."""
    desk = sued(replied().until(date(2023, 9, 1))).until(SERVED)
    return judged(desk, "annulled", orders_reply=True, **more)


def appeal(on: date, by: t.Side = t.Side.APPLICANT) -> Step:
    return lambda desk: desk.do(Role.LEGAL, f.AppealFiled(ref="s1", by=by), on)


def reached(on: date) -> Step:
    return lambda desk: desk.do(Role.LEGAL, f.JudgmentServedOnOther(ref="s1"), on)


def second(on: date, **more: Any) -> Step:
    fact = {"ref": "s2", "court": "某市中级人民法院（虚构）", "instance": "second", "after": "s1"}
    received = f.LawsuitReceived.model_validate(fact | more)
    return lambda desk: desk.do(Role.LEGAL, received, on)


def turned_away(on: date) -> Step:
    fact = {"ref": "s2", "form": "ruling", "outcome": "appeal_rejected"}
    ended = f.JudgmentReceived.model_validate(fact)
    return lambda desk: desk.do(Role.LEGAL, ended, on)


def counting(desk: Desk) -> list[str]:
    """What passed by itself and counts, alarms aside."""
    return [
        entry.kind
        for entry in desk.state.happened
        if entry.role is Role.SYSTEM and entry.kind != "alarm_raised"
    ]


def happened(state: CaseState) -> dict[str, Any]:
    """The case but for the order in which the office learned of it."""
    found = {name: getattr(state, name) for name in CaseState.model_fields if name not in RECORDED}
    limits = sorted((d.name, d.ref or "", d.base, d.due) for d in state.deadlines)
    return found | {"limits": limits, "clock": state.clock_state, "receipt": state.receipt_day}


def in_any_order(steps: Sequence[Step], entered: date) -> Desk:
    """All steps taken on `entered`, in every order that the office may have learned of them; the
    case is the same in each."""
    desks = []
    for order in permutations(steps):
        desk = annulled().until(entered)
        for step in order:
            step(desk)
        assert desk.refolded() == desk.state
        desks.append(desk)
    first = happened(desks[0].state)
    for other in desks[1:]:
        assert happened(other.state) == first
    return desks[0]


# -- appeals --------------------------------------------------------------------------------------


def test_an_appeal_in_time_that_is_learned_of_late_undoes_effect_and_reopening() -> None:
    desk = annulled().until(date(2024, 4, 1))
    assert counting(desk)[-3:] == ["remedy_lapsed", "judgment_effective", "case_reopened"]
    assert status(desk.state) is Status.IN_HAND
    appeal(date(2024, 3, 12))(desk)
    assert status(desk.state) is Status.CLOSED
    assert desk.state.rounds == ()
    assert counting(desk)[-1:] == ["remedy_lapsed"]  # ours alone
    assert desk.events[-1].warnings == ()

    at_once = (
        annulled()
        .until(date(2024, 3, 12))
        .do(Role.LEGAL, f.AppealFiled(ref="s1", by=t.Side.APPLICANT))
    )
    assert happened(at_once.until(date(2024, 4, 1)).state) == happened(desk.state)


def test_an_appeal_after_its_period_is_on_record_and_the_judgment_stands() -> None:
    desk = annulled().until(date(2024, 4, 1))
    before = counting(desk)
    appeal(date(2024, 3, 25))(desk)
    assert desk.events[-1].warnings == (t.RemedyWarning.APPEAL_LATE,)
    suit = desk.state.proceedings[0]
    assert (suit.effective, suit.appealed_by) == (EFFECT, ())
    assert suit.appealed_late == (t.Side.APPLICANT,)
    assert counting(desk) == before
    assert status(desk.state) is Status.IN_HAND


def test_the_judgment_may_have_reached_the_applicant_before_us() -> None:
    """It reached the applicant on 02-20, who appealed on 02-28, before we had it on 03-01."""
    steps = [reached(date(2024, 2, 20)), appeal(date(2024, 2, 28))]
    desk = in_any_order(steps, date(2024, 4, 1))
    suit = desk.state.proceedings[0]
    assert (suit.served_other, suit.appealed_by) == (date(2024, 2, 20), (t.Side.APPLICANT,))
    assert suit.effective is None
    assert suit.warnings == ()


def test_an_appeal_before_its_judgment_is_on_record_says_so_until_that_comes() -> None:
    desk = sued(replied().until(date(2023, 9, 1))).until(date(2024, 3, 5))
    appeal(date(2024, 3, 4))(desk)
    assert desk.events[-1].warnings == (t.RemedyWarning.JUDGMENT_MISSING,)
    judged(desk, "dismissed").until(date(2024, 4, 1))
    suit = desk.state.proceedings[0]
    assert (suit.warnings, suit.effective) == ((), None)
    assert suit.appealed_by == (t.Side.APPLICANT,)


def test_what_cannot_be_appealed_is_appealed_on_record_and_without_effect() -> None:
    """A ruling that ends a suit as withdrawn."""
    desk = sued(replied().until(date(2023, 9, 1))).until(SERVED)
    judged(desk, "withdrawn", form="ruling").until(date(2024, 3, 5))
    appeal(date(2024, 3, 4))(desk)
    assert desk.events[-1].warnings == (t.RemedyWarning.NOT_APPEALABLE,)
    second(date(2024, 3, 5))(desk)
    assert desk.events[-1].warnings == (t.RemedyWarning.NOT_APPEALABLE,)
    assert desk.state.proceedings[0].effective == SERVED
    assert desk.due("litigation_defence", "s2") is not None


# -- the second instance --------------------------------------------------------------------------


@pytest.mark.parametrize("filed", [date(2024, 3, 12), date(2024, 3, 25), None])
def test_a_second_instance_means_that_the_appeal_was_good(filed: date | None) -> None:
    """We learn of the appeal by its copy only, on 04-15; what had passed by then did not."""
    desk = annulled().until(date(2024, 4, 15))
    assert status(desk.state) is Status.IN_HAND
    second(date(2024, 4, 15), filed=filed)(desk)
    suit = desk.state.proceedings[0]
    assert (suit.effective, suit.appealed_by) == (None, (t.Side.APPLICANT,))
    assert [lapse.side for lapse in suit.lapses] == [t.Side.AGENCY]
    assert (desk.state.rounds, status(desk.state)) == ((), Status.CLOSED)
    assert "case_reopened" not in counting(desk)


def test_learned_by_the_appeal_or_by_the_second_instance_it_is_the_same_case() -> None:
    """Filed in time, entered in any order or not at all."""
    day = date(2024, 4, 15)
    both = in_any_order([appeal(date(2024, 3, 12)), second(day)], day)
    copy_alone = second(day, filed=date(2024, 3, 12))(annulled().until(day))
    of_both = happened(both.state)["proceedings"][0]
    assert of_both.filed_by == (t.Side.APPLICANT,)
    assert replaced(of_both, filed_by=()) == copy_alone.state.proceedings[0]
    assert happened(both.state)["rounds"] == copy_alone.state.rounds


def test_a_court_that_takes_up_a_late_appeal_undoes_the_effect() -> None:
    desk = in_any_order([appeal(date(2024, 3, 25)), second(date(2024, 4, 15))], date(2024, 4, 15))
    suit = desk.state.proceedings[0]
    assert (suit.appealed_by, suit.appealed_late) == ((t.Side.APPLICANT,), ())
    assert (suit.effective, status(desk.state)) == (None, Status.CLOSED)
    assert t.RemedyWarning.APPEAL_LATE not in suit.warnings


def test_a_court_that_turns_the_appeal_away_lets_the_judgment_stand_from_its_day() -> None:
    steps = [appeal(date(2024, 3, 25)), second(date(2024, 4, 15))]
    desk = annulled().until(date(2024, 4, 15))
    for step in steps:
        step(desk)
    desk.until(date(2024, 5, 20))
    turned_away(date(2024, 5, 20))(desk)
    first, higher = desk.state.proceedings
    assert (first.effective, first.overturned) == (EFFECT, False)
    assert not higher.open
    assert status(desk.state) is Status.IN_HAND
    # twenty working days after 03-19: 20 to 22 (3), 25-29 (8), 04-01 to 03 (11), Sunday 04-07 (12),
    # 08-12 (17), 15-17 (20)
    assert desk.due() == date(2024, 4, 17)
    found = [e.kind for e in desk.state.timeline if e.validity is Validity.REVOKED]
    assert "judgment_effective" in found
    assert counting(desk).count("case_reopened") == 1


def test_an_appeal_in_time_that_is_turned_away_lets_it_stand_from_then() -> None:
    desk = annulled().until(date(2024, 3, 12))
    appeal(date(2024, 3, 12))(desk).until(date(2024, 4, 15))
    second(date(2024, 4, 15))(desk).until(date(2024, 5, 20))
    turned_away(date(2024, 5, 20))(desk)
    assert desk.state.proceedings[0].effective == date(2024, 5, 20)


def test_an_appeal_is_entered_once_also_after_the_copy_that_told_of_it() -> None:
    desk = annulled().until(date(2024, 4, 15))
    second(date(2024, 4, 15), by="agency")(desk)
    filed = f.AppealFiled(ref="s1", by=t.Side.AGENCY)
    assert desk.do(Role.LEGAL, filed).state.proceedings[0].appealed_by == (t.Side.AGENCY,)
    with pytest.raises(Refusal, match="already_appealed"):
        desk.do(Role.LEGAL, filed)


def test_whose_appeal_it_is_can_be_said() -> None:
    desk = annulled().until(date(2024, 4, 15))
    second(date(2024, 4, 15), by="agency")(desk)
    suit = desk.state.proceedings[0]
    assert suit.appealed_by == (t.Side.AGENCY,)
    assert [lapse.side for lapse in suit.lapses] == [t.Side.APPLICANT]


def test_only_whoever_did_not_appeal_owes_a_defence() -> None:
    """Copy of the appeal 2024-04-15: fifteen days from it, to 04-30 (interpretation 2018 art 108).
    Nothing from us where we appealed; both did: each answers the other. Whose appeal it was may be
    learned after its copy, and in any order."""
    day, ours = date(2024, 4, 15), appeal(date(2024, 3, 12), t.Side.AGENCY)
    theirs = appeal(date(2024, 3, 13))
    for steps, due, stands in (
        ([second(day)], date(2024, 4, 30), Progress.AWAITING_ANSWER),
        ([second(day, by="applicant")], date(2024, 4, 30), Progress.AWAITING_ANSWER),
        ([second(day, by="agency")], None, Progress.UNDER_WAY),
        ([ours, second(day)], None, Progress.UNDER_WAY),
        ([ours, theirs, second(day)], date(2024, 4, 30), Progress.AWAITING_ANSWER),
    ):
        desk = in_any_order(steps, day)
        assert desk.due("litigation_defence", "s2") == due
        assert progress(desk.state.proceedings[1]) is stands
        assert ("answer_submitted" in [task.kind for task in tasks(desk.state)]) is bool(due)


@pytest.mark.parametrize(
    ("outcome", "reminded"),
    [("annulled", ["reminder_5", "reminder_3", "reminder_1", "last_day"]), ("dismissed", [])],
)
def test_of_our_period_to_appeal_we_are_reminded_only_where_we_lost(
    outcome: str, reminded: list[str]
) -> None:
    """It runs all the same: served 2024-03-01, to Monday 03-18."""
    desk = sued(replied().until(date(2023, 9, 1))).until(SERVED)
    assert judged(desk, outcome).due("appeal", "s1") == date(2024, 3, 18)
    desk.until(date(2024, 3, 19))
    alarms = (e.what for e in desk.events if isinstance(e.what, f.AlarmRaised))
    assert [a.step for a in alarms if a.limit == "appeal"] == reminded
    assert t.Side.AGENCY in [lapse.side for lapse in desk.state.proceedings[0].lapses]


# -- service on the other side --------------------------------------------------------------------


def test_a_later_service_on_the_applicant_undoes_effect_and_moves_the_period() -> None:
    """It reached the applicant on 03-25 only: fifteen days to 04-09."""
    desk = annulled().until(date(2024, 4, 2))
    assert status(desk.state) is Status.IN_HAND
    reached(date(2024, 3, 25))(desk)
    assert status(desk.state) is Status.CLOSED
    assert desk.due("appeal_other", "s1") == date(2024, 4, 9)
    desk.until(date(2024, 4, 10))
    assert desk.state.proceedings[0].effective == date(2024, 4, 10)
    assert status(desk.state) is Status.IN_HAND

    at_once = annulled().until(date(2024, 3, 25))
    assert at_once.state.rounds
    known = annulled(served_other=None).until(date(2024, 3, 18))
    reached(date(2024, 3, 4))(known)
    assert known.due("appeal_other", "s1") == date(2024, 3, 19)


def test_service_appeal_and_second_instance_in_any_order() -> None:
    """Served 03-25, appealed 04-08 (in time for that), taken up 05-06."""
    day = date(2024, 5, 6)
    steps = [reached(date(2024, 3, 25)), appeal(date(2024, 4, 8)), second(day)]
    desk = in_any_order(steps, day)
    suit = desk.state.proceedings[0]
    assert (suit.served_other, suit.appealed_by) == (date(2024, 3, 25), (t.Side.APPLICANT,))
    assert (suit.warnings, suit.effective) == ((), None)


def test_a_late_appeal_turns_out_to_be_in_time() -> None:
    desk = annulled().until(date(2024, 4, 8))
    appeal(date(2024, 4, 8))(desk)
    assert desk.state.proceedings[0].warnings == (t.RemedyWarning.APPEAL_LATE,)
    reached(date(2024, 3, 25))(desk)
    suit = desk.state.proceedings[0]
    assert (suit.warnings, suit.appealed_by) == ((), (t.Side.APPLICANT,))


# -- applications and suits -----------------------------------------------------------------------


def test_an_application_filed_in_time_is_no_lapse_when_its_copy_comes_after() -> None:
    """Sent 2024-03-05: 60 days to 05-06. Filed 05-06, its copy comes on 05-14."""
    desk = replied(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 5, 14))
    assert counting(desk) == ["remedy_lapsed"]
    reconsidered(desk, filed=date(2024, 5, 6))
    assert counting(desk) == []
    assert desk.state.path_lapses == ()
    assert desk.events[-1].warnings == ()


def test_an_application_after_its_period_is_on_record_with_a_warning() -> None:
    desk = replied(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 5, 14))
    reconsidered(desk, filed=date(2024, 5, 8))
    assert desk.events[-1].warnings == (t.RemedyWarning.REMEDY_LATE,)
    assert counting(desk) == ["remedy_lapsed"]
    assert desk.due("reconsideration_answer", "r1") is not None


def test_a_suit_after_a_decision_is_in_time_by_the_day_it_was_filed() -> None:
    """Decided 06-20: fifteen days to 07-05. Filed 07-04, the copy comes on 07-15."""
    desk = replied(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 4, 25))
    decided(reconsidered(desk).until(date(2024, 6, 20)), "upheld").until(date(2024, 7, 15))
    assert counting(desk) == ["remedy_lapsed"]
    late = Desk(desk.state, desk.day, desk.start, list(desk.events), desk.numbers)
    sued(desk, after="r1", filed=date(2024, 7, 4))
    assert (counting(desk), desk.events[-1].warnings) == ([], ())
    sued(late, after="r1")
    assert late.events[-1].warnings == (t.RemedyWarning.REMEDY_LATE,)


def test_an_extension_beyond_the_law_counts_as_the_organ_says_with_a_warning() -> None:
    """Accepted 2024-04-22, 60 days to 06-21; 40 more to 07-31."""
    desk = replied(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 4, 25))
    reconsidered(desk, accepted=date(2024, 4, 22))
    desk.do(Role.LEGAL, f.ReconsiderationExtended(ref="r1", calendar_days=25))
    desk.do(Role.LEGAL, f.ReconsiderationExtended(ref="r1", calendar_days=15))
    warned = [event.warnings for event in desk.events[-2:]]
    assert warned == [(), (t.RemedyWarning.EXTENDED_BEYOND,)]
    assert desk.due("reconsideration_decision", "r1") == date(2024, 7, 31)


def test_the_simplified_procedure_knows_no_extension() -> None:
    """Accepted 2024-04-22, 30 days to 05-22; 10 more to Saturday 06-01, Monday 06-03. Turned
    ordinary first, ten more are in order: 60 days and 10 to 07-01."""
    desk = replied(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 4, 25))
    reconsidered(desk, accepted=date(2024, 4, 22), simplified=True)
    extended = f.ReconsiderationExtended(ref="r1", calendar_days=10)
    desk.do(Role.LEGAL, extended)
    assert list(desk.events[-1].warnings) == ["simplified_extended"]
    assert desk.due("reconsideration_decision", "r1") == date(2024, 6, 3)

    reconsidered(desk, "r2", accepted=date(2024, 4, 22), simplified=True)
    ordinary = f.ReconsiderationProcedureChanged(ref="r2", simplified=False)
    desk.do(Role.LEGAL, ordinary).do(Role.LEGAL, extended.changed(ref="r2"))
    assert not desk.events[-1].warnings
    assert desk.due("reconsideration_decision", "r2") == date(2024, 7, 1)


def test_a_decision_that_comes_late_orders_as_it_would_have_in_time() -> None:
    """Served 2024-06-20 with fifteen days to reply anew, entered after a complaint of 07-01."""
    desk = replied(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 4, 25))
    reconsidered(desk).until(date(2024, 7, 1))
    desk.do(Role.LEGAL, f.ComplaintReceived(ref="c1", organ="某市人民政府办公室（虚构）"))
    fact = f.ReconsiderationDecided.model_validate(
        {"ref": "r1", "outcome": "annulled", "within": 15}
    )
    desk.do(Role.LEGAL, fact, date(2024, 6, 20))
    assert desk.due() == date(2024, 7, 5)


# -- the reconsideration that takes its time ------------------------------------------------------


EXTENDED = f.ReconsiderationExtended(ref="r1", calendar_days=30)


def accepted() -> Desk:
    """Accepted 2024-04-22: sixty days to Friday 06-21."""
    desk = replied(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 4, 25))
    return reconsidered(desk, accepted=date(2024, 4, 22))


@pytest.mark.parametrize(
    ("fact", "on", "due"),
    [
        (EXTENDED, date(2024, 6, 20), date(2024, 7, 22)),
        (f.ProceedingSuspended(ref="r1", reason="等待另案"), date(2024, 6, 21), None),
    ],
)
def test_an_extension_or_suspension_learned_of_late_means_no_silence_and_no_suit(
    fact: f.OfficeFact, on: date, due: date | None
) -> None:
    """By 07-10 the organ was taken to be silent since 06-21, and the period to sue (07-08) to have
    lapsed. Thirty days more end on Sunday 07-21: 07-22."""
    desk = accepted().until(date(2024, 7, 10))
    assert counting(desk)[-2:] == ["reconsideration_silent", "remedy_lapsed"]
    desk.do(Role.LEGAL, fact, on)
    assert "reconsideration_silent" not in counting(desk)
    assert desk.due("reconsideration_decision", "r1") == due
    assert desk.due("remedy_lawsuit", "r1") is None
    assert desk.state.path_lapses == ()
    assert desk.events[-1].warnings == ()

    in_order = accepted().until(on).do(Role.LEGAL, fact).until(date(2024, 7, 10))
    assert happened(in_order.state) == happened(desk.state)


def test_an_extension_after_the_period_is_on_record_and_the_silence_stays() -> None:
    desk = accepted().until(date(2024, 6, 25))
    desk.do(Role.LEGAL, EXTENDED)
    assert desk.events[-1].warnings == (t.RemedyWarning.DECISION_OVERDUE,)
    assert desk.due("remedy_lawsuit", "r1") == date(2024, 7, 8)


def test_a_decision_made_in_time_and_served_after_it_is_no_silence() -> None:
    """Made 06-20, served on us 06-26."""
    desk = accepted().until(date(2024, 6, 26))
    assert counting(desk)[-1] == "reconsideration_silent"
    decided(desk, "upheld", decided=date(2024, 6, 20))
    assert "reconsideration_silent" not in counting(desk)
    assert desk.state.proceedings[0].silent_since is None
    assert desk.due("remedy_lawsuit", "r1") == date(2024, 7, 11)


@pytest.mark.parametrize("known", [date(2024, 6, 27), date(2024, 7, 15)])
def test_the_day_the_decision_reached_the_applicant_moves_the_suit(known: date) -> None:
    """Served on us on 06-20 (to 07-05), on the applicant on the 26th (to 07-11); we hear of that
    before or after the path was taken to have lapsed."""
    served = f.ReconsiderationServedOnApplicant(ref="r1")
    desk = decided(accepted().until(date(2024, 6, 20)), "upheld").until(known)
    desk.do(Role.LEGAL, served, date(2024, 6, 26))
    assert desk.state.proceedings[0].served_other == date(2024, 6, 26)
    lapses = [lapse.on for lapse in desk.until(date(2024, 7, 20)).state.path_lapses]
    assert lapses == [date(2024, 7, 12)]

    other = decided(accepted().until(date(2024, 6, 20)), "upheld").until(date(2024, 7, 20))
    other.do(Role.LEGAL, served, date(2024, 6, 26))
    assert happened(other.state) == happened(desk.state)


def test_a_decision_may_reach_the_applicant_before_us() -> None:
    """On 06-14 (to Saturday 06-29, moved to 07-01); on us on the 20th. Known in either order."""
    served, day = f.ReconsiderationServedOnApplicant(ref="r1"), date(2024, 6, 20)
    one = decided(accepted().until(day), "upheld").do(Role.LEGAL, served, date(2024, 6, 14))
    other = accepted().until(day).do(Role.LEGAL, served, date(2024, 6, 14))
    decided(other, "upheld")
    assert one.due("remedy_lawsuit", "r1") == date(2024, 7, 1)
    assert happened(one.state) == happened(other.state)


# -- what makes no sense --------------------------------------------------------------------------


def test_only_what_makes_no_sense_is_refused() -> None:
    desk = annulled().until(date(2024, 4, 1))
    refusals: list[tuple[Step, Code]] = [
        (lambda d: d.do(Role.LEGAL, f.AppealFiled(ref="s9", by=t.Side.AGENCY)), Code.UNKNOWN_REF),
        (second(date(2024, 4, 1), ref="s1"), Code.REF_TAKEN),
        (second(date(2024, 4, 1), after=None), Code.LOWER_INSTANCE_MISSING),
        (appeal(date(2024, 4, 2)), Code.IN_THE_FUTURE),
        (appeal(date(2023, 8, 1)), Code.BEFORE_WHAT_IT_FOLLOWS),
        (reached(date(2023, 5, 1)), Code.BEFORE_ARRIVAL),
        (lambda d: judged(d, "dismissed"), Code.PROCEEDING_ENDED),
    ]
    before = desk.state
    for step, code in refusals:
        with pytest.raises((Refusal, InputError)) as no:
            step(desk)
        assert no.value.code is code
    assert desk.state == before
