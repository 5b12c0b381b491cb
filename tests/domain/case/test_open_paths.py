"""What a person is told is open: from the limits of the case, with order and place."""

from datetime import date

from domain.case import facts as f
from domain.case.answers.open_paths import OpenPath, open_paths
from domain.case.answers.path_readings import path_readings
from domain.case.people import Role
from domain.remedies import terms as t
from tests.domain.case.desk import Desk
from tests.domain.case.remedies import decided, opened, reconsidered, refused, sent_by_hand

REPLY_2012 = "SPC reply (2012) Xing Ta Zi no. 11"


def ways(desk: Desk) -> dict[str, OpenPath]:
    return {path.remedy.value: path for path in open_paths(desk.state)}


def test_after_a_refusal_the_suit_waits_for_the_reconsideration() -> None:
    found = ways(refused(date(2024, 3, 4), date(2024, 3, 5)))
    first, suit, complaint = (found[k] for k in ("reconsideration", "litigation", "complaint"))
    assert (first.until, first.order) == (date(2024, 5, 6), t.RemedyOrder.RECONSIDERATION_FIRST)
    assert [o.name for o in first.organs] == ["某县人民政府（虚构）"]
    assert (suit.until, suit.after_days, suit.court) == (None, 15, None)
    assert (complaint.until, complaint.article) == (None, "art 51")
    assert not any(path.unsettled for path in found.values())


def test_a_decision_opens_the_court_and_closes_the_rest() -> None:
    desk = refused(date(2024, 3, 4), date(2024, 3, 20)).until(date(2024, 4, 25))
    decided(reconsidered(desk).until(date(2024, 6, 20)), "upheld")
    found = ways(desk)
    assert "reconsideration" not in found
    assert (found["litigation"].ref, found["litigation"].until) == ("r1", date(2024, 7, 5))


def test_silence_is_unsettled_and_says_so() -> None:
    found = ways(opened(date(2024, 3, 4)).until(date(2024, 4, 2)))
    first = found["reconsideration"]
    assert (first.against, first.unsettled, first.ref) == (t.Against.INACTION, True, None)
    assert first.until == date(2024, 5, 31)
    assert found["litigation"].after_days == 15


def test_both_ways_are_open_where_no_order_holds() -> None:
    desk = opened(date(2024, 3, 4)).until(date(2024, 3, 5))
    sent_by_hand(desk.draft("does_not_exist", search_record="无").approve())
    found = ways(desk)
    assert found["litigation"].until == date(2024, 9, 5)
    assert found["reconsideration"].order is t.RemedyOrder.EITHER


def test_before_delivery_nothing_runs_and_the_outer_bounds_are_said() -> None:
    """Posted 2024-03-05: five years, and twenty over land, from that day."""
    desk = opened(date(2024, 3, 4)).until(date(2024, 3, 5))
    desk.draft("does_not_exist", search_record="无").approve().dispatch()
    found = ways(desk)
    asked, suit = found["reconsideration"], found["litigation"]
    assert (asked.until, suit.until) == (None, None)
    assert [(b.kind, b.n, b.until) for b in asked.bounds] == [
        ("since_known", 60, None),
        ("not_told", 12, None),
        ("longest", 60, date(2029, 3, 5)),
        ("longest_land", 240, date(2044, 3, 5)),
    ]
    assert [b.article for b in suit.bounds] == [
        "Administrative Litigation Law art 46",
        "litigation interpretation 2018 art 64",
        "Administrative Litigation Law art 46(2)",
        "Administrative Litigation Law art 46(2)",
    ]
    desk.until(date(2024, 3, 11)).do(Role.HANDLER, f.Delivered())
    assert ways(desk)["litigation"].until == date(2024, 9, 11)
    assert ways(desk)["litigation"].bounds == ()


def test_before_2024_reconsideration_has_no_outer_bound_and_is_open_all_the_same() -> None:
    desk = opened(date(2023, 3, 3)).until(date(2023, 3, 20))
    desk.draft("does_not_exist", search_record="无").approve().dispatch()
    assert [(b.kind, b.n, b.article) for b in ways(desk)["reconsideration"].bounds] == [
        ("since_known", 60, "Administrative Reconsideration Law 1999 art 9"),
        ("not_told", 12, f"{REPLY_2012}; litigation interpretation 2018 art 64"),
    ]


def test_nothing_is_open_before_the_reply_is_due_or_in_a_case_without_the_law() -> None:
    desk = opened(date(2024, 3, 4))
    assert open_paths(desk.state) == ()
    law = desk.state.law.model_copy(update={"remedies": None})
    assert open_paths(desk.state.model_copy(update={"law": law})) == ()


def test_where_no_text_settles_the_order_the_other_choice_says_its_paths() -> None:
    desk = opened(date(2024, 3, 4)).until(date(2024, 4, 2))
    (other,) = path_readings(desk.state, date(2024, 4, 2))
    assert (other.setting, other.value) == ("remedy_path_unsettled", "either")
    assert {path.remedy.value: path.until for path in other.paths} == {
        "reconsideration": date(2024, 5, 31),
        "litigation": date(2024, 10, 8),
    }
    settled = refused(date(2024, 3, 4), date(2024, 3, 5))
    assert path_readings(settled.state, date(2024, 3, 6)) == ()
