"""What is open to the applicant, the answers we owe, silence, suits and appeals; counted by hand.

Rest days used: 2014-10-01 to 07; 2015-05-01 to 03; 2019-02-04 to 10 (02-02 and 02-03 worked);
2023-12-30 to 2024-01-01; 2024-02-10 to 17 (02-04 and 02-18 worked; 02-09 is a working Friday);
2024-04-04 to 06; 2024-05-01 to 05 (04-28, 05-11 worked); 2024-06-08 to 10.
"""

from copy import copy
from datetime import date, datetime

import pytest

from domain.case import facts as f
from domain.case.agenda import idle_until
from domain.case.answers.open_paths import open_paths
from domain.case.people import Role
from domain.case.state import Validity
from domain.case.status import status
from domain.case.summary import Status
from domain.case.tasks import tasks
from domain.errors import Code, Refusal
from domain.policy import Policy
from domain.remedies import terms as t
from domain.remedies.law import court_rule
from domain.remedies.organ import OrganProfile
from domain.remedies.paths import destinations
from domain.remedies.proceeding import result
from law.remedy_law import load_remedy_law
from tests.domain.case.desk import Desk
from tests.domain.case.remedies import (
    COUNTY,
    answered_anew,
    contested,
    decided,
    judged,
    opened,
    reconsidered,
    refused,
    sent_by_hand,
    sued,
)


def replied(
    arrived: date,
    sent: date,
    kind: str = "does_not_exist",
    notice: t.NoticeOfRemedy = t.NoticeOfRemedy.GIVEN,
) -> Desk:
    """A reply that may be sued over directly."""
    desk = opened(arrived, "cn-2019" if arrived >= date(2019, 5, 15) else "cn-2008").until(sent)
    return sent_by_hand(desk.draft(kind, search_record="档案室，王某").approve(), notice)


def kinds(desk: Desk) -> list[str]:
    return [e.what.kind for e in desk.events]


# -- what is open ---------------------------------------------------------------------------------


def test_a_refusal_under_article_16_goes_to_reconsideration_first_from_2024() -> None:
    """Sent 2024-03-05: 60 days end on Saturday 05-04, in the May holidays: Monday 05-06."""
    desk = refused(date(2024, 3, 4), date(2024, 3, 5))
    assert desk.due("remedy_reconsideration") == date(2024, 5, 6)
    assert desk.due("remedy_lawsuit") is None
    assert desk.state.dispatch is not None
    offer = desk.state.dispatch.offer
    assert offer is not None
    assert (offer.order, offer.unsettled) == (t.RemedyOrder.RECONSIDERATION_FIRST, False)
    assert [o.name for o in offer.organs] == ["某县人民政府（虚构）"]
    assert (offer.court, offer.court_level, offer.lawsuit_n) == (None, None, 15)


def test_before_2024_the_applicant_chose_freely() -> None:
    """Sent 2023-12-29 (Friday): 60 days to 2024-02-27; six months to Saturday 06-29, moved to
    Monday 07-01. The order is that of the day of the reply."""
    desk = refused(date(2023, 12, 1), date(2023, 12, 29))
    assert desk.due("remedy_reconsideration") == date(2024, 2, 27)
    assert desk.due("remedy_lawsuit") == date(2024, 7, 1)
    assert desk.state.dispatch is not None
    assert desk.state.dispatch.offer is not None
    places = [o.place for o in desk.state.dispatch.offer.organs]
    assert places == [t.Place.OWN_GOVERNMENT, t.Place.SUPERIOR_DEPARTMENT]


def test_cannot_provide_may_be_sued_over_directly() -> None:
    desk = replied(date(2024, 3, 4), date(2024, 3, 5))
    assert desk.due("remedy_reconsideration") == date(2024, 5, 6)
    assert desk.due("remedy_lawsuit") == date(2024, 9, 5)


@pytest.mark.parametrize(
    ("setting", "suit"),
    [("reconsideration_first", None), ("either", date(2024, 9, 5))],
)
def test_an_unsettled_path_follows_the_setting_and_says_so(setting: str, suit: date | None) -> None:
    policy = Policy.model_validate({"remedy_path_unsettled": setting})
    desk = opened(date(2024, 3, 4), policy=policy).until(date(2024, 3, 5)).add().add("b")
    desk.review().review("b", f.Decision.WITHHOLD).sign()
    sent_by_hand(desk.draft("partly_granted", ground="内部事务").approve())
    assert desk.due("remedy_lawsuit") == suit
    assert desk.state.dispatch is not None
    assert desk.state.dispatch.offer is not None
    assert desk.state.dispatch.offer.unsettled


def posted(arrived: date, sent: date) -> Desk:
    """A reply that may be sued over directly, posted and not known to have arrived."""
    desk = opened(arrived, "cn-2019" if arrived >= date(2019, 5, 15) else "cn-2008").until(sent)
    return desk.draft("does_not_exist", search_record="无").approve().dispatch()


def test_the_applicants_periods_begin_with_the_day_of_delivery() -> None:
    """Posted 2024-03-05: nothing runs but the five years from the making of the reply. Delivered on
    the 11th: 60 days to 05-10, six months to 09-11."""
    desk = posted(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 3, 12))
    assert desk.due("remedy_reconsideration") is None
    assert desk.due("remedy_lawsuit") is None
    outer = desk.state.deadline("remedy_reconsideration_longest")
    assert outer is not None
    assert (outer.due, outer.provisional) == (date(2029, 3, 5), True)
    assert outer.article == "Administrative Reconsideration Law 2023 art 21"
    suit = desk.state.deadline("remedy_lawsuit_longest")
    assert suit is not None
    assert (suit.due, suit.article) == (date(2029, 3, 5), "Administrative Litigation Law art 46(2)")
    desk.do(Role.HANDLER, f.Delivered(), date(2024, 3, 11))
    assert desk.due("remedy_reconsideration") == date(2024, 5, 10)
    assert desk.due("remedy_lawsuit") == date(2024, 9, 11)
    assert desk.due("remedy_reconsideration_longest") is None


