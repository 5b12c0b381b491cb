"""Remedies against what is no reply: a lapse for want of correction (art 30), and what is released
over a third party's objection (art 32).

Days used: 2024-09-14 (Saturday) worked, 09-15 to 09-17 mid-autumn; 2024-11-17 is a Sunday.
"""

from datetime import date
from decimal import Decimal

import pytest

from domain.case import facts as f
from domain.case.answers.open_paths import OpenPath, open_paths
from domain.case.people import Role
from domain.case.status import status
from domain.case.summary import Status
from domain.errors import Code, InputError, Refusal
from domain.remedies import terms as t
from tests.domain.case.desk import Desk, hashed
from tests.domain.case.remedies import decided, judged, opened, reconsidered, sent_by_hand, sued

ARRIVED, LAPSED, TOLD = date(2024, 9, 2), date(2024, 9, 11), date(2024, 9, 18)


def lapsed() -> Desk:
    """To be corrected by 2024-09-10, and was not."""
    return opened(ARRIVED).notice(date(2024, 9, 10)).until(date(2024, 9, 12))


def against(desk: Desk, what: t.Against) -> list[OpenPath]:
    """The paths against it, complaint aside."""
    paths = open_paths(desk.state)
    return [p for p in paths if p.against is what and p.remedy is not t.ProceedingKind.COMPLAINT]


# -- a lapse --------------------------------------------------------------------------------------


def test_until_the_applicant_is_told_of_a_lapse_only_the_longest_periods_run() -> None:
    desk = lapsed()
    asked, suit = against(desk, t.Against.LAPSE)
    assert (asked.until, suit.until, suit.order) == (None, None, t.RemedyOrder.EITHER)
    assert asked.article == "disclosure litigation interpretation 2025"
    assert [(b.kind, b.until) for b in suit.bounds][2] == ("longest", date(2029, 9, 11))
    assert desk.due("remedy_lawsuit_longest", "lapse") == date(2029, 9, 11)


def test_told_of_a_lapse_the_applicant_has_the_plain_periods_from_there() -> None:
    """Sixty days from 2024-09-18 to Sunday 11-17: 11-18; six months to 2025-03-18."""
    desk = lapsed().until(TOLD).do(Role.HANDLER, f.RemedyNoticeGiven())
    assert desk.due("remedy_reconsideration", "lapse") == date(2024, 11, 18)
    assert desk.due("remedy_lawsuit", "lapse") == date(2025, 3, 18)
    assert desk.due("remedy_lawsuit_longest", "lapse") is None
    assert [p.until for p in against(desk, t.Against.LAPSE)] == [
        date(2024, 11, 18),
        date(2025, 3, 18),
    ]


def test_a_lapsed_request_is_sued_over_and_has_to_be_answered_after_all() -> None:
    """Annulled and in effect on 2025-02-18: the full twenty working days begin."""
    desk = lapsed().until(TOLD).do(Role.HANDLER, f.RemedyNoticeGiven()).until(date(2024, 10, 8))
    sued(desk, against="lapse").until(date(2025, 1, 31))
    assert not desk.state.proceedings[0].warnings
    assert against(desk, t.Against.LAPSE) == []
    judged(desk, "annulled", orders_reply=True, served_other=date(2025, 1, 31))
    desk.until(date(2025, 3, 3))
    assert status(desk.state) is Status.IN_HAND
    assert desk.state.opened_by == "s1"
    assert desk.state.rounds[0].ending is not None
    assert desk.state.rounds[0].ending.told == TOLD
    assert desk.due() is not None


def test_a_lapse_that_is_taken_back_can_be_attacked_no_more() -> None:
    desk = lapsed().do(
        Role.DISCLOSURE_HEAD, f.Reinstated(until=date(2024, 9, 30), reason="住院（虚构）")
    )
    assert against(desk, t.Against.LAPSE) == []
    assert desk.due("remedy_lawsuit_longest", "lapse") is None
    sued(desk, against="lapse")
    assert list(desk.events[-1].warnings) == ["lapse_missing"]


