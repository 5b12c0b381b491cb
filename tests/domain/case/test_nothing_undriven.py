"""No open case falls silent: whatever is entered, for whatever day, however late it arrives, a
reply that is owed and a proceeding that waits for us have a limit, or the office sees whom it
waits for."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.case import facts as f
from domain.case.act import Evidence
from domain.case.agenda import upcoming
from domain.case.people import Role
from domain.case.state import Validity
from domain.case.status import status
from domain.case.summary import Mover, Status
from domain.case.table import TABLE
from domain.case.tasks import mover
from domain.errors import Code, Refusal, YishenError
from domain.policy import Policy
from domain.remedies.terms import Against
from domain.statute import Party
from domain.values import OFFICE_ZONE, legal_day
from tests.domain.case.desk import Desk, fee_notice, law
from tests.domain.case.remedies import contested
from tests.walk.happening import beginning
from tests.walk.holds import undriven
from tests.walk.orders import NAMES, PEOPLE, Deed, Telling
from tests.walk.pen import Pen
from tests.walk.steps import ALL_FORMS, weight

DAY = date(2024, 9, 2)  # due on the 30th
SEEDS = st.integers(0, 10**6)


class AnyCase(RuleBasedStateMachine):
    """Acts of every kind for today and for days gone by, and some that arrive days after they were
    sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Deed] = []
        self.number = 0

    @initialize(seed=SEEDS)
    def begin(self, seed: int) -> None:
        self.telling = Telling.begin(*beginning(Random(seed)))

    @rule(days=st.sampled_from((1, 2, 5, 13, 34, 89)))
    def wait(self, days: int) -> None:
        self.telling.until(self.telling.now + timedelta(days=days))

    @rule(seed=SEEDS, back=st.sampled_from((0, 0, 0, 0, 1, 3, 10, 30)), lost=st.booleans())
    def act(self, seed: int, back: int, lost: bool) -> None:
        deed = self._deed(Random(seed), back)
        if lost:
            self.sent.append(deed)
        else:
            self._learn(deed)

    @precondition(lambda self: self.sent)
    @rule()
    def arrives(self) -> None:
        self._learn(self.sent.pop())

    @rule()
    def midnight(self) -> None:
        tomorrow = legal_day(self.telling.now) + timedelta(days=1)
        self.telling.until(datetime.combine(tomorrow, time(0, 1), OFFICE_ZONE))

    @invariant()
    def driven(self) -> None:
        assert list(undriven(self.telling.state)) == []

    def _deed(self, rng: Random, back: int) -> Deed:
        state, day = self.telling.state, legal_day(self.telling.now)
        here = status(state)
        kinds = [kind for kind, row in TABLE.items() if here in row.states] or list(TABLE)
        kind = rng.choices(kinds, [weight(state, kind) for kind in kinds])[0]
        on = day - timedelta(days=back)
        what = ALL_FORMS[kind](Pen(rng, state, on, day))
        handles = TABLE[kind].roles == {Role.HANDLER} and state.handler in PEOPLE
        person = state.handler if handles and state.handler else rng.choice(NAMES)
        return Deed(on=on, person=person, what=what)

    def _learn(self, deed: Deed) -> None:
        self.number += 1
        try:
            self.telling.learn(deed, self.number, self.telling.now + timedelta(minutes=1))
        except YishenError:
            return


