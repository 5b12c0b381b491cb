"""No act without a fitting role for this very case, whatever else its person holds elsewhere."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.case import facts as f
from domain.case.decide import decide
from domain.case.people import Actor, Grant, Role
from domain.case.summary import Status
from domain.case.table import TABLE
from domain.errors import Code, Refusal, YishenError
from tests.domain.case.desk import DEPARTMENT, HANDLER, ORGAN, Desk, hashed, in_state, noon
from tests.domain.case.test_table import SAMPLES

ELSEWHERE = "another"
PLACES = ((ORGAN, None), (ORGAN, DEPARTMENT), (ORGAN, "education"), (ELSEWHERE, None))
OFFICE_ROLES = [role for role in Role if role is not Role.SYSTEM]

grants = st.lists(
    st.builds(
        lambda role, place: Grant(role=role, organ=place[0], department=place[1]),
        st.sampled_from(OFFICE_ROLES),
        st.sampled_from(PLACES),
    ),
    max_size=5,
).map(tuple)
offices = st.tuples(grants, grants, grants).map(
    lambda all_held: [
        Actor(person=person, grants=held)
        for person, held in zip((HANDLER, "second", "third"), all_held, strict=True)
    ]
)


def holds(actor: Actor, role: Role, department: str | None) -> bool:
    """Said once more, apart from the rule: the role in this organ, for all of it or for the
    case's department; before it has one, for any."""
    return any(
        g.role is role
        and g.organ == ORGAN
        and (g.department is None or department is None or g.department == department)
        for g in actor.grants
    )


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(list(Status)), offices)
def test_no_act_is_taken_without_a_role_held_for_this_case(
    where: Status, office: list[Actor]
) -> None:
    desk = in_state(where)
    state = desk.state
    for actor in office:
        for kind, what in SAMPLES.items():
            act = desk.act(Role.INTAKE, what).model_copy(update={"actor": actor})
            try:
                event = decide(state, act, noon(desk.day)).events[0]
            except YishenError:
                continue
            assert event.role in TABLE[kind].roles
            assert holds(actor, event.role, state.department)
            if event.role is Role.HANDLER and kind != "noted":
                assert actor.person == state.handler


ACTS: tuple[f.OfficeFact, ...] = (
    f.ItemReplaced(ref="a", sha256=hashed("other")),
    f.ItemReviewed(ref="a", decision=f.Decision.RELEASE),
    f.Signed(),
    f.ReplyDrafted(reply_kind="granted", reasons="予以公开"),
    f.ReplyApproved(),
    f.Returned(reason="补充页码"),
)
steps = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from((*ACTS, f.Signed(), f.Signed()))), max_size=25
)


@settings(max_examples=300, deadline=None)
@given(offices, steps)
def test_what_is_approved_was_seen_by_four_eyes_and_two_leaders_of_this_case(
    office: list[Actor], walk: list[tuple[int, f.OfficeFact]]
) -> None:
    desk = Desk.open(date(2024, 9, 2)).assign().add()
    for who, what in walk:
        act = desk.act(Role.INTAKE, what).model_copy(update={"actor": office[who]})
        try:
            desk.take(act)
        except YishenError:
            continue
        check_eyes(desk, {actor.person: actor for actor in office})


def check_eyes(desk: Desk, office: dict[str, Actor]) -> None:
    state = desk.state
    roles = [s.role for s in state.signatures]
    assert roles == [Role.LEADER_IN_CHARGE, Role.PRINCIPAL_LEADER][: len(roles)]
    people = [s.person for s in state.signatures]
    assert len(people) == len(set(people))
    for signature in state.signatures:
        assert holds(office[signature.person], signature.role, state.department)
    for item in state.items:
        assert not set(item.drafters) & set(item.reviewers)
        assert not set(people) & {*item.drafters, *item.reviewers}


def test_a_principal_leader_of_another_organ_is_no_second_leader_here() -> None:
    desk = Desk.open(date(2024, 9, 2)).assign().add().review()
    desk.do(Role.LEADER_IN_CHARGE, f.Signed())
    guest = Actor(
        person="guest",
        grants=(
            Grant(role=Role.LEADER_IN_CHARGE, organ=ORGAN),
            Grant(role=Role.PRINCIPAL_LEADER, organ=ELSEWHERE),
        ),
    )
    act = desk.act(Role.PRINCIPAL_LEADER, f.Signed()).model_copy(update={"actor": guest})
    with pytest.raises(Refusal) as no:
        decide(desk.state, act, noon(desk.day))
    assert no.value.code is Code.ALREADY_SIGNED