def test_a_slip_that_comes_after_six_weeks_opens_what_dispatch_would_have_closed() -> None:
    """Posted 2026-08-20, signed for on 10-08, entered on 11-25: sixty days to 12-07."""
    desk = posted(date(2026, 8, 3), date(2026, 8, 20)).until(date(2026, 11, 25))
    assert not any(kind == "remedy_lapsed" for kind in kinds(desk))
    desk.alone(Role.HANDLER, f.Delivered(), date(2026, 10, 8))
    assert status(desk.state) is Status.CLOSED  # an ordinary slip, on one person's word
    assert desk.due("remedy_reconsideration") == date(2026, 12, 7)
    assert desk.due("remedy_lawsuit") == date(2027, 4, 8)
    desk.until(date(2026, 12, 8))
    assert desk.due("remedy_reconsideration") is None
    assert desk.events[-1].effective_on == date(2026, 12, 8)


def test_a_reply_nobody_knows_to_have_arrived_rests_for_five_years() -> None:
    """Posted 2020-03-05, never delivered: the suit's five years end on 2025-03-05. Before 2024 no
    text set a longest period to apply for reconsideration."""
    desk = posted(date(2020, 2, 17), date(2020, 3, 5)).until(date(2025, 3, 5))
    assert desk.due("remedy_reconsideration_longest") is None
    assert desk.due("remedy_lawsuit_longest") == date(2025, 3, 5)
    desk.until(date(2025, 3, 6))
    assert f.RemedyLapsed(limit="remedy_lawsuit_longest", due=date(2025, 3, 5)) in [
        e.what for e in desk.events
    ]
    assert desk.due("remedy_lawsuit_longest") is None
    assert (status(desk.state), idle_until(desk.state)) == (Status.DISPATCHED, None)
    assert desk.refolded() == desk.state


def test_what_is_known_after_years_is_still_attacked_within_five_of_its_making() -> None:
    """Posted 2020-03-05, received on 2025-01-06: six months would end on 07-06, the five years on
    03-05. Received on 03-20 and entered when the path had ended: it stays ended."""
    desk = posted(date(2020, 2, 17), date(2020, 3, 5)).until(date(2025, 1, 6))
    desk.do(Role.HANDLER, f.Delivered())
    assert desk.due("remedy_lawsuit") == date(2025, 3, 5)
    late = posted(date(2020, 2, 17), date(2020, 3, 5)).until(date(2025, 3, 20))
    late.do(Role.HANDLER, f.Delivered())
    assert late.due("remedy_lawsuit") is None


def test_a_reply_without_its_slip_is_a_task_that_climbs() -> None:
    """Posted 2024-03-05 (Tuesday): fifteen working days end on the 26th; ten more on 04-10 (04-04
    to 06 off, 04-07 a worked Sunday), twenty on 04-24, thirty on 05-10 (04-28 worked, 05-01 to 05
    off)."""
    desk = posted(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 5, 11))
    assert [(x.kind, x.role, x.due) for x in tasks(desk.state)] == [
        ("delivered", Role.HANDLER, date(2024, 3, 26))
    ]

    def asked() -> list[tuple[str, str, str]]:
        return [
            (a.step, a.instant.strftime("%m-%d"), a.to)
            for e in desk.events
            if isinstance(a := e.what, f.AlarmRaised) and a.limit == "delivery_check"
        ]

    climbed = [
        ("overdue", "03-27", "handler"),
        ("overdue_again", "04-10", "disclosure_head"),
        ("overdue_higher", "04-24", "supervisor"),
        ("overdue_higher", "05-10", "supervisor"),
    ]
    assert asked() == climbed
    desk.do(Role.HANDLER, f.Delivered(), date(2024, 3, 8)).until(date(2024, 7, 1))
    assert asked() == climbed
    assert tasks(desk.state) == ()


def test_the_setting_says_when_the_slip_is_asked_for() -> None:
    policy = Policy.model_validate({"delivery_check_days": 3})
    desk = opened(date(2024, 3, 4), policy=policy).until(date(2024, 3, 5))
    desk.draft("does_not_exist", search_record="无").approve().dispatch()
    limit = desk.state.deadline("delivery_check")
    assert limit is not None
    assert (limit.due, limit.article) == (date(2024, 3, 8), "setting delivery_check_days")


@pytest.mark.parametrize("missing", [t.NoticeOfRemedy.MISSING, t.NoticeOfRemedy.WRONG])
def test_without_a_right_notice_of_remedies_the_periods_are_a_year(
    missing: t.NoticeOfRemedy,
) -> None:
    """Known since 2024-03-05: until 2025-03-05, for both; told on 04-08: 60 days to 06-07 and six
    months to 10-08."""
    desk = opened(date(2024, 3, 4)).until(date(2024, 3, 5))
    sent_by_hand(desk.draft("does_not_exist", search_record="无").approve(), missing)
    assert desk.due("remedy_reconsideration") == date(2025, 3, 5)
    assert desk.due("remedy_lawsuit") == date(2025, 3, 5)
    desk.until(date(2024, 4, 8)).do(Role.INTAKE, f.RemedyNoticeGiven())
    assert desk.due("remedy_reconsideration") == date(2024, 6, 7)
    assert desk.due("remedy_lawsuit") == date(2024, 10, 8)


@pytest.mark.parametrize(
    ("arrived", "known", "asked_until", "sued_until"),
    [
        (date(2018, 1, 15), date(2018, 2, 7), date(2020, 2, 7), date(2020, 2, 7)),
        (date(2018, 1, 15), date(2018, 2, 8), date(2019, 2, 11), date(2019, 2, 11)),
        (date(2023, 12, 4), date(2023, 12, 29), date(2024, 12, 30), date(2024, 12, 30)),
        (date(2023, 12, 4), date(2024, 1, 2), date(2025, 1, 2), date(2025, 1, 2)),
    ],
)
def test_not_told_two_years_before_february_2018_and_one_since(
    arrived: date, known: date, asked_until: date, sued_until: date
) -> None:
    """Known 2018-02-07: two years (interpretation 2000 art 41); known 02-08: one, to 2019-02-08 in
    the Spring Festival holidays, on to 02-11 (2018 art 64). Before 2024 an application for
    reconsideration goes by the same (SPC reply (2012) Xing Ta Zi no. 11), since then by art 20(3)
    of its own law. Known 2023-12-29: to Sunday 2024-12-29 and on to 12-30."""
    desk = replied(arrived, known, notice=t.NoticeOfRemedy.MISSING)
    assert desk.due("remedy_reconsideration") == asked_until
    assert desk.due("remedy_lawsuit") == sued_until


