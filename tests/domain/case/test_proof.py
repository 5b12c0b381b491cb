"""The proof of a limit, from the record alone."""

from contextlib import suppress
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.case import facts as f
from domain.case.act import Event
from domain.case.answers.explain import ExplainedSpan
from domain.case.answers.proof import Proof, limits_of, prove
from domain.case.people import Role
from domain.case.revising import revise
from domain.clock import Span
from domain.errors import YishenError
from domain.policy import Policy
from domain.statute import Channel, Party
from tests.domain.case.desk import Desk, law, noon
from tests.domain.case.remedies import decided, reconsidered, refused
from tests.domain.case.test_revising import fact

ANSWER = f.Answer.CONSENTS


def long_way() -> Desk:
    """Corrected, two consultations at once, extended, answered in time."""
    desk = Desk.open(date(2024, 9, 2)).assign()
    desk.until(date(2024, 9, 4)).notice()
    desk.until(date(2024, 9, 10)).do(Role.INTAKE, f.CorrectionReceived())
    desk.until(date(2024, 9, 18)).consult("t1")
    desk.until(date(2024, 9, 23)).consult("a2", Party.AGENCY)
    desk.until(date(2024, 9, 27))
    desk.do(Role.HANDLER, f.ConsultationAnswered(ref="t1", answer=ANSWER))
    desk.until(date(2024, 10, 10))
    desk.do(Role.HANDLER, f.ConsultationAnswered(ref="a2", answer=ANSWER))
    desk.until(date(2024, 10, 15))
    desk.do(Role.HANDLER, f.ExtensionAsked(working_days=20, reason="数量较多"))
    desk.do(Role.DISCLOSURE_HEAD, f.ExtensionGranted())
    return desk.until(date(2024, 10, 16)).do(Role.HANDLER, f.ExtensionTold())


def proof(desk: Desk, name: str = "reply", ref: str | None = None) -> Proof:
    return prove(desk.start, desk.events, name, ref)


def test_every_day_the_limit_had_stands_with_what_set_and_what_moved_it() -> None:
    found = proof(long_way())
    told = [
        (s.change.due, s.event.what.kind, s.ended.what.kind if s.ended else None)
        for s in found.settings
    ]
    assert told == [
        (date(2024, 9, 30), "registered", "correction_notice_sent"),
        (date(2024, 10, 14), "correction_received", "consultation_sent"),
        (date(2024, 10, 30), "consultation_answered", "extension_told"),
        (date(2024, 11, 27), "extension_told", None),
    ]
    assert found.same
    assert (found.standing.due, found.standing.cause) == (date(2024, 11, 27), "correction_received")
    assert found.standing.recorded


def test_spans_name_consultations_worked_weekends_and_how_many_days_so_far() -> None:
    lines = proof(long_way()).standing.lines
    out = [(line.first.day, line.last.day, line.refs) for line in lines if line.refs]
    assert out == [(19, 27, ("t1", "a2")), (28, 10, ("a2",))]
    worked = [day for line in lines for day in line.worked]
    assert worked == [date(2024, 9, 14), date(2024, 10, 12)]
    assert all(line.notice.startswith("https://") for line in lines if line.worked)
    assert lines[-1].total == 40
    assert [line.total for line in lines] == running_totals(lines)


def running_totals(lines: tuple[ExplainedSpan, ...]) -> list[int]:
    return [sum(line.counted for line in lines[: n + 1]) for n in range(len(lines))]


def test_only_what_bears_on_the_limit_is_told() -> None:
    kinds = [event.what.kind for event in proof(long_way().add()).bearing]
    assert "assigned" not in kinds
    assert "item_added" not in kinds
    assert kinds[0] == "registered"
    assert "extension_told" in kinds


def test_the_proof_as_of_an_entry_knows_nothing_that_came_later() -> None:
    desk = long_way()
    early = [event for event in desk.events if event.seq <= 4]
    found = prove(desk.start, early, "reply")
    assert found.standing.due is None
    assert found.settings[-1].ended is not None
    assert found.settings[-1].ended.seq == 4


