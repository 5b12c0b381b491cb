"""A past is told by two people, and never reaches into the office's own days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case import facts as f
from domain.case.act import Act
from domain.case.evolve import evolve
from domain.case.opening import blank, open_case
from domain.case.people import Actor, Grant, MoveIn, Role, told
from domain.case.record import Decided
from domain.case.status import status
from domain.case.summary import Status
from domain.clock import Receipt
from domain.errors import Code, Refusal
from domain.statute import Channel
from tests.domain.case.desk import DEPARTMENT, ORGAN, PEOPLE, hashed, law, noon

ARRIVED = date(2024, 9, 2)
FIRST_DAY = date(2024, 9, 20)
TODAY = date(2024, 9, 24)
DAY = 86_400
INTAKE, HEAD = PEOPLE[Role.INTAKE], PEOPLE[Role.DISCLOSURE_HEAD]
LEFT = "张建国（已退休，虚构）"

PAST: tuple[tuple[str, f.OfficeFact], ...] = (
    ("老王", f.Assigned(department=DEPARTMENT, handler=LEFT)),
    (LEFT, f.ItemAdded(ref="a", title="规划图", sha256=hashed("a"))),
    ("审查员", f.ItemReviewed(ref="a", decision=f.Decision.RELEASE)),
    ("副县长", f.Signed()),
    ("县长", f.Signed()),
    (LEFT, f.ReplyDrafted(reply_kind="granted", reasons="予以公开")),
    ("科长", f.ReplyApproved()),
    (LEFT, f.Dispatched(channel=f.DispatchChannel.POST)),
)


def acts(days: list[date]) -> list[Act]:
    return [
        Act(command_id=f"h{n}", actor=told(who), what=what, effective_on=on)
        for n, ((who, what), on) in enumerate(zip(PAST, days, strict=False))
    ]


def move_in(intake: Actor = INTAKE, head: Actor = HEAD) -> MoveIn:
    return MoveIn(intake=intake, head=head, first_day=FIRST_DAY)


def opened(history: list[Act], by: MoveIn | None, arrived: date = ARRIVED) -> Decided:
    return open_case(
        blank("2024-0001", ORGAN, law()),
        Receipt(channel=Channel.MAIL_SIGNED, arrived=arrived),
        told("老王"),
        "c0",
        noon(TODAY),
        history,
        by,
    )


def refusal(history: list[Act], by: MoveIn | None, arrived: date = ARRIVED) -> Code:
    with pytest.raises(Refusal) as no:
        opened(history, by, arrived)
    return no.value.code


def test_people_who_left_are_told_and_both_movers_stand_on_every_event() -> None:
    done = opened(acts([ARRIVED + timedelta(n) for n in range(len(PAST))]), move_in())
    assert status(done.state) is Status.DISPATCHED
    assert {e.moved_in_by for e in done.events} == {(INTAKE.person, HEAD.person)}
    assert {e.moved_in_by for e in done.state.timeline} == {(INTAKE.person, HEAD.person)}
    assert [s.person for s in done.state.signatures] == ["副县长", "县长"]
    assert [s.role for s in done.state.signatures] == [
        Role.LEADER_IN_CHARGE,
        Role.PRINCIPAL_LEADER,
    ]
    state = blank("2024-0001", ORGAN, law())
    for event in done.events:
        state = evolve(state, event)
    assert state == done.state


@given(st.lists(st.integers(0, 22), min_size=len(PAST), max_size=len(PAST)).map(sorted))
def test_no_act_of_the_past_reaches_the_first_day(offsets: list[int]) -> None:
    days = [ARRIVED + timedelta(n) for n in offsets]
    if days[-1] < FIRST_DAY:
        assert opened(acts(days), move_in()).state.dispatch is not None
    else:
        assert refusal(acts(days), move_in()) is Code.HISTORY_AFTER_FIRST_DAY


def test_what_arrived_here_is_registered_here() -> None:
    assert refusal([], move_in(), arrived=FIRST_DAY) is Code.HISTORY_AFTER_FIRST_DAY


def test_two_people_of_the_organ_answer_for_a_past() -> None:
    def of(person: str, role: Role, organ: str = ORGAN) -> Actor:
        return Actor(person=person, grants=(Grant(role=role, organ=organ),))

    both = Actor(person="one", grants=(*INTAKE.grants, *HEAD.grants))
    history = acts([ARRIVED])
    assert refusal(history, None) is Code.MOVE_IN_BY_TWO
    assert refusal(history, move_in(both, both)) is Code.MOVE_IN_BY_TWO
    assert opened(history, move_in(both, HEAD)).events
    for role in Role:
        if role not in (Role.INTAKE, Role.SYSTEM):
            assert refusal(history, move_in(intake=of("x", role))) is Code.NOT_YOUR_ROLE
        if role not in (Role.DISCLOSURE_HEAD, Role.SYSTEM):
            assert refusal(history, move_in(head=of("x", role))) is Code.MOVE_IN_BY_TWO
    elsewhere = of("x", Role.DISCLOSURE_HEAD, "another")
    assert refusal(history, move_in(head=elsewhere)) is Code.MOVE_IN_BY_TWO


def test_four_eyes_hold_in_the_past_too() -> None:
    history = acts([ARRIVED + timedelta(n) for n in range(4)])
    same = history[3].model_copy(update={"actor": told("审查员")})
    assert refusal([*history[:3], same], move_in()) is Code.FOUR_EYES


def test_no_past_moves_the_time_of_a_training_case() -> None:
    """Whoever reads its days would read other ones than those that were told."""
    training = blank("2024-0001", ORGAN, law(), clock_offset=-DAY)
    forward = acts([ARRIVED])[0].model_copy(update={"what": f.TrainingAdvanced(days=3)})
    with pytest.raises(Refusal) as no:
        open_case(
            training,
            Receipt(channel=Channel.MAIL_SIGNED, arrived=ARRIVED),
            told("老王"),
            "c0",
            noon(TODAY),
            [forward],
            move_in(),
        )
    assert no.value.code is Code.NOT_IN_THIS_STATE