def test_told_before_it_arrived_the_periods_begin_with_knowing_all_the_same() -> None:
    """Posted 2024-03-05 without a notice, told on 03-08, arrived on the 11th: 60 days to 05-10."""
    desk = opened(date(2024, 3, 4)).until(date(2024, 3, 5))
    desk.draft("does_not_exist", search_record="无").approve()
    post = f.Dispatched(channel=f.DispatchChannel.POST, remedy_notice=t.NoticeOfRemedy.MISSING)
    desk.do(Role.HANDLER, post).until(date(2024, 3, 8)).do(Role.INTAKE, f.RemedyNoticeGiven())
    desk.until(date(2024, 3, 11)).do(Role.HANDLER, f.Delivered())
    assert desk.due("remedy_reconsideration") == date(2024, 5, 10)


# -- a notice that turns out to have been missing or wrong -----------------------------------------


def found(desk: Desk, notice: str = "missing", **said: int) -> Desk:
    fact = f.RemedyNoticeFaulty.model_validate({"notice": notice, **said})
    return desk.do(Role.LEGAL, fact)


def test_a_missing_notice_found_after_dispatch_counts_from_the_beginning() -> None:
    """Known since 2024-03-05; found on 04-08, both paths end a year after knowing."""
    desk = found(replied(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 4, 8)))
    known_at_once = replied(date(2024, 3, 4), date(2024, 3, 5), notice=t.NoticeOfRemedy.MISSING)
    for path in ("remedy_reconsideration", "remedy_lawsuit"):
        assert desk.due(path) == known_at_once.due(path) == date(2025, 3, 5)
    assert desk.refolded() == desk.state


def test_a_path_that_had_lapsed_by_the_notice_is_open_again_when_it_is_found_missing() -> None:
    """Sixty days ended on 2024-05-06; found on 06-03. An application filed in between was not late;
    taken back, it had lapsed."""
    desk = replied(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 6, 3))
    assert desk.due("remedy_reconsideration") is None
    found(desk)
    assert desk.due("remedy_reconsideration") == date(2025, 3, 5)
    assert desk.state.path_lapses == ()
    lapse = next(e for e in desk.state.timeline if e.kind == "remedy_lapsed")
    assert lapse.validity is Validity.REVOKED
    assert desk.refolded() == desk.state
    desk.do(Role.LEGAL, desk.annulled("remedy_notice_faulty"))
    assert desk.due("remedy_reconsideration") is None

    late = replied(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 5, 20))
    reconsidered(late, filed=date(2024, 5, 15))
    assert late.state.proceedings[0].warnings == (t.RemedyWarning.REMEDY_LATE,)
    assert found(late).state.proceedings[0].warnings == ()


def test_a_fault_of_the_first_reply_says_nothing_of_the_next() -> None:
    """Annulled and answered anew on 2024-07-05, with a right notice: 60 days to 09-03."""
    desk = found(refused(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 4, 8)))
    decided(reconsidered(desk).until(date(2024, 6, 20)), "annulled", orders_reply=True)
    answered_anew(desk.until(date(2024, 7, 5)))
    assert desk.due("remedy_reconsideration") == date(2024, 9, 3)


@pytest.mark.parametrize(
    ("setting", "said", "asked", "sued_until"),
    [
        ("as_missing", {"reconsideration_days": 30, "lawsuit_months": 12}, "03-05", "03-05"),
        ("longer_of_both", {}, "2024-05-06", "2024-09-05"),
        ("longer_of_both", {"reconsideration_days": 30, "lawsuit_months": 3}, "05-06", "09-05"),
        ("longer_of_both", {"reconsideration_days": 90, "lawsuit_months": 12}, "06-03", "03-05"),
    ],
)
def test_what_a_wrong_notice_comes_to_is_a_setting(
    setting: str, said: dict[str, int], asked: str, sued_until: str
) -> None:
    """Known since 2024-03-05. As if not told: a year. Else the longer of the period named and the
    lawful one: 60 days to 05-04, in the holidays, so 05-06; 90 to 06-03; six months to 09-05,
    twelve to 2025-03-05. Both readings are shown, the earlier first, and the limit names it."""
    policy = Policy.model_validate({"wrong_notice": setting})
    desk = opened(date(2024, 3, 4), policy=policy).until(date(2024, 3, 5))
    sent_by_hand(desk.draft("does_not_exist", search_record="无").approve())
    found(desk.until(date(2024, 3, 20)), "wrong", **said)
    for name, last in (("remedy_reconsideration", asked), ("remedy_lawsuit", sued_until)):
        limit = desk.state.deadline(name)
        assert limit is not None
        assert limit.due.isoformat().endswith(last)
        assert limit.article.endswith("; setting wrong_notice")
    first = open_paths(desk.state)[0]
    assert first.remedy is t.ProceedingKind.RECONSIDERATION
    assert [r.due for r in first.readings] == sorted(r.due for r in first.readings if r.due)
    assert [r.value for r in first.readings] == ["longer_of_both", "as_missing"]
    assert {r.due for r in first.readings if r.chosen} == {first.until}


def test_a_path_that_was_open_by_a_missing_notice_is_over_when_it_turns_out_wrong() -> None:
    """Sent 2024-03-05 as without a notice: open to 2025-03-05. Found wrong on 06-03, by the setting
    that takes the longer period 60 days: over since 05-06."""
    policy = Policy.model_validate({"wrong_notice": "longer_of_both"})
    desk = opened(date(2024, 3, 4), policy=policy).until(date(2024, 3, 5))
    desk.draft("does_not_exist", search_record="无").approve()
    sent_by_hand(desk, t.NoticeOfRemedy.MISSING)
    assert desk.until(date(2024, 6, 3)).due("remedy_reconsideration") == date(2025, 3, 5)
    found(desk, "wrong")
    assert desk.due("remedy_reconsideration") is None
    assert [(gone.name, gone.on) for gone in desk.state.path_lapses] == [
        ("remedy_reconsideration", date(2024, 5, 7))
    ]
    assert desk.refolded() == desk.state


def test_the_three_months_of_before_may_2015() -> None:
    """cn-2008. Known 2015-01-20: three months, to 04-20, over before the new law. Known 2015-02-02:
    not run out on 05-01, so six months, to Sunday 08-02 and on to 08-03 (SPC interpretation 2015
    no. 9 art 26). Known 2015-05-04: six, to 11-04."""
    for known, until in (
        (date(2015, 1, 20), date(2015, 4, 20)),
        (date(2015, 2, 2), date(2015, 8, 3)),
        (date(2015, 5, 4), date(2015, 11, 4)),
    ):
        assert replied(date(2015, 1, 12), known).due("remedy_lawsuit") == until