def test_a_paused_count_shows_between_which_days_it_ends() -> None:
    desk = Desk.open(date(2024, 9, 9)).assign().until(date(2024, 9, 13)).consult()
    found = proof(desk)
    standing = found.standing
    assert standing.due is None
    assert standing.if_answered == date(2024, 10, 12)
    assert standing.latest is not None
    assert standing.lines[-1].last == standing.if_answered
    assert found.same


def test_a_reply_out_of_a_pause_is_counted_though_its_day_never_ran() -> None:
    desk = Desk.open(date(2024, 9, 9)).assign().until(date(2024, 9, 13))
    desk.consult("a1", Party.AGENCY).add().review().sign().draft().approve()
    found = proof(desk.until(date(2024, 9, 20)).dispatch())
    assert found.standing.due == found.reckoning.due
    assert not found.standing.recorded
    assert found.standing.met == date(2024, 9, 20)


def test_a_met_limit_keeps_the_proof_it_was_met_under() -> None:
    desk = Desk.open(date(2024, 9, 9)).assign().until(date(2024, 9, 13)).consult()
    desk.until(date(2024, 9, 20))
    desk.do(Role.HANDLER, f.ConsultationAnswered(ref="t1", answer=ANSWER))
    found = proof(desk, "third_party_answer", "t1")
    assert (found.standing.met, found.standing.recorded) == (date(2024, 9, 20), True)
    assert found.standing.cause == "letter_delivered"
    assert found.same


def test_a_limit_that_is_over_stands_by_the_days_it_had() -> None:
    """A working day less and one more, both before its end: newer days leave it where it was."""
    desk = Desk.open(date(2026, 3, 2)).assign().consult().until(date(2026, 3, 25))
    assert desk.state.consultations[0].silent
    swapped = fact(off=["2026-03-10"], work=["2026-03-07"])
    done = revise(desk.state, swapped, "newest", noon(desk.day))
    found = prove(desk.start, [*desk.events, *done.events], "third_party_answer", "t1")
    assert found.standing.due == date(2026, 3, 23)
    assert found.same


def test_another_ledger_than_recorded_is_said() -> None:
    desk = Desk.open(date(2024, 9, 9))
    assert ("reply", None) in limits_of(desk.events)
    wrong = [_with_another_due(event) for event in desk.events]
    found = prove(desk.start, wrong, "reply")
    assert not found.same
    assert found.standing.recount.due == date(2024, 10, 12)


def _with_another_due(event: Event) -> Event:
    changes = tuple(
        c.model_copy(
            update={
                "due": date(2024, 10, 14),
                "ledger": (*c.ledger, Span(date(2024, 10, 14), date(2024, 10, 14), 1, "x", "y")),
            }
        )
        if c.name == "reply"
        else c
        for c in event.deadlines
    )
    return event.model_copy(update={"deadlines": changes})


def test_a_last_day_that_stays_by_another_count_is_set_anew() -> None:
    """An extension told after a later limit was set moves no day: the limit was later already.
    What proves the day is another count all the same."""
    desk = Desk.open(date(2024, 9, 9)).assign().until(date(2024, 9, 20))
    desk.do(Role.DISCLOSURE_HEAD, f.LimitSet(until=date(2024, 12, 2), reason="多"))
    desk.do(Role.HANDLER, f.ExtensionAsked(working_days=20, reason="数量较多"))
    desk.do(Role.DISCLOSURE_HEAD, f.ExtensionGranted())
    desk.until(date(2024, 9, 24)).do(Role.HANDLER, f.ExtensionTold())
    found = proof(desk)
    before, after = found.settings[-2:]
    assert (before.event.what.kind, after.event.what.kind) == ("limit_set", "extension_told")
    assert before.change.due == after.change.due == after.change.was == date(2024, 12, 2)
    assert before.change.ledger != after.change.ledger
    assert found.same
    assert proof(desk.add()).settings == found.settings


