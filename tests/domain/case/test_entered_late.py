"""What was entered later than it happened counts as of its day, and what passed since follows."""

from datetime import date, timedelta

import pytest

from domain.case import facts as f
from domain.case.people import Role
from domain.case.status import status
from domain.case.summary import Status
from domain.clock import Receipt
from domain.errors import Code, InputError, Refusal
from domain.statute import Channel, Party
from tests.domain.case.desk import Desk, law

DAY = date(2026, 11, 9)


def notice(correct_by: date) -> f.CorrectionNoticeSent:
    return f.CorrectionNoticeSent(points="请写明年份", correct_by=correct_by)


def test_a_notice_entered_after_its_last_day_has_lapsed_on_the_day_after_it() -> None:
    desk = Desk.open(DAY).assign().until(date(2026, 11, 25))
    desk.do(Role.HANDLER, notice(date(2026, 11, 20)), date(2026, 11, 11))
    assert status(desk.state) is Status.LAPSED
    assert desk.events[-1].what == f.Lapsed(cause=f.LapseCause.CORRECTION)
    assert desk.events[-1].effective_on == date(2026, 11, 21)


def test_a_notice_entered_before_its_last_day_is_waited_for() -> None:
    desk = Desk.open(DAY).assign().until(date(2026, 11, 20))
    desk.do(Role.HANDLER, notice(date(2026, 11, 20)), date(2026, 11, 11))
    assert status(desk.state) is Status.CORRECTING
    assert desk.until(date(2026, 11, 21)).state.ending is not None


def test_a_letter_entered_after_its_limit_was_silent_at_its_end() -> None:
    desk = Desk.open(DAY).assign()
    on_time = Desk.open(DAY).assign().until(date(2026, 11, 11)).consult()
    letter = on_time.due("third_party_answer", "t1")
    assert letter is not None
    late = letter + timedelta(days=3)
    on_time.until(late)
    desk.until(date(2026, 11, 11)).until(late)
    sent = next(e.what for e in on_time.events if isinstance(e.what, f.ConsultationSent))
    desk.do(Role.HANDLER, sent, date(2026, 11, 11))
    assert desk.due() == on_time.due()
    assert desk.state.consultations == on_time.state.consultations


def test_a_letter_delivered_after_its_limit_seemed_over_is_waited_for_again() -> None:
    desk = Desk.open(DAY).assign().consult()
    seemed = desk.due("third_party_answer", "t1")
    assert seemed is not None
    desk.until(seemed + timedelta(days=2))
    assert desk.state.consultations[0].silent
    desk.do(Role.HANDLER, f.ConsultationDelivered(ref="t1"))
    again = desk.due("third_party_answer", "t1")
    assert again is not None
    assert again > seemed
    assert desk.due() is None
    desk.until(again + timedelta(days=1))
    assert desk.state.consultations[0].silent
    assert desk.due() is not None


def in_time(desk: Desk) -> bool:
    assert desk.state.dispatch is not None
    return desk.state.dispatch.in_time


def test_whether_a_reply_was_in_time_follows_from_what_is_known_and_from_no_statement() -> None:
    """Due 2024-09-30, sent on 10-08; then a letter of the 25th turns up: the clock stood still."""
    desk = Desk.open(date(2024, 9, 2)).assign().until(date(2024, 10, 8))
    desk.add().review().sign().draft().approve()
    desk.do(Role.HANDLER, f.Dispatched(channel=f.DispatchChannel.POST, in_time=True))
    assert not in_time(desk)
    letter = f.ConsultationSent(ref="t1", party=Party.AGENCY, name="某局（虚构）")
    desk.do(Role.HANDLER, letter, date(2024, 9, 25))
    assert in_time(desk)
    assert desk.refolded() == desk.state


def test_a_second_registration_is_refused_whatever_day_it_names() -> None:
    desk = Desk.open(DAY).assign().until(date(2026, 11, 25)).add()
    again = f.Registered(receipt=Receipt(channel=Channel.FAX, arrived=DAY))
    for on in (None, DAY):
        with pytest.raises(Refusal) as no:
            desk.do(Role.INTAKE, again, on)
        assert no.value.code is Code.NOT_IN_THIS_STATE


def test_a_receipt_that_the_text_of_the_case_does_not_govern_is_refused() -> None:
    """cn-2008 ended on 2019-05-14; whoever amends has to bring the text of the other day."""
    desk = Desk.open(date(2019, 5, 6), case_law=law("cn-2008")).assign().until(date(2019, 5, 20))
    receipt = Receipt(channel=Channel.MAIL_SIGNED, arrived=date(2019, 5, 16))
    amended = f.EntryAmended(seq=1, what=f.Registered(receipt=receipt), reason="录错日期")
    with pytest.raises(InputError) as no:
        desk.do(Role.DISCLOSURE_HEAD, amended)
    assert no.value.code is Code.STATUTE_NOT_IN_FORCE