def test_a_lapsed_path_closes_at_midnight_and_the_case_can_rest() -> None:
    desk = replied(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 5, 7))
    assert desk.events[-1].what == f.RemedyLapsed(
        limit="remedy_reconsideration", due=date(2024, 5, 6)
    )
    assert desk.due("remedy_reconsideration") is None
    assert desk.due("remedy_lawsuit") == date(2024, 9, 5)
    desk.until(date(2024, 9, 6))
    assert desk.state.deadlines == ()
    assert idle_until(desk.state) is not None


@pytest.mark.parametrize(
    ("kind", "place", "court"),
    [
        (t.OrganKind.DEPARTMENT, [t.Place.OWN_GOVERNMENT], t.CourtLevel.BASIC),
        (t.OrganKind.GOVERNMENT, [t.Place.HIGHER_GOVERNMENT], t.CourtLevel.INTERMEDIATE),
        (t.OrganKind.TOWNSHIP_GOVERNMENT, [t.Place.HIGHER_GOVERNMENT], t.CourtLevel.BASIC),
        (t.OrganKind.PROVINCE_GOVERNMENT, [t.Place.ITSELF], t.CourtLevel.INTERMEDIATE),
        (t.OrganKind.STATE_COUNCIL_DEPARTMENT, [t.Place.ITSELF], t.CourtLevel.INTERMEDIATE),
        (t.OrganKind.CUSTOMS, [t.Place.SUPERIOR_DEPARTMENT], t.CourtLevel.INTERMEDIATE),
        (t.OrganKind.VERTICAL, [t.Place.SUPERIOR_DEPARTMENT], t.CourtLevel.BASIC),
        (t.OrganKind.STREET_OFFICE, [t.Place.FOUNDING_GOVERNMENT], t.CourtLevel.BASIC),
        (
            t.OrganKind.JUSTICE_DEPARTMENT,
            [t.Place.OWN_GOVERNMENT, t.Place.SUPERIOR_DEPARTMENT],
            t.CourtLevel.BASIC,
        ),
        (t.OrganKind.ORGANISATION, [t.Place.RUNNING_GOVERNMENT], t.CourtLevel.BASIC),
        (t.OrganKind.OUTPOST, [t.Place.OWN_GOVERNMENT], t.CourtLevel.BASIC),
        (
            t.OrganKind.DISTRICT_OUTPOST,
            [t.Place.OWN_GOVERNMENT, t.Place.LOCAL_GOVERNMENT],
            t.CourtLevel.BASIC,
        ),
        (t.OrganKind.STATE_COUNCIL_ORGANISATION, [t.Place.PARENT_DEPARTMENT], t.CourtLevel.BASIC),
        (t.OrganKind.STATE_COUNCIL_OUTPOST, [t.Place.PARENT_DEPARTMENT], t.CourtLevel.BASIC),
        (None, [], None),
    ],
)
def test_where_to_go_follows_from_what_the_organ_is(
    kind: t.OrganKind | None, place: list[t.Place], court: t.CourtLevel | None
) -> None:
    law = load_remedy_law(OrganProfile(kind=kind))
    found, article = destinations(law, date(2024, 3, 5))
    assert [d.place for d in found] == place
    assert bool(article) == bool(place)
    there = court_rule(law, date(2024, 3, 5))
    assert (there.level if there else None) == court


@pytest.mark.parametrize("kind", t.OrganKind)
def test_every_kind_of_organ_has_a_place_and_a_court_before_2024_and_since(
    kind: t.OrganKind,
) -> None:
    law = load_remedy_law(OrganProfile(kind=kind))
    for day in (date(2015, 4, 30), date(2023, 12, 31), date(2024, 1, 1)):
        assert destinations(law, day)[0]
        assert court_rule(law, day)


# -- silence --------------------------------------------------------------------------------------


def test_silence_opens_its_own_remedies_and_a_late_reply_closes_them() -> None:
    """Arrived 2024-03-04, due 04-01; silent. 60 days to 05-31; a suit only afterwards (setting)."""
    desk = opened(date(2024, 3, 4))
    assert desk.due() == date(2024, 4, 1)
    desk.until(date(2024, 4, 2))
    assert "inaction_opened" in kinds(desk)
    assert desk.due("remedy_reconsideration", "silence") == date(2024, 5, 31)
    assert desk.due("remedy_lawsuit", "silence") is None
    sent_by_hand(desk.draft("does_not_exist", search_record="无").approve())
    assert desk.due("remedy_reconsideration", "silence") is None
    assert desk.due("remedy_reconsideration") == date(2024, 6, 3)  # 06-01 is a Saturday


def test_silence_before_2024_may_be_sued_over_for_six_months() -> None:
    """Due 2023-03-31 (arrived 03-03); six months end on Saturday 09-30, in the autumn holidays
    (09-29 to 10-06; 10-07 and 08 worked): 2023-10-07."""
    desk = opened(date(2023, 3, 3)).until(date(2023, 4, 1))
    silence = desk.state.deadline("remedy_lawsuit", "silence")
    assert silence is not None
    assert silence.due == date(2023, 10, 7)
    assert silence.article == "litigation interpretation 2018 art 66"


# -- reconsideration ------------------------------------------------------------------------------


def test_the_answer_is_due_ten_working_days_after_the_copy() -> None:
    """Copy on 2024-04-25: 26, 28 (worked Sunday), 29, 30 (4), 05-06 to 10 (9), 05-11 worked
    Saturday (10)."""
    desk = refused(date(2024, 3, 4), date(2024, 3, 20)).until(date(2024, 4, 25))
    reconsidered(desk, accepted=date(2024, 4, 22))
    assert desk.due("reconsideration_answer", "r1") == date(2024, 5, 11)
    assert desk.due("reconsideration_decision", "r1") == date(2024, 6, 21)  # 60 days from 04-22
    assert [(x.kind, x.role, x.due) for x in tasks(desk.state)] == [
        ("answer_submitted", Role.LEGAL, date(2024, 5, 11))
    ]
    desk.until(date(2024, 5, 8)).do(Role.LEGAL, f.AnswerSubmitted(ref="r1"))
    assert desk.due("reconsideration_answer", "r1") is None