AnyCase.TestCase.settings = settings(
    max_examples=150,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnyCase = AnyCase.TestCase


# -- found in such cases --------------------------------------------------------------------------


def told_on(desk: Desk) -> list[tuple[str, str, str]]:
    return [
        (a.step, a.instant.strftime("%m-%d"), a.to)
        for e in desk.events
        if isinstance(a := e.what, f.AlarmRaised) and a.limit == "answer_awaited"
    ]


def test_a_fee_notice_entered_for_an_earlier_day_of_an_overdue_case_waits_or_has_lapsed() -> None:
    for back, where in ((10, Status.AWAITING_PAYMENT), (50, Status.LAPSED)):
        desk = Desk.open(DAY).assign().until(date(2024, 11, 20))
        desk.do(Role.HANDLER, fee_notice(), desk.day - timedelta(days=back))
        assert status(desk.state) is where
        assert list(undriven(desk.state)) == []


def test_a_correction_notice_that_arrives_after_midnight_counts_from_the_day_it_was_sent() -> None:
    desk = Desk.open(DAY).assign().until(date(2024, 9, 10))
    notice = f.CorrectionNoticeSent(points="请写明年份", correct_by=date(2024, 9, 11))
    act = desk.act(Role.HANDLER, notice, desk.day)
    desk.until(date(2024, 9, 12)).take(act)
    assert status(desk.state) is Status.LAPSED
    assert desk.state.ending is not None
    assert desk.state.ending.on == date(2024, 9, 12)


def test_an_answer_that_no_text_limits_is_asked_for_again_and_again() -> None:
    desk = Desk.open(DAY).assign().consult("a1", Party.AGENCY)
    assert desk.due() is None
    assert desk.due("answer_awaited", "a1") == date(2024, 9, 24)
    assert mover(desk.state) is Mover.OTHER_AGENCY
    desk.until(date(2024, 11, 10))
    assert told_on(desk) == [
        ("overdue", "09-25", "handler"),
        ("overdue_again", "09-30", "handler"),
        ("overdue_again", "10-12", "handler"),  # a worked Saturday
        ("overdue_higher", "10-18", "supervisor"),
        ("overdue_higher", "10-25", "supervisor"),
        ("overdue_higher", "11-01", "supervisor"),
        ("overdue_higher", "11-08", "supervisor"),
    ]
    assert upcoming(desk.state) is not None
    answered = f.ConsultationAnswered(ref="a1", answer=f.Answer.CONSENTS)
    desk.do(Role.HANDLER, answered)
    assert desk.due("answer_awaited", "a1") is None
    assert desk.due() is not None


def test_a_letter_with_a_limit_of_its_own_is_not_awaited_twice() -> None:
    desk = Desk.open(DAY).assign().consult("t1").consult("a1", Party.AGENCY)
    assert desk.due("third_party_answer", "t1") is not None
    assert desk.due("answer_awaited", "t1") is None
    assert desk.due("answer_awaited", "a1") is not None


def test_where_the_setting_waits_for_the_answer_silence_is_awaited_and_shown() -> None:
    waits = law(policy=Policy(silent_consultation="until_answer"))
    desk = Desk.open(DAY, case_law=waits).assign().consult()
    limit = desk.due("third_party_answer", "t1")
    assert limit is not None
    desk.until(limit + timedelta(days=2))
    assert desk.state.consultations[0].silent
    assert desk.due() is None
    assert mover(desk.state) is Mover.THIRD_PARTY
    assert desk.due("answer_awaited", "t1") is not None


@pytest.mark.parametrize("rules", [1, 2])
def test_under_rules_1_and_2_nobody_is_told_of_such_a_wait(rules: int) -> None:
    desk = Desk.open(DAY, case_law=law(rules=rules)).assign().consult("a1", Party.AGENCY)
    desk.until(date(2024, 11, 10))
    assert desk.state.deadlines == ()
    assert told_on(desk) == []


def test_an_approved_reply_that_need_not_wait_for_an_answer_is_not_forgotten() -> None:
    desk = Desk.open(DAY).assign().add().review().sign().consult("a1", Party.AGENCY)
    desk.draft().approve()
    assert mover(desk.state) is Mover.OFFICE
    assert list(undriven(desk.state)) == []
    assert upcoming(desk.state) is not None


def test_nothing_counts_against_the_void_of_a_case_until_that_is_annulled() -> None:
    desk = Desk.open(DAY, case_law=contested()).assign().until(date(2024, 10, 8))
    desk.do(
        Role.LEGAL,
        f.ReconsiderationReceived(ref="r1", organ="某县（虚构）", against=Against.INACTION),
    )
    proof = (Evidence(text="重复登记（虚构）"),)
    void = desk.act(Role.INTAKE, f.Voided(reason="重复登记"), date(2024, 10, 7), evidence=proof)
    desk.take(void)
    desk.do(Role.DISCLOSURE_HEAD, f.EntryApproved(seq=desk.events[-1].seq))
    aside = next(e for e in desk.state.timeline if e.validity is Validity.SET_ASIDE)
    assert aside.kind == "reconsideration_received"
    with pytest.raises(Refusal) as no:
        desk.do(Role.DISCLOSURE_HEAD, f.ConflictKept(seq=aside.seq, reason="已受理"))
    assert no.value.code is Code.NOT_IN_THIS_STATE


def test_a_payment_that_came_too_late_by_an_earlier_notice_wakes_no_case() -> None:
    """It was in time for the notice on record, not for the one that was found later."""
    desk = Desk.open(DAY).assign().until(date(2024, 9, 5)).do(Role.HANDLER, fee_notice())
    desk.until(date(2024, 10, 10)).do(Role.INTAKE, f.FeePaid(amount=Decimal("2000.00")))
    desk.do(Role.HANDLER, desk.amended("fee_notice_sent", date(2024, 9, 3)))
    assert (status(desk.state), status_of(desk, "fee_paid")) == (Status.LAPSED, "set_aside")
    with pytest.raises(Refusal) as no:
        desk.do(Role.DISCLOSURE_HEAD, f.ConflictKept(seq=desk.seq("fee_paid"), reason="已收款"))
    assert no.value.code is Code.CASE_ENDED
    desk.do(Role.DISCLOSURE_HEAD, f.Reinstated(until=date(2024, 10, 20), reason="已收款"))
    assert status(desk.state) is Status.AWAITING_PAYMENT
    assert list(undriven(desk.state)) == []


def status_of(desk: Desk, kind: str) -> str:
    return desk.state.entry(desk.seq(kind)).validity.value
