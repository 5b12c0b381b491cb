"""A case says what it would be by other choices of settings that no text settles."""

from datetime import date

import pytest

from domain.case import facts as f
from domain.case.answers.proof import prove
from domain.case.answers.readings import readings_of
from domain.case.answers.whatif import what_if
from domain.case.changes import replaced
from domain.case.count import count
from domain.case.people import Role
from domain.clock import ClockEvent
from domain.clock import ClockEventKind as Kind
from domain.clock.readings import CHOICES, Readings
from domain.errors import InputError
from domain.policy import Policy
from domain.statute import Channel, Party
from tests.domain.case.desk import Desk, law
from tests.domain.case.test_proof import long_way

SAFE, DUE = date(2026, 11, 27), date(2026, 12, 3)


def confirmed(policy: Policy | None = None) -> Desk:
    """Sent by web form on 2026-11-01, confirmed on 11-05."""
    desk = Desk.open(date(2026, 11, 1), Channel.WEB_FORM, case_law=law(policy=policy))
    return desk.until(date(2026, 11, 5)).do(Role.INTAKE, f.ReceiptConfirmed())


def told(readings: Readings) -> list[tuple[date | None, str, object, bool]]:
    return [(r.due, r.setting, r.value, r.chosen) for r in readings.days]


def test_the_safe_day_comes_first_with_its_setting() -> None:
    proof = prove(confirmed().start, confirmed().events, "reply")
    assert told(proof.readings) == [
        (SAFE, "electronic_receipt", "submission", False),
        (DUE, "electronic_receipt", "statute", True),
    ]
    assert (proof.standing.due, proof.deciding) == (DUE, ("electronic_receipt",))
    named = [
        (line.first, line.last, line.settings) for line in proof.standing.lines if line.settings
    ]
    chosen = (("electronic_receipt", "statute"),)
    assert named == [
        (date(2026, 11, 6), date(2026, 11, 6), chosen),
        (date(2026, 11, 30), DUE, chosen),
    ]


def test_a_limit_that_cites_a_setting_names_it_with_its_value() -> None:
    desk = confirmed(Policy(committed_working_days=10))
    lines = prove(desk.start, desk.events, "committed").standing.lines
    counted = [line for line in lines if line.counted]
    assert all(("committed_working_days", "10") in line.settings for line in counted)


def test_what_is_supposed_is_read_in_every_way_too() -> None:
    desk = Desk.open(date(2026, 3, 2), today=date(2026, 3, 9)).assign()
    asked = ClockEvent(Kind.THIRD_PARTY_CONSULTED, date(2026, 3, 9), ref="t1")
    answer = ClockEvent(Kind.THIRD_PARTY_ANSWERED, date(2026, 4, 2), ref="t1")
    found = what_if(desk.state, [asked, answer], date(2026, 3, 9))
    assert told(found.readings_now) == []
    assert told(found.readings) == [
        (date(2026, 4, 21), "exclusion_ends", "after_sent_to_answered", True),
        (date(2026, 4, 21), "silent_consultation", "stop_at_limit", True),
        (date(2026, 4, 22), "exclusion_ends", "both_ends", False),
        (date(2026, 4, 24), "silent_consultation", "until_answer", False),
    ]


def test_each_is_the_case_counted_with_that_setting_changed() -> None:
    for desk in (confirmed(), long_way()):
        today = max(event.at for event in desk.state.clock)
        found = readings_of(desk.state, today)
        for setting, choices in CHOICES.items():
            for value in set(choices) - {getattr(desk.state.law.policy, setting)}:
                policy = desk.state.law.policy.changed(**{setting: value})
                other = replaced(desk.state, law=replaced(desk.state.law, policy=policy))
                due = count(other, today).reckoning.due
                told_days = {(r.setting, r.value): r.due for r in found.days}
                assert told_days.get((setting, value), found.own.due) == due


def test_a_question_of_secrecy_stops_the_clock_only_where_the_office_chose_so() -> None:
    def asked(policy: Policy) -> Desk:
        desk = Desk.open(date(2026, 3, 2), case_law=law(policy=policy)).assign()
        letter = f.ConsultationSent(
            ref="t1", party=Party.AGENCY, name="国家保密行政管理部门（虚构）", secrecy=True
        )
        return desk.until(date(2026, 3, 9)).do(Role.HANDLER, letter)

    running, standing = asked(Policy()), asked(Policy(secrecy_referral_excluded=True))
    assert (running.state.clock_state, running.due("reply")) == ("running", date(2026, 3, 30))
    assert (standing.state.clock_state, standing.due("reply")) == ("paused", None)
    assert "not_excluded" in running.state.clock_warnings
    third = f.ConsultationSent(ref="t2", party=Party.THIRD_PARTY, name="某厂", secrecy=True)
    with pytest.raises(InputError) as error:
        running.do(Role.HANDLER, third)
    assert error.value.params["known"] == "agency"