def test_a_decision_that_comes_after_all_may_be_sued_over_although_the_silence_no_longer_may() -> (
    None
):
    """Accepted 2024-04-03, 60 days to Sunday 06-02: 06-03. Silent; 15 days to 06-18, unused. The
    decision is served on 07-05: 15 days from there, to Saturday 07-20: 07-22 (art 45)."""
    desk = refused(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 4, 5))
    reconsidered(desk, accepted=date(2024, 4, 3)).until(date(2024, 7, 5))
    assert desk.due("remedy_lawsuit", "r1") is None
    decided(desk, "upheld")
    assert desk.due("remedy_lawsuit", "r1") == date(2024, 7, 22)
    desk.until(date(2024, 7, 23))
    assert kinds(desk)[-1] == "remedy_lapsed"
    assert desk.due("remedy_lawsuit", "r1") is None


def test_simplified_turned_ordinary_gives_ten_days_from_the_same_copy() -> None:
    """Copy on 2024-06-03 (Monday): five working days to 06-11 (10th off); ten to 06-18."""
    desk = refused(date(2024, 3, 4), date(2024, 3, 20)).until(date(2024, 6, 3))
    reconsidered(desk, simplified=True, accepted=date(2024, 5, 31))
    assert desk.due("reconsideration_answer", "r1") == date(2024, 6, 11)
    assert desk.due("reconsideration_decision", "r1") == date(2024, 7, 1)  # 30 d: Sunday 06-30
    change = f.ReconsiderationProcedureChanged(ref="r1", simplified=False)
    desk.until(date(2024, 6, 5)).do(Role.LEGAL, change)
    assert desk.due("reconsideration_answer", "r1") == date(2024, 6, 18)
    assert desk.due("reconsideration_decision", "r1") == date(2024, 7, 30)


def test_before_2024_the_ten_days_of_the_answer_were_calendar_days() -> None:
    """Copy on 2023-12-22: ten days end on 2024-01-01, a holiday: 01-02."""
    desk = refused(date(2023, 11, 1), date(2023, 11, 20)).until(date(2023, 12, 22))
    reconsidered(desk)
    assert desk.due("reconsideration_answer", "r1") == date(2024, 1, 2)


def test_suspension_and_extension_move_the_decision() -> None:
    """Accepted 2024-04-22, 60 days to 06-21. Suspended 05-10, resumed 05-20: ten days more, to
    07-01. Extended by 30: 07-31."""
    desk = refused(date(2024, 3, 4), date(2024, 3, 20)).until(date(2024, 4, 25))
    reconsidered(desk, accepted=date(2024, 4, 22)).until(date(2024, 5, 10))
    desk.do(Role.LEGAL, f.ProceedingSuspended(ref="r1", reason="等待另案"))
    assert desk.due("reconsideration_decision", "r1") is None
    desk.until(date(2024, 5, 20)).do(Role.LEGAL, f.ProceedingResumed(ref="r1"))
    assert desk.due("reconsideration_decision", "r1") == date(2024, 7, 1)
    desk.do(Role.LEGAL, f.ReconsiderationExtended(ref="r1", calendar_days=30))
    assert desk.due("reconsideration_decision", "r1") == date(2024, 7, 31)
    days = desk.events[-1].deadlines[0].ledger
    assert sum(span.counted for span in days) == 90
    assert [s.why for s in days] == ["period", "suspension", "period", "extension"]


def test_the_ladder_of_the_answer_climbs_from_legal() -> None:
    desk = refused(date(2024, 3, 4), date(2024, 3, 20)).until(date(2024, 6, 3))
    reconsidered(desk).until(date(2024, 6, 22))
    alarms = [
        (a.step, a.instant.strftime("%m-%d"), a.to)
        for e in desk.events
        if isinstance(a := e.what, f.AlarmRaised) and a.limit == "reconsideration_answer"
    ]
    assert alarms == [
        ("reminder_5", "06-11", "legal"),
        ("reminder_3", "06-13", "legal"),
        ("reminder_1", "06-17", "legal"),
        ("last_day", "06-18", "leader_in_charge"),
        ("overdue", "06-19", "supervisor"),
        ("overdue_again", "06-20", "supervisor"),
        ("overdue_higher", "06-21", "principal_leader"),
    ]


def test_a_decision_opens_fifteen_days_to_sue_and_an_undecided_one_too() -> None:
    """Served on the applicant 2024-06-20: 07-05. Not decided by 06-21: fifteen days to 07-08
    (07-06 is a Saturday)."""
    desk = refused(date(2024, 3, 4), date(2024, 3, 20)).until(date(2024, 4, 25))
    reconsidered(desk, accepted=date(2024, 4, 22)).until(date(2024, 6, 21))
    silent = Desk(desk.state, desk.day, desk.start, list(desk.events), desk.numbers)
    decided(desk, "upheld", served_applicant=date(2024, 6, 20))
    assert desk.due("remedy_lawsuit", "r1") == date(2024, 7, 5)
    silent.until(date(2024, 6, 22))
    assert silent.due("remedy_lawsuit", "r1") == date(2024, 7, 8)
    desk.until(date(2024, 7, 1))
    sued(desk, after="r1", co_defendant="某县人民政府（虚构）")
    assert desk.due("remedy_lawsuit", "r1") is None
    suit = desk.state.proceeding("s1")
    assert suit is not None
    assert suit.route is t.Route.AFTER_RECONSIDERATION


# -- litigation -----------------------------------------------------------------------------------


def test_the_defence_is_due_after_fifteen_days_and_before_may_2015_after_ten() -> None:
    """Copy 2015-04-22: ten days to Saturday 05-02, in the holiday: 05-04.
    Copy 2015-05-04: 05-19."""
    before = replied(date(2015, 3, 2), date(2015, 3, 20)).until(date(2015, 4, 22))
    assert sued(before).due("litigation_defence", "s1") == date(2015, 5, 4)
    after = replied(date(2015, 3, 2), date(2015, 3, 20)).until(date(2015, 5, 4))
    assert sued(after).due("litigation_defence", "s1") == date(2015, 5, 19)


def test_a_judgment_served_on_the_eve_of_spring_festival() -> None:
    """Served Friday 2024-02-09: fifteen days to Saturday 02-24, moved to Monday 02-26; in effect
    on the 27th."""
    desk = replied(date(2023, 6, 1), date(2023, 6, 20)).until(date(2023, 9, 1))
    judged(sued(desk).until(date(2024, 2, 9)), "dismissed")
    assert desk.due("appeal", "s1") == date(2024, 2, 26)
    assert desk.due("appeal_other", "s1") == date(2024, 2, 26)
    desk.until(date(2024, 2, 27))
    suit = desk.state.proceeding("s1")
    assert suit is not None
    assert suit.effective == date(2024, 2, 27)
    assert not desk.state.contested
    assert result(suit) is t.Result.UPHELD