def test_a_fee_unpaid_opens_nothing_of_the_kind() -> None:
    """No text says it of that."""
    desk = opened(ARRIVED).do(
        Role.HANDLER,
        f.FeeNoticeSent(
            standard="item", ground="件数过多", amount=Decimal(100), items=11, how_to_pay="银行转账"
        ),
    )
    desk.until(date(2024, 10, 20))
    assert status(desk.state) is Status.LAPSED
    assert open_paths(desk.state) == ()
    with pytest.raises(Refusal) as said:
        desk.do(Role.HANDLER, f.RemedyNoticeGiven())
    assert said.value.code is Code.NO_REPLY


# -- a release over an objection ------------------------------------------------------------------


def overridden() -> Desk:
    """A third party objected, and item a goes out all the same for the public interest."""
    desk = opened(ARRIVED).add().consult().until(date(2024, 9, 9))
    objects = f.ConsultationAnswered(ref="t1", answer=f.Answer.OBJECTS, reason="商业秘密")
    desk.do(Role.HANDLER, objects)
    release = f.ItemReviewed(
        ref="a", decision=f.Decision.RELEASE, public_interest="饮用水安全（虚构）"
    )
    return desk.do(Role.REVIEWER, release)


def told() -> Desk:
    return overridden().until(TOLD).do(Role.HANDLER, f.OverrideTold(ref="t1"))


def test_a_third_party_has_the_same_remedies_from_its_being_told() -> None:
    desk = told()
    assert desk.due("remedy_reconsideration", "release/t1") == date(2024, 11, 18)
    assert desk.due("remedy_lawsuit", "release/t1") == date(2025, 3, 18)
    asked, suit = against(desk, t.Against.RELEASE)
    assert (asked.third_party, asked.until, suit.until) == (
        "t1",
        date(2024, 11, 18),
        date(2025, 3, 18),
    )
    assert asked.article.endswith("; art 32")


def test_its_periods_are_its_own_beside_the_applicant_s() -> None:
    """Handed over on 2024-09-20: the applicant's sixty days end on 11-19."""
    desk = sent_by_hand(told().sign().draft().approve().until(date(2024, 9, 20)))
    assert desk.due("remedy_reconsideration") == date(2024, 11, 19)
    assert desk.due("remedy_reconsideration", "release/t1") == date(2024, 11, 18)
    desk.until(date(2024, 9, 27))
    reconsidered(desk, third_party="t1")
    assert desk.state.proceedings[0].against is t.Against.RELEASE
    assert desk.due("remedy_reconsideration", "release/t1") is None
    assert desk.due("remedy_lawsuit", "release/t1") is None
    assert desk.due("remedy_reconsideration") == date(2024, 11, 19)
    assert desk.due("reconsideration_answer", "r1") is not None
    decided(desk.until(date(2024, 11, 1)), "upheld")
    assert desk.due("remedy_lawsuit", "r1") is not None
    sued(desk, after="r1")
    suit = desk.state.proceedings[1]
    assert (suit.against, suit.third_party) == (t.Against.RELEASE, "t1")


def test_a_third_party_nobody_told_has_no_running_period_once_the_reply_is_out() -> None:
    desk = sent_by_hand(overridden().sign().draft().approve())
    asked, suit = against(desk, t.Against.RELEASE)
    assert asked.until is suit.until is None
    assert desk.due("remedy_lawsuit_longest", "release/t1") == date(2029, 9, 9)
    desk.until(TOLD).do(Role.HANDLER, f.OverrideTold(ref="t1"))
    assert desk.due("remedy_lawsuit_longest", "release/t1") is None
    assert desk.due("remedy_lawsuit", "release/t1") == date(2025, 3, 18)


def test_who_was_not_overridden_is_told_of_nothing() -> None:
    desk = opened(ARRIVED).add().consult()
    with pytest.raises(Refusal) as said:
        desk.do(Role.HANDLER, f.OverrideTold(ref="t1"))
    assert said.value.code is Code.NOT_OVERRIDDEN
    with pytest.raises(InputError) as unknown:
        sued(desk, third_party="t9")
    assert unknown.value.code is Code.UNKNOWN_REF


def test_what_is_withheld_after_all_closes_the_third_party_s_paths() -> None:
    desk = told().do(Role.HANDLER, f.ItemReplaced(ref="a", title="另一版本", sha256=hashed("b")))
    assert against(desk, t.Against.RELEASE) == []
    assert desk.due("remedy_lawsuit", "release/t1") is None