def test_settings_that_decided_a_day_are_named() -> None:
    plain = Desk.open(date(2024, 9, 9))
    assert proof(plain).deciding == ()
    on_sunday = Desk.open(date(2024, 9, 8))
    # Day 0 would be the Monday, though the last day may be the same.
    assert proof(on_sunday).deciding == ("rest_day_post_receipt",)
    online = Desk.open(date(2024, 9, 9), Channel.WEB_FORM, today=date(2024, 9, 10))
    online.do(Role.INTAKE, f.ReceiptConfirmed())
    assert "electronic_receipt" in proof(online).deciding
    promised = Desk.open(date(2024, 9, 9), case_law=law(policy=Policy(committed_working_days=10)))
    assert proof(promised, "committed").deciding == ("committed_working_days",)
    assert proof(promised).deciding == ()


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(("notice", "consult", "answer", "wait", "extend", "later")), max_size=8
    )
)
def test_whatever_happened_counting_again_gives_what_is_on_record(steps: list[str]) -> None:
    desk = Desk.open(date(2024, 1, 25)).assign()
    for n, step in enumerate(steps):
        _try(desk, step, n)
    for name, ref in limits_of(desk.events):
        found = proof(desk, name, ref)
        assert found.same, (name, ref, found.settings)


def _try(desk: Desk, step: str, n: int) -> None:
    desk.until(desk.day + timedelta(days=3))
    with suppress(YishenError, StopIteration):
        match step:
            case "notice":
                desk.notice()
                desk.until(desk.day + timedelta(days=4)).do(Role.INTAKE, f.CorrectionReceived())
            case "consult":
                desk.consult(f"t{n}")
            case "answer":
                ref = next(c.ref for c in desk.state.consultations if c.answered is None)
                desk.do(Role.HANDLER, f.ConsultationAnswered(ref=ref, answer=ANSWER))
            case "extend":
                desk.do(Role.HANDLER, f.ExtensionAsked(working_days=10, reason="多"))
                desk.do(Role.DISCLOSURE_HEAD, f.ExtensionGranted())
                desk.do(Role.HANDLER, f.ExtensionTold())
            case "later":
                until = desk.state.calendar.add_working_days(desk.day, 30)
                desk.do(Role.DISCLOSURE_HEAD, f.LimitSet(until=until, reason="多"))
            case _:
                desk.until(desk.day + timedelta(days=20))


def test_years_later_each_day_is_counted_by_the_calendar_of_its_time() -> None:
    """A day off is announced while the case is open: the old day stands with the old calendar,
    the new one with the new, and both are found again."""
    desk = Desk.open(date(2024, 9, 9)).until(date(2024, 9, 20))
    known = desk.state.law.calendar
    year = known.years[2024]
    newer = known.model_copy(
        update={
            "version": "2024-09-18",
            "years": {
                **known.years,
                2024: year.model_copy(update={"off": (*year.off, date(2024, 9, 25))}),
            },
        }
    )
    fact = f.LawRevised(calendar=newer, edition=1, version="2024-09-18")
    done = revise(desk.state, fact, "load-1", noon(desk.day))
    desk.events += done.events
    found = proof(desk)
    old, new = found.settings
    assert (old.change.due, new.change.due) == (date(2024, 10, 12), date(2024, 10, 14))
    assert (old.change.calendar_version, new.change.calendar_version) == (
        known.version,
        "2024-09-18",
    )
    assert old.calendar_digest != new.calendar_digest
    assert found.same
    assert [event.what.kind for event in found.bearing][-1] == "law_revised"


def test_a_reply_ordered_anew_has_its_own_count_and_the_request_its_receipt() -> None:
    desk = refused(date(2024, 3, 4), date(2024, 3, 20)).until(date(2024, 5, 6))
    reconsidered(desk).until(date(2024, 6, 20))
    decided(desk, "annulled", orders_reply=True, within=15).until(date(2024, 6, 21))
    found = proof(desk)
    standing = found.standing
    assert (standing.base, standing.cause) == (date(2024, 6, 20), "case_reopened")
    assert found.settings[0].change.base == date(2024, 3, 4)
    assert found.same
    lawsuit = proof(desk, "remedy_lawsuit", "r1")
    assert lawsuit.standing.cause == "reconsideration_decided"