def test_a_reconsideration_turned_away_leaves_the_direct_suit_open_where_no_order_binds() -> None:
    """Handed over 2024-03-05: six months to 09-05. Turned away on 05-20: fifteen days against that
    to 06-04, and the reply itself may still be sued over. A refusal under art 16 may not."""
    desk = reconsidered(replied(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 5, 6)))
    assert desk.due("remedy_lawsuit") is None
    decided(desk.until(date(2024, 5, 20)), "rejected")
    assert desk.due("remedy_lawsuit", "r1") == date(2024, 6, 4)
    assert desk.due("remedy_lawsuit") == date(2024, 9, 5)
    bound = reconsidered(refused(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 5, 6)))
    decided(bound.until(date(2024, 5, 20)), "rejected")
    assert bound.due("remedy_lawsuit") is None
    assert bound.due("remedy_lawsuit", "r1") == date(2024, 6, 4)


def test_the_two_sides_have_their_own_days_to_appeal() -> None:
    """We got it 2024-03-01 (to 03-18, the 16th is a Saturday), the applicant on the 8th (to 03-25,
    the 23rd is one): in effect on 03-26."""
    desk = replied(date(2023, 6, 1), date(2023, 6, 20)).until(date(2023, 9, 1))
    judged(sued(desk).until(date(2024, 3, 1)), "dismissed")
    desk.until(date(2024, 3, 11))
    desk.do(Role.LEGAL, f.JudgmentServedOnOther(ref="s1"), date(2024, 3, 8))
    assert desk.due("appeal", "s1") == date(2024, 3, 18)
    assert desk.due("appeal_other", "s1") == date(2024, 3, 25)
    desk.until(date(2024, 3, 26))
    suit = desk.state.proceeding("s1")
    assert suit is not None
    assert suit.effective == date(2024, 3, 26)


def test_a_ruling_that_turns_a_suit_away_may_be_appealed_for_ten_days() -> None:
    """Served 2024-03-01: Monday 03-11."""
    desk = replied(date(2023, 6, 1), date(2023, 6, 20)).until(date(2023, 9, 1))
    judged(sued(desk).until(date(2024, 3, 1)), "rejected", form="ruling")
    assert desk.due("appeal", "s1") == date(2024, 3, 11)


def test_both_sides_appeal_and_the_second_instance_affirms() -> None:
    desk = replied(date(2023, 6, 1), date(2023, 6, 20)).until(date(2023, 9, 1))
    judged(sued(desk).until(date(2024, 3, 1)), "annulled", orders_reply=True, costs="50.00")
    desk.until(date(2024, 3, 12)).do(Role.LEGAL, f.AppealFiled(ref="s1", by=t.Side.AGENCY))
    desk.until(date(2024, 3, 14)).do(Role.LEGAL, f.AppealFiled(ref="s1", by=t.Side.APPLICANT))
    with pytest.raises(Refusal) as twice:
        desk.do(Role.LEGAL, f.AppealFiled(ref="s1", by=t.Side.AGENCY))
    assert twice.value.code is Code.ALREADY_APPEALED
    desk.until(date(2024, 4, 1))
    assert desk.state.contested
    sued(desk, "s2", instance="second", after="s1").until(date(2024, 6, 11))
    judged(desk, "affirmed", "s2")
    first, second = desk.state.proceedings
    assert (first.effective, second.effective) == (date(2024, 6, 11), date(2024, 6, 11))
    # twenty working days from the day after: 06-12 to 14 (3), 17-21 (8), 24-28 (13), 07-01 to 05
    # (18), 08, 09 (20)
    desk.until(date(2024, 6, 12))
    assert desk.due() == date(2024, 7, 9)


def retried(outcome: str, **more: object) -> Desk:
    """A suit dismissed, in effect, and retried with `outcome` on 2024-09-03."""
    desk = replied(date(2023, 6, 1), date(2023, 6, 20)).until(date(2023, 9, 1))
    judged(sued(desk).until(date(2024, 3, 1)), "dismissed").until(date(2024, 7, 1))
    assert desk.state.proceedings[0].effective == date(2024, 3, 19)
    sued(desk, "s2", instance="retrial", after="s1", **more).until(date(2024, 9, 3))
    return judged(desk, outcome, "s2", orders_reply=outcome == "annulled").until(date(2024, 9, 4))


def test_a_retrial_under_the_first_instance_procedure_can_be_appealed() -> None:
    """The judgment was of the first instance: so is the procedure (2018 art 119). Fifteen days from
    2024-09-03 to Wednesday 09-18; in effect on 09-19. Twenty working days after that: 09-20 (1), 23
    to 27 (6), Sunday 29 and 30 (8), 10-08 to 12 with a worked Saturday (13), 14 to 18 (18), 10-22.
    """
    desk = retried("annulled")
    assert (desk.due("appeal", "s2"), desk.due("appeal_other", "s2")) == (date(2024, 9, 18),) * 2
    first, second = desk.state.proceedings
    assert (first.overturned, second.effective, desk.due()) == (False, None, None)
    desk.until(date(2024, 9, 20))
    first, second = desk.state.proceedings
    assert (first.overturned, second.effective) == (True, date(2024, 9, 19))
    assert desk.due() == date(2024, 10, 22)


def test_the_appeal_against_a_retrial_decides_what_becomes_of_the_judgment_before_it() -> None:
    desk = retried("annulled").do(
        Role.LEGAL, f.AppealFiled(ref="s2", by=t.Side.AGENCY), date(2024, 9, 4)
    )
    sued(desk, "s3", instance="second", after="s2").until(date(2024, 12, 2))
    kept = judged(desk, "affirmed", "s3")
    assert [(p.effective, p.overturned) for p in kept.state.proceedings] == [
        (date(2024, 3, 19), True),
        (date(2024, 12, 2), False),
        (date(2024, 12, 2), False),
    ]
    kept.until(date(2024, 12, 3))
    assert kept.state.opened_by == "s2"


