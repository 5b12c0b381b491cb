"""Old suits move in with the history of their case: the past is applied first, then timers are
armed; what was due in between is on record as passed."""

from datetime import date

from domain.case import facts as f
from domain.case.act import Act
from domain.case.opening import blank, open_case
from domain.case.people import MoveIn, Role
from domain.case.state import CaseState
from domain.case.status import status
from domain.case.summary import Status
from domain.clock import Receipt
from domain.remedies import terms as t
from domain.statute import Channel
from tests.domain.case.desk import DEPARTMENT, HANDLER, ORGAN, PEOPLE, noon
from tests.domain.case.remedies import contested

COURT = "某县人民法院（虚构）"

Told = tuple[date, Role, f.OfficeFact]

PAST: tuple[Told, ...] = (
    (date(2022, 3, 1), Role.INTAKE, f.Assigned(department=DEPARTMENT, handler=HANDLER)),
    (
        date(2022, 3, 10),
        Role.HANDLER,
        f.ReplyDrafted(reply_kind="does_not_exist", reasons="未检索到", search_record="档案室"),
    ),
    (date(2022, 3, 11), Role.DISCLOSURE_HEAD, f.ReplyApproved()),
    (
        date(2022, 3, 11),
        Role.HANDLER,
        f.Dispatched(channel=f.DispatchChannel.HANDED_OVER),
    ),
    (date(2022, 3, 11), Role.HANDLER, f.Delivered()),
    (date(2022, 4, 1), Role.LEGAL, f.LawsuitReceived(ref="s1", court=COURT)),
    (date(2022, 4, 12), Role.LEGAL, f.AnswerSubmitted(ref="s1")),
    (
        date(2022, 9, 1),
        Role.LEGAL,
        f.JudgmentReceived(
            ref="s1", form=t.DecisionForm.JUDGMENT, outcome=t.JudgmentOutcome.ANNULLED, within=30
        ),
    ),
)


def moved_in(today: date, *later: Told) -> tuple[list[str], CaseState]:
    state = blank("2024-0001", ORGAN, contested())
    history = [
        Act(command_id=f"h{n}", actor=PEOPLE[role], what=what, effective_on=on)
        for n, (on, role, what) in enumerate((*PAST, *later))
    ]
    receipt = Receipt(channel=Channel.MAIL_SIGNED, arrived=date(2022, 3, 1))
    move_in = MoveIn(intake=PEOPLE[Role.INTAKE], head=PEOPLE[Role.DISCLOSURE_HEAD], first_day=today)
    done = open_case(state, receipt, PEOPLE[Role.INTAKE], "c0", noon(today), history, move_in)
    return [e.what.kind for e in done.events], done.state


def test_a_suit_still_within_its_appeal_goes_on_from_there() -> None:
    """Judgment served Thursday 2022-09-01: fifteen days to 09-16."""
    kinds, state = moved_in(date(2022, 9, 14))
    deadlines = {d.name: d.due for d in state.deadlines}
    assert deadlines["appeal"] == deadlines["appeal_other"] == date(2022, 9, 16)
    assert kinds[-1] in ("judgment_received", "alarm_raised")
    assert kinds.count("lawsuit_received") == 1


def test_an_order_that_took_effect_before_the_move_has_its_clock() -> None:
    """In effect on 2022-09-17, thirty days to Monday 10-17."""
    kinds, state = moved_in(date(2022, 9, 20))
    assert [k for k in kinds if k != "alarm_raised"][-4:] == [
        "remedy_lapsed",
        "remedy_lapsed",
        "judgment_effective",
        "case_reopened",
    ]
    assert status(state) is Status.IN_HAND
    deadlines = {d.name: d.due for d in state.deadlines}
    assert deadlines["reply"] == date(2022, 10, 17)


def test_an_appeal_that_only_the_second_instance_tells_of_moves_in_too() -> None:
    """By 2022-10-20 the judgment was taken to be in effect since 09-17; then came the copy."""
    copy = f.LawsuitReceived(
        ref="s2", court=COURT, instance=t.Instance.SECOND, after="s1", filed=date(2022, 9, 14)
    )
    kinds, state = moved_in(date(2022, 11, 1), (date(2022, 10, 20), Role.LEGAL, copy))
    assert "judgment_effective" in kinds
    first = state.proceedings[0]
    assert (first.effective, first.appealed_by) == (None, (t.Side.APPLICANT,))
    assert (state.rounds, status(state)) == ((), Status.CLOSED)
