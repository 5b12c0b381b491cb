"""The sentence of a case, for whoever reads it."""

from datetime import date

import pytest

from domain.case import facts as f
from domain.case.answers.headline import headline
from domain.case.people import Role
from domain.case.summary import Status
from speech.headline import headline_words
from speech.names import NameBook
from speech.words import speak
from tests.domain.case.desk import HANDLER, PEOPLE, Desk, in_state
from tests.domain.case.remedies import reconsidered, refused

KNOWN = NameBook(people={HANDLER: "陈建华", "leader_in_charge_1": "刘强"})


@pytest.fixture(autouse=True)
def _chinese() -> None:
    speak("zh")


def sentence(desk: Desk, role: Role | None = None, today: date | None = None) -> str:
    day = today or desk.day
    said = headline(desk.state, day, PEOPLE[role] if role else None)
    return headline_words(said, KNOWN, day)


def test_it_asks_whom_it_awaits_and_tells_others() -> None:
    desk = in_state(Status.IN_HAND)
    assert sentence(desk, Role.HANDLER) == "请您拟写答复，最迟9月30日（周一）"
    assert sentence(desk, Role.SUPERVISOR) == "等待陈建华拟写答复，最迟9月30日（周一）"
    assert sentence(desk) == sentence(desk, Role.SUPERVISOR)


def test_of_several_tasks_each_reader_hears_of_the_own() -> None:
    desk = in_state(Status.UNDER_REVIEW)
    assert sentence(desk, Role.REVIEWER) == "请您保密审查，答复最迟9月30日（周一）"
    assert sentence(desk, Role.HANDLER) == "请您拟写答复，最迟9月30日（周一）"
    assert sentence(desk, Role.INTAKE) == "等待保密审查员保密审查，答复最迟9月30日（周一）"


def test_a_late_case_says_so() -> None:
    desk = in_state(Status.IN_HAND).until(date(2024, 10, 9))
    assert sentence(desk, Role.HANDLER) == "请您拟写答复，期限9月30日（周一）已过"


def test_what_is_awaited_from_outside_is_said_with_its_limit() -> None:
    assert sentence(in_state(Status.CORRECTING), Role.HANDLER).startswith("等待申请人补正，最迟")
    assert sentence(in_state(Status.AWAITING_PAYMENT)).startswith("等待申请人缴费，最迟")
    desk = in_state(Status.IN_HAND).consult()
    words = sentence(desk, Role.HANDLER)
    assert words.startswith("等待第三方“某公司（虚构）”答复意见，最迟")
    assert words.endswith("；答复期限暂停计时")
    desk.add()
    assert sentence(desk, Role.REVIEWER) == "请您保密审查；答复期限暂停计时"


def test_a_period_that_has_not_begun_does_not_stand_still() -> None:
    words = sentence(in_state(Status.AWAITING_CONFIRMATION), Role.INTAKE)
    assert words.startswith("请您与申请人确认收到，最迟")
    assert words.endswith("；答复期限尚未起算")


def test_the_end_is_told_with_what_is_still_open() -> None:
    closed = in_state(Status.CLOSED)
    assert sentence(closed) == "已办结：予以公开，9月2日（周一）送达"
    assert sentence(in_state(Status.LAPSED)) == "9月11日（周三）起视为放弃申请"
    assert sentence(in_state(Status.WITHDRAWN)) == "申请人已于9月2日（周一）撤回"
    assert sentence(in_state(Status.VOID)) == "已于9月2日（周一）作废"


def test_every_state_has_its_sentence_in_both_languages() -> None:
    for where in Status:
        for lang in ("zh", "en"):
            speak(lang)
            for role in (None, *PEOPLE):
                words = sentence(in_state(where), role)
                assert words
                assert "None" not in words, words


def test_remedies_that_are_open_or_under_way_are_in_it() -> None:
    closed = refused(date(2024, 3, 4))
    assert sentence(closed).startswith(
        "已办结：不予公开：三类内部事务信息，3月4日（周一）送达；救济期限至"
    )
    contested = reconsidered(closed)
    assert sentence(contested, Role.LEGAL).startswith("请您提交答复或答辩，最迟")
    assert sentence(contested, Role.HANDLER).startswith("等待应诉人员提交答复或答辩，最迟")
    answered = contested.do(Role.LEGAL, f.AnswerSubmitted(ref="r1"))
    assert sentence(answered, Role.LEGAL).startswith("行政复议审理中")
