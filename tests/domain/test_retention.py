"""From which day on a case may be forgotten, by the schedule, and who may say so."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from domain.case import facts as f
from domain.case.agenda import idle_until
from domain.case.forgetting import SIDES, is_signed, signing_role
from domain.case.parts import End
from domain.case.people import Actor, Grant, Role
from domain.errors import Code, Refusal
from domain.retention import RetentionRule, RetentionSchedule, over_for_good, retention
from law.files import load_retention
from tests.domain.case.desk import Desk, noon

SCHEDULE = load_retention()


def test_years_run_to_the_end_of_a_calendar_year_or_from_day_to_day() -> None:
    rule = RetentionRule(name="a", article="x", years=10)
    assert rule.first_day(date(2013, 3, 10)) == date(2024, 1, 1)
    assert rule.first_day(date(2013, 12, 31)) == date(2024, 1, 1)
    by_day = rule.changed(to_year_end=False)
    assert by_day.first_day(date(2013, 3, 10)) == date(2023, 3, 11)
    assert by_day.first_day(date(2012, 2, 29)) == date(2022, 3, 1)
    assert rule.changed(years=None).first_day(date(2013, 3, 10)) is None


def test_a_case_with_a_proceeding_is_kept_longer() -> None:
    plain = SCHEDULE.rule(End.DELIVERED, contested=False)
    assert (SCHEDULE.rule(End.DELIVERED, contested=True).years or 0) > (plain.years or 0)
    assert {SCHEDULE.rule(how, contested=c).name for how in End for c in (True, False)} == {
        "contested",
        "void",
        "ordinary",
    }


def test_a_schedule_that_leaves_a_case_out_is_refused() -> None:
    void = RetentionRule(name="void", article="x", years=10, endings=(End.VOIDED,))
    with pytest.raises(ValidationError):
        RetentionSchedule(id="x", source="x", rules=(void,))


def test_nobody_compared_the_years_with_a_text_and_that_is_said() -> None:
    assert SCHEDULE.unchecked == ("contested", "void", "ordinary")


def actor(person: str, *roles: Role) -> Actor:
    return Actor(person=person, grants=tuple(Grant(role=r, organ="qinghe") for r in roles))


def test_a_list_takes_two_people_of_two_sides() -> None:
    head, auditor = actor("huang", Role.DISCLOSURE_HEAD), actor("sun", Role.AUDITOR)
    both = actor("he", Role.DISCLOSURE_HEAD, Role.ADMIN)
    first = signing_role(both, "qinghe", ())
    assert first is Role.DISCLOSURE_HEAD
    for who, code in (
        (both, Code.FOUR_EYES),
        (head, Code.NOT_YOUR_ROLE),
        (actor("li", Role.HANDLER), Code.NOT_YOUR_ROLE),
    ):
        with pytest.raises(Refusal) as no:
            signing_role(who, "qinghe", [("he", first)])
        assert no.value.code is code
    assert not is_signed([("he", first)])
    signed = [("he", first), ("sun", signing_role(auditor, "qinghe", [("he", first)]))]
    assert is_signed(signed)
    with pytest.raises(Refusal) as no:
        signing_role(head, "qinghe", signed)
    assert no.value.code is Code.ALREADY_SIGNED
    with pytest.raises(Refusal) as no:
        signing_role(head, "edu", ())
    assert no.value.code is Code.NOT_YOUR_ROLE
    assert all(side for side in SIDES)


def test_no_case_is_due_while_anything_may_come_of_it() -> None:
    desk = Desk.open(date(2024, 3, 4))
    assert retention(SCHEDULE, desk.state, noon(date(2060, 1, 1))) is None  # a reply is owed
    desk.do(Role.INTAKE, f.Withdrawn())
    end = idle_until(desk.state)
    assert end is not None
    for now, over in ((end - timedelta(seconds=1), None), (end, end.date() - timedelta(days=1))):
        kept = retention(SCHEDULE, desk.state, now)
        assert kept is not None
        assert (kept.over, kept.due is None) == (over, over is None)
    assert kept is not None
    assert kept.due == date(end.year + 11, 1, 1)
    eve = date(end.year + 10, 12, 31)
    assert (kept.is_due(eve), kept.is_due(kept.due)) == (False, True)


def test_a_void_number_counts_from_the_day_it_was_voided() -> None:
    desk = Desk.open(date(2024, 3, 4)).do(Role.INTAKE, f.Voided(reason="重复登记（虚构）"))
    assert over_for_good(desk.state, noon(date(2024, 3, 5))) is None
    kept = retention(SCHEDULE, desk.state, noon(date(2035, 1, 1)))
    assert kept is not None
    assert (kept.rule, kept.over, kept.due) == ("void", date(2024, 3, 4), date(2035, 1, 1))
