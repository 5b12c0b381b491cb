"""Suits as the figures count them: one, over appeal, remand and retrial; by the year of its end."""

from datetime import date
from typing import Any

import pytest

from domain.figures.annual import fill
from domain.figures.disputes import Dispute, DisputeStep, disputes
from domain.figures.forms import CountedCase, form
from domain.figures.results import COLUMNS, Disputed, in_column
from domain.policy import Policy
from domain.remedies.terms import Result


def step(ref: str, filed: str, kind: str = "litigation", **more: Any) -> DisputeStep:
    day = date.fromisoformat(filed)
    suit = {"instance": "first", "route": "direct"} if kind == "litigation" else {}
    fields: dict[str, Any] = {
        **dict.fromkeys(("instance", "route", "after", "outcome", "ended_on", "effective_on")),
        "reply_kind": "refused_internal",
        "ground": None,
        "against": "reply",
        **suit,
        **more,
    }
    for name in ("ended_on", "effective_on"):
        fields[name] = date.fromisoformat(fields[name]) if fields[name] else None
    return DisputeStep(ref=ref, kind=kind, filed_on=day, received_on=day, **fields)


def ended(outcome: str, on: str, effective: str | None = None) -> dict[str, Any]:
    return {"outcome": outcome, "ended_on": on, "effective_on": effective or on}


def only(*steps: DisputeStep) -> Dispute:
    (found,) = disputes(steps)
    return found


def years(dispute: Dispute) -> dict[int, list[str]]:
    """In which columns it stands, year by year."""
    counted = Disputed.of(dispute)
    columns = ("new", "carried_over", *COLUMNS)
    return {y: [c for c in columns if in_column(counted, c, y)] for y in (2023, 2024, 2025, 2026)}


def test_a_reconsideration_counts_in_the_year_of_its_end_and_is_pending_before() -> None:
    found = only(
        step("r1", "2024-11-20", "reconsideration", **ended("annulled", "2025-01-16"), ground="x")
    )
    assert (found.result, found.ground) == (Result.CORRECTED, "x")
    assert years(found) == {
        2023: [],
        2024: ["new", "pending", "total"],
        2025: ["carried_over", "corrected", "total"],
        2026: [],
    }


def test_a_suit_over_two_instances_is_one_and_ends_with_the_second() -> None:
    """Dismissed 2024-12-20, appealed, affirmed 2025-03-07: pending at the end of 2024."""
    first = step(
        "s1", "2024-06-03", **ended("dismissed", "2024-12-20", "2025-03-07"), ground="lawful"
    )
    second = step(
        "s2", "2025-01-10", instance="second", after="s1", **ended("affirmed", "2025-03-07")
    )
    found = only(second, first)
    assert found.steps == ("s1", "s2")
    assert (found.result, found.ground, found.done) == (Result.UPHELD, "lawful", date(2025, 3, 7))
    assert years(found)[2024] == ["new", "pending", "total"]
    assert years(found)[2025] == ["carried_over", "upheld", "total"]


@pytest.mark.parametrize(
    ("below", "above", "result"),
    [
        ("dismissed", "affirmed", Result.UPHELD),
        ("annulled", "affirmed", Result.CORRECTED),
        ("annulled", "appeal_withdrawn", Result.CORRECTED),
        ("dismissed", "annulled", Result.CORRECTED),
        ("annulled", "dismissed", Result.UPHELD),
        ("dismissed", "withdrawn", Result.OTHER),
        ("rejected", "affirmed", Result.OTHER),
    ],
)
def test_what_holds_after_an_appeal_is_what_counts(below: str, above: str, result: Result) -> None:
    first = step("s1", "2024-06-03", outcome=below, ended_on="2024-08-01")
    second = step("s2", "2024-09-02", instance="second", after="s1", **ended(above, "2024-12-02"))
    assert only(first, second).result is result


def test_a_judgment_without_effect_is_pending() -> None:
    found = only(step("s1", "2024-06-03", outcome="dismissed", ended_on="2024-12-20"))
    assert (found.result, found.done) == (Result.PENDING, None)


def test_a_remanded_suit_goes_on_and_stays_one() -> None:
    first = step("s1", "2024-01-08", outcome="dismissed", ended_on="2024-05-06")
    second = step(
        "s2", "2024-06-03", instance="second", after="s1", **ended("remanded", "2024-08-05")
    )
    assert only(first, second).result is Result.PENDING
    again = step("s3", "2024-08-20", after="s2", **ended("annulled", "2025-02-06", "2025-02-22"))
    found = only(first, second, again)
    assert found.steps == ("s1", "s2", "s3")
    assert (found.result, found.filed.year, found.done) == (
        Result.CORRECTED,
        2024,
        date(2025, 2, 22),
    )


def test_a_ruling_of_the_state_council_is_no_reconsideration_more() -> None:
    decided = step("r1", "2024-01-03", kind="reconsideration", **ended("upheld", "2024-03-01"))
    ruling = step(
        "r2", "2024-03-10", kind="reconsideration", after="r1", **ended("annulled", "2024-06-01")
    )
    (counted,) = disputes((decided, ruling))
    assert (counted.steps, counted.result) == (("r1",), Result.UPHELD)


def test_a_retrial_counts_for_itself_and_leaves_the_past_as_it_was() -> None:
    first = step("s1", "2023-01-09", **ended("dismissed", "2023-06-05", "2023-06-21"))
    retrial = step(
        "s2", "2025-03-03", instance="retrial", after="s1", **ended("annulled", "2025-09-01")
    )
    suit, later = disputes((first, retrial))
    without = Policy(retrial_counts="none")
    assert disputes((first, retrial), without) == (suit,)
    appealed = step("s3", "2025-10-08", instance="second", after="s2")
    assert disputes((first, retrial, appealed), without) == (suit,)
    assert (suit.result, suit.done) == (Result.UPHELD, date(2023, 6, 21))
    assert (later.result, later.filed.year) == (Result.CORRECTED, 2025)


def test_a_suit_after_a_reconsideration_is_another_dispute() -> None:
    asked = step("r1", "2024-01-08", "reconsideration", **ended("upheld", "2024-03-01"))
    suit = step("s1", "2024-03-11", after="r1", route="after_reconsideration")
    assert [(d.kind, d.steps) for d in disputes((asked, suit))] == [
        ("reconsideration", ("r1",)),
        ("litigation", ("s1",)),
    ]


def test_the_annex_of_2018_counts_each_suit_once_in_the_year_it_was_filed() -> None:
    steps = (
        step("c1", "2018-02-01", "complaint"),
        step("r1", "2018-03-01", "reconsideration", **ended("upheld", "2018-05-02")),
        step("s1", "2018-05-10", route="after_reconsideration", after="r1", outcome="dismissed"),
        step("s2", "2019-01-10", instance="second", after="s1"),
    )
    case = CountedCase(
        organ="gov",
        level="government",
        channel="in_person",
        received=2018,
        statute="cn-2008",
        remedies=tuple(Disputed.of(d) for d in disputes(steps)),
    )
    figures = {f.code: (f.year, f.cumulative) for f in fill(form(2018, {}), 2018, {case: 2}, {})}
    assert figures["complaints"] == (2, 2)
    assert figures["reconsiderations"] == (2, 2)
    assert figures["lawsuits"] == (2, 2)
    national = {f.code: f.year for f in fill(form(2019, {}), 2019, {case: 2}, {})}
    assert (national["litigation_after_pending"], national["litigation_after_total"]) == (2, 2)
    assert national["litigation_direct_total"] == national["reconsideration_total"] == 0
