"""An office may work towards the day that is in time by every reading; the period stays its own."""

from datetime import date, timedelta

from domain.case import facts as f
from domain.case.answers.proof import prove
from domain.case.people import Role
from domain.clock.readings import CHOICES
from domain.policy import Policy
from domain.statute import Channel, Party
from office.due.request import answer
from tests.domain.case.desk import Desk, law
from tests.domain.case.test_readings import DUE, SAFE, confirmed

TOWARDS = Policy(work_towards="safe_day", committed_working_days=10)


def alarms(desk: Desk) -> list[tuple[str, str, date]]:
    return [
        (e.what.limit, e.what.step, e.effective_on)
        for e in desk.events
        if isinstance(e.what, f.AlarmRaised) and e.what.limit in ("reply", "safe_day", "committed")
    ]


def test_reminders_and_the_promise_go_by_the_safe_day_and_overdue_by_the_own_reading() -> None:
    desk = confirmed(TOWARDS)
    assert (desk.due("safe_day"), desk.due("reply")) == (SAFE, DUE)
    assert desk.due("committed") == date(2026, 11, 13)
    desk.until(DUE + timedelta(days=2))
    assert alarms(desk) == [
        ("committed", "overdue", date(2026, 11, 14)),
        ("safe_day", "reminder_5", date(2026, 11, 20)),
        ("safe_day", "reminder_3", date(2026, 11, 24)),
        ("safe_day", "reminder_1", date(2026, 11, 26)),
        ("safe_day", "last_day", SAFE),
        ("reply", "overdue", DUE + timedelta(days=1)),
    ]


def test_by_default_all_goes_by_the_offices_own_reading() -> None:
    desk = confirmed(Policy(committed_working_days=10))
    assert (desk.due("safe_day"), desk.due("committed")) == (None, date(2026, 11, 19))
    desk.until(SAFE)
    assert alarms(desk)[-1] == ("reply", "reminder_5", date(2026, 11, 26))


def test_where_the_office_reads_it_the_safest_way_there_is_nothing_to_add() -> None:
    policy = TOWARDS.changed(electronic_receipt="submission")
    desk = Desk.open(date(2026, 11, 1), Channel.WEB_FORM, case_law=law(policy=policy))
    assert (desk.due("safe_day"), desk.due("reply")) == (None, SAFE)


def test_nothing_more_is_said_once_the_reply_has_left() -> None:
    desk = confirmed(TOWARDS).assign().draft("does_not_exist", search_record="档案室")
    desk.approve().dispatch()
    assert (desk.due("safe_day"), desk.due("committed")) == (None, None)
    desk.until(DUE)
    assert [limit for limit, _, _ in alarms(desk)] == []


def test_the_safe_day_runs_where_by_the_own_reading_none_does() -> None:
    unconfirmed = Desk.open(date(2026, 11, 2), Channel.WEB_FORM, case_law=law(policy=TOWARDS))
    assert (unconfirmed.due("reply"), unconfirmed.due("safe_day")) == (None, date(2026, 11, 30))
    waits = TOWARDS.changed(silent_consultation="until_answer")
    desk = Desk.open(date(2026, 3, 2), case_law=law(policy=waits)).assign()
    letter = f.ConsultationSent(ref="t1", party=Party.THIRD_PARTY, name="某厂（虚构）")
    desk.until(date(2026, 3, 9)).do(Role.HANDLER, letter).until(date(2026, 3, 31))
    desk.do(Role.HANDLER, f.ItemAdded(ref="i1", title="甲"))
    assert desk.state.clock_state == "paused"
    assert (desk.due("reply"), desk.due("safe_day")) == (None, date(2026, 4, 21))


def test_its_proof_names_the_reading_it_follows() -> None:
    proof = prove(confirmed(TOWARDS).start, confirmed(TOWARDS).events, "safe_day")
    assert proof.same
    assert proof.deciding == ("electronic_receipt", "work_towards")
    first = proof.standing.lines[0]
    assert (first.first, first.settings) == (
        date(2026, 11, 2),
        (("electronic_receipt", "submission"),),
    )
    promised = prove(confirmed(TOWARDS).start, confirmed(TOWARDS).events, "committed")
    assert promised.same
    assert promised.deciding == ("electronic_receipt", "work_towards", "committed_working_days")


def test_due_counts_as_the_case_does() -> None:
    asked = {
        "channel": "web_form",
        "received": "2026-11-01",
        "events": [{"kind": "receipt_confirmed", "at": "2026-11-05"}],
        "policy": {"work_towards": "safe_day", "committed_working_days": 10},
    }
    found = answer(asked)
    assert found["due"] == str(DUE)
    assert found["limits"]["safe_day"] == str(SAFE)
    assert found["limits"]["committed"] == "2026-11-13"
    assert "work_towards" not in CHOICES  # what follows from the readings is none