@pytest.mark.parametrize(("outcome", "before"), [("remanded", False), ("changed", True)])
def test_an_appeal_that_does_away_with_a_retrial(outcome: str, before: bool) -> None:
    """Sent back, the first judgment holds until the retrial after that; changed, it is gone."""
    desk = sued(retried("annulled"), "s3", instance="second", after="s2").until(date(2024, 12, 2))
    judged(desk, outcome, "s3")
    assert [p.overturned for p in desk.state.proceedings] == [before, True, False]
    if outcome == "remanded":
        sued(desk, "s4", instance="retrial", after="s2").until(date(2025, 3, 3))
        judged(desk, "annulled", "s4").until(date(2025, 4, 1))
        assert desk.state.proceedings[0].overturned


def test_a_retrial_that_a_higher_court_took_to_itself_takes_effect_on_its_service() -> None:
    """Retried and annulled on 2024-09-03: twenty working days from the day after. 09-04 to 06 (3),
    09 to 14 with a worked Saturday (9), 18 to 20 (12), 23 to 27 (17), Sunday 29 and 30 (19), and
    after the holiday week 10-08 (20).
    """
    desk = retried("annulled", procedure="second")
    assert desk.state.proceedings[1].effective == date(2024, 9, 3)
    assert desk.state.proceedings[0].overturned
    assert desk.due("appeal", "s2") is None
    assert desk.due() == date(2024, 10, 8)


def test_a_judgment_of_second_instance_is_retried_under_its_procedure() -> None:
    desk = replied(date(2023, 6, 1), date(2023, 6, 20)).until(date(2023, 9, 1))
    judged(sued(desk).until(date(2024, 3, 1)), "dismissed").until(date(2024, 3, 12))
    desk.do(Role.LEGAL, f.AppealFiled(ref="s1", by=t.Side.APPLICANT)).until(date(2024, 4, 1))
    sued(desk, "s2", instance="second", after="s1").until(date(2024, 5, 20))
    judged(desk, "affirmed", "s2").until(date(2024, 7, 1))
    for ref, after in (("s3", "s2"), ("s4", "s1")):
        sued(desk, ref, instance="retrial", after=after)
        judged(desk, "dismissed", ref)
        ended = desk.state.proceeding(ref)
        assert ended is not None
        assert (ended.procedure, ended.effective) == (t.Procedure.SECOND, date(2024, 7, 1))


def test_either_side_may_ask_for_a_retrial_within_six_months_of_the_effect() -> None:
    """In effect on 2024-03-19: to 09-19. A retrial that was asked for closes it, whenever the copy
    came; one asked for after it is warned of."""
    desk = replied(date(2023, 6, 1), date(2023, 6, 20)).until(date(2023, 9, 1))
    judged(sued(desk).until(date(2024, 3, 1)), "dismissed").until(date(2024, 3, 20))
    assert desk.due("remedy_retrial", "s1") == date(2024, 9, 19)
    (path,) = (p for p in open_paths(desk.state) if p.retrial)
    assert (path.ref, path.until) == ("s1", date(2024, 9, 19))
    assert path.article == "litigation interpretation 2018 art 110"
    desk.until(date(2024, 10, 8))
    lapse = f.RemedyLapsed(limit="remedy_retrial", ref="s1", due=date(2024, 9, 19))
    assert desk.events[-1].what == lapse

    late = copy(desk)
    sued(late, "s2", instance="retrial", after="s1")
    assert list(late.events[-1].warnings) == ["remedy_late"]
    sued(desk, "s2", instance="retrial", after="s1", filed=date(2024, 9, 19))
    assert not desk.events[-1].warnings
    assert lapse not in [entry.what for entry in desk.state.happened]


def test_the_last_word_of_the_instances_is_what_can_be_retried() -> None:
    """Affirmed on service, 2024-06-11: to 12-11, and no more from the first instance."""
    desk = replied(date(2023, 6, 1), date(2023, 6, 20)).until(date(2023, 9, 1))
    judged(sued(desk).until(date(2024, 3, 1)), "dismissed").until(date(2024, 3, 12))
    desk.do(Role.LEGAL, f.AppealFiled(ref="s1", by=t.Side.APPLICANT)).until(date(2024, 4, 1))
    sued(desk, "s2", instance="second", after="s1").until(date(2024, 6, 11))
    judged(desk, "affirmed", "s2")
    assert desk.due("remedy_retrial", "s2") == date(2024, 12, 11)
    assert desk.due("remedy_retrial", "s1") is None


# -- the State Council ----------------------------------------------------------------------------

PROVINCE = OrganProfile(kind=t.OrganKind.PROVINCE_GOVERNMENT, name="某省人民政府（虚构）")


def upheld_by_itself(organ: OrganProfile = PROVINCE) -> Desk:
    """Refused, reconsidered by the organ itself or another, and upheld on 2024-05-20."""
    desk = Desk.open(date(2024, 3, 4), case_law=contested(organ=organ)).assign()
    desk.until(date(2024, 3, 5)).draft("does_not_exist", search_record="档案室，王某").approve()
    reconsidered(sent_by_hand(desk).until(date(2024, 4, 1))).until(date(2024, 5, 20))
    return decided(desk, "upheld")


def test_what_a_province_decided_on_its_own_act_may_end_with_the_state_council() -> None:
    desk = upheld_by_itself()
    assert desk.due("remedy_lawsuit", "r1") == date(2024, 6, 4)
    (path,) = (p for p in open_paths(desk.state) if p.final)
    assert (path.ref, path.until, path.article) == (
        "r1",
        None,
        "Administrative Reconsideration Law 2023 art 26",
    )
    reconsidered(desk, "r2", organ="国务院", after="r1").until(date(2024, 5, 21))
    assert desk.due("remedy_lawsuit", "r1") is None
    decided(desk.until(date(2024, 7, 1)), "upheld", "r2")
    assert [p.remedy for p in open_paths(desk.state)] == [t.ProceedingKind.COMPLAINT]
    assert desk.due("remedy_lawsuit", "r2") is None


def test_a_suit_closes_the_way_to_the_state_council() -> None:
    desk = sued(upheld_by_itself(), after="r1")
    assert not any(p.final for p in open_paths(desk.state))


def test_a_ruling_asked_for_in_time_undoes_the_lapse_of_the_suit() -> None:
    desk = upheld_by_itself().until(date(2024, 6, 10))
    lapse = f.RemedyLapsed(limit="remedy_lawsuit", ref="r1", due=date(2024, 6, 4))
    assert desk.events[-1].what == lapse
    reconsidered(desk, "r2", after="r1", filed=date(2024, 6, 3))
    assert lapse not in [entry.what for entry in desk.state.happened]


