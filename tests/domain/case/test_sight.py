"""Who reads what: the table against the golden grid, and what no grid can say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case.people import Actor, Grant, Role
from domain.case.reach import below, viewer
from domain.case.reading import (
    CaseFacts,
    CasePart,
    Viewer,
    may_read,
    organs_open_to,
    organs_read,
    sight,
)
from domain.errors import Code, Refusal
from domain.remedies.organ import OrganProfile
from tests.domain.case.sights import (
    BUREAU,
    COUNTY,
    EDUCATION,
    ELSEWHERE,
    HANDLER,
    KINDS,
    ORGANS,
    PLANNING,
    golden,
    of_role,
)

ROLES = [role for role in Role if role is not Role.SYSTEM]

facts = st.builds(
    CaseFacts,
    organ=st.sampled_from(list(ORGANS)),
    department=st.sampled_from([None, PLANNING, EDUCATION]),
    handler=st.sampled_from([None, HANDLER, "other"]),
    awaits=st.frozensets(st.sampled_from(ROLES)),
    had_items=st.booleans(),
    was_signed=st.booleans(),
    proceedings=st.booleans(),
    replied=st.booleans(),
    faulty=st.booleans(),
)
grants = st.lists(
    st.builds(
        Grant,
        role=st.sampled_from(ROLES),
        organ=st.sampled_from(list(ORGANS)),
        department=st.sampled_from([None, PLANNING, EDUCATION]),
    ),
    max_size=4,
).map(tuple)


def holder(*held: Grant, person: str = HANDLER) -> Viewer:
    return viewer(Actor(person=person, grants=held), ORGANS)


def test_each_role_sees_of_each_kind_of_case_what_the_grid_says() -> None:
    grid = golden()
    assert {kind for kind, _ in grid} == set(KINDS)
    assert {role for _, role in grid} == set(ROLES)
    seen = {(kind, role): sight(of_role(role), KINDS[kind]) for kind, role in grid}
    assert seen == grid


@given(grants, facts)
def test_several_roles_see_what_each_of_them_sees_and_no_more(
    held: tuple[Grant, ...], of: CaseFacts
) -> None:
    alone = [sight(holder(grant), of) for grant in held]
    assert sight(holder(*held), of) == frozenset().union(*alone)


@given(grants, facts)
def test_whoever_reads_anything_inside_sees_the_line_of_it(
    held: tuple[Grant, ...], of: CaseFacts
) -> None:
    seen = sight(holder(*held), of)
    inside = {CasePart.PAGE, CasePart.APPLICANT, CasePart.FILES, CasePart.EXPORT}
    assert not seen & inside or {CasePart.LINE, CasePart.PAGE, CasePart.FAULT} <= seen


@given(facts)
def test_nobody_without_a_role_sees_anything(of: CaseFacts) -> None:
    assert sight(holder(), of) == frozenset()


def test_a_supervisor_reaches_through_organs_below_and_an_auditor_everywhere() -> None:
    station = {"station": OrganProfile(name="某水务站（虚构）", superior="某县水务局（虚构）")}
    organs = ORGANS | station
    assert below(COUNTY, organs) == {BUREAU, "station"}
    assert below(ELSEWHERE, organs) == frozenset()
    supervisor = Actor(person="s", grants=(Grant(role=Role.SUPERVISOR, organ=COUNTY),))
    assert organs_open_to(viewer(supervisor, organs), CasePart.LINE) == {COUNTY, BUREAU, "station"}
    auditor = Actor(person="a", grants=(Grant(role=Role.AUDITOR, organ=COUNTY),))
    assert organs_open_to(viewer(auditor, organs), CasePart.ACCESS) == set(organs)
    of_one = Grant(role=Role.SUPERVISOR, organ=COUNTY, department=PLANNING)
    assert viewer(Actor(person="d", grants=(of_one,)), organs).grants == (of_one,)


@given(grants, st.lists(facts, max_size=5))
def test_whoever_reads_an_organ_reads_every_case_there(
    held: tuple[Grant, ...], cases: list[CaseFacts]
) -> None:
    who = holder(*held)
    for part in CasePart:
        organs = organs_read(who, part)
        for of in cases:
            assert not organs.get(of.organ) or part in sight(who, of)
            assert of.organ in organs or part not in sight(who, of)


def test_an_organ_is_read_whole_by_its_supervisor_and_case_by_case_by_a_handler() -> None:
    supervisor = Grant(role=Role.SUPERVISOR, organ=COUNTY)
    there, elsewhere = (Grant(role=Role.HANDLER, organ=organ) for organ in (COUNTY, ELSEWHERE))
    who = holder(there, supervisor, elsewhere)
    assert organs_read(who, CasePart.LINE) == {COUNTY: True, BUREAU: True, ELSEWHERE: False}
    assert organs_read(holder(), CasePart.LINE) == {}


def test_organs_that_name_each_other_end_nothing() -> None:
    one, two = OrganProfile(name="甲", superior="乙"), OrganProfile(name="乙", superior="甲")
    assert below("a", {"a": one, "b": two}) == {"b"}
    assert below("a", {"a": OrganProfile(), "b": OrganProfile()}) == frozenset()


@pytest.mark.parametrize(
    ("role", "kind", "part", "code"),
    [
        (Role.HANDLER, "education", CasePart.PAGE, Code.CASE_NOT_VISIBLE),
        (Role.HANDLER, "colleague", CasePart.APPLICANT, Code.NOT_YOUR_CASE),
        (Role.SUPERVISOR, "replied", CasePart.FILES, Code.NOT_YOUR_ROLE),
        (Role.ADMIN, "stuck", CasePart.PAGE, Code.CASE_NOT_VISIBLE),
    ],
)
def test_a_refusal_says_no_more_than_its_reader_may_know(
    role: Role, kind: str, part: CasePart, code: Code
) -> None:
    with pytest.raises(Refusal) as no:
        may_read(part, of_role(role), "2026-0001", KINDS[kind])
    assert no.value.code is code
    if code is Code.CASE_NOT_VISIBLE:
        assert no.value.params == {"case": "2026-0001"}


def test_a_log_of_organs_is_for_those_who_read_all_of_it() -> None:
    with pytest.raises(Refusal) as no:
        organs_open_to(of_role(Role.HANDLER), CasePart.ACCESS)
    assert no.value.code is Code.NOT_YOUR_ROLE