def test_nobody_else_s_decision_goes_to_the_state_council() -> None:
    county = upheld_by_itself(COUNTY)
    assert not any(p.final for p in open_paths(county.state))
    with pytest.raises(Refusal) as refused_:
        reconsidered(county, "r2", after="r1")
    assert refused_.value.code is Code.NO_RULING


def test_an_appeal_withdrawn_after_the_judgment_lets_it_stand() -> None:
    desk = replied(date(2023, 6, 1), date(2023, 6, 20)).until(date(2023, 9, 1))
    judged(sued(desk).until(date(2024, 3, 1)), "dismissed").until(date(2024, 3, 12))
    desk.do(Role.LEGAL, f.AppealFiled(ref="s1", by=t.Side.APPLICANT)).until(date(2024, 4, 1))
    sued(desk, "s2", instance="second", after="s1").until(date(2024, 5, 20))
    judged(desk, "appeal_withdrawn", "s2", form="ruling")
    first = desk.state.proceedings[0]
    assert (first.effective, first.overturned) == (date(2024, 5, 20), False)
    assert not desk.state.contested


def test_a_suit_withdrawn_in_the_second_instance_takes_the_judgment_with_it() -> None:
    desk = replied(date(2023, 6, 1), date(2023, 6, 20)).until(date(2023, 9, 1))
    judged(sued(desk).until(date(2024, 3, 1)), "annulled", orders_reply=True)
    desk.until(date(2024, 3, 12)).do(Role.LEGAL, f.AppealFiled(ref="s1", by=t.Side.AGENCY))
    desk.until(date(2024, 4, 1))
    sued(desk, "s2", instance="second", after="s1").until(date(2024, 5, 20))
    judged(desk, "withdrawn", "s2", form="ruling").until(date(2024, 5, 21))
    assert desk.state.proceedings[0].overturned
    assert desk.state.rounds == ()
    assert not desk.state.contested


# -- complaint ------------------------------------------------------------------------------------


def test_a_complaint_is_answered_within_the_office_s_own_days_and_its_outcome_recorded() -> None:
    """Fifteen working days from 2024-05-20: 21-24 (4), 27-31 (9), 06-03 to 07 (14), 06-11 (15)."""
    desk = refused(date(2024, 3, 4), date(2024, 3, 20)).until(date(2024, 5, 20))
    received = f.ComplaintReceived(ref="c1", organ="某市人民政府办公室（虚构）")
    desk.do(Role.LEGAL, received)
    assert desk.due("complaint_answer", "c1") == date(2024, 6, 11)
    desk.until(date(2024, 6, 3)).do(Role.LEGAL, f.AnswerSubmitted(ref="c1"))
    ended = f.ComplaintDecided(ref="c1", outcome=t.ComplaintOutcome.CRITICISED)
    desk.until(date(2024, 7, 1)).do(Role.LEGAL, ended)
    desk.do(
        Role.DISCLOSURE_HEAD,
        f.AccountabilityRecorded(
            ref="c1", measure=t.Measure.CRITICISM, article="art 53", text="通报批评"
        ),
    )
    assert [a.measure for a in desk.state.accountability] == [t.Measure.CRITICISM]
    assert not desk.state.contested


# -- several at once, hearings, rest --------------------------------------------------------------


def test_a_case_does_not_rest_while_anything_may_come_of_a_proceeding() -> None:
    desk = replied(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 4, 8))
    sued(desk)
    desk.do(Role.LEGAL, f.ComplaintReceived(ref="c1", organ="某市人民政府办公室（虚构）"))
    desk.until(date(2026, 3, 2))
    assert idle_until(desk.state) is None
    judged(desk, "dismissed").until(date(2026, 3, 18))
    assert idle_until(desk.state) is None
    ended = f.ComplaintDecided(ref="c1", outcome=t.ComplaintOutcome.UNFOUNDED)
    desk.do(Role.LEGAL, ended)
    rest = idle_until(desk.state)
    assert rest is not None
    assert rest.date() == date(2027, 3, 19)
    assert desk.refolded() == desk.state


def test_a_hearing_is_called_moved_and_cancelled() -> None:
    desk = replied(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 4, 8))
    sued(desk)
    for day in (10, 17):
        at = datetime.fromisoformat(f"2024-05-{day}T09:30:00+08:00")
        desk.do(Role.LEGAL, f.HearingSet(ref="s1", hearing="h1", at=at, place="第三法庭"))
    assert desk.due("hearing", "s1/h1") == date(2024, 5, 17)
    desk.do(Role.LEGAL, f.HearingCancelled(ref="s1", hearing="h1"))
    assert desk.due("hearing", "s1/h1") is None


def test_a_hearing_is_over_at_midnight_and_another_may_be_called() -> None:
    desk = sued(replied(date(2024, 3, 4), date(2024, 3, 5)).until(date(2024, 5, 6)))
    at = datetime.fromisoformat("2024-05-10T09:30:00+08:00")
    desk.do(Role.LEGAL, f.HearingSet(ref="s1", hearing="h1", at=at)).until(date(2024, 5, 10))
    assert desk.due("hearing", "s1/h1") == date(2024, 5, 10)
    desk.until(date(2024, 5, 11))
    assert desk.due("hearing", "s1/h1") is None
    assert desk.events[-1].what == f.HearingPassed(ref="s1", hearing="h1")
    again = datetime.fromisoformat("2024-05-20T09:30:00+08:00")
    desk.do(Role.LEGAL, f.HearingSet(ref="s1", hearing="h1", at=again))
    assert desk.due("hearing", "s1/h1") == date(2024, 5, 20)


def test_a_case_with_an_open_proceeding_is_no_error_of_registration() -> None:
    desk = reconsidered(opened(date(2024, 3, 4)).until(date(2024, 4, 8)), against="inaction")
    with pytest.raises(Refusal) as no:
        desk.do(Role.INTAKE, f.Voided(reason="重复登记"))
    assert no.value.code is Code.PROCEEDING_OPEN
    decided(desk, "rejected").do(Role.INTAKE, f.Voided(reason="重复登记"))
    assert status(desk.state) is Status.VOID
    assert idle_until(desk.state) is not None


def test_a_case_registered_before_there_was_a_law_of_remedies_says_so() -> None:
    desk = Desk.open(date(2024, 3, 4)).ready().dispatch()
    assert [limit.name for limit in desk.state.deadlines] == ["delivery_check"]
    with pytest.raises(Refusal) as no:
        reconsidered(desk)
    assert no.value.code is Code.REMEDY_LAW_MISSING
