"""Late facts, corrections and approvals on the real engine: the worker is killed in between, the
record is what the case is, and every history can be gone through again."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import pytest_asyncio
from temporalio.worker import Replayer

from domain.case import facts as f
from domain.case.act import Event
from domain.case.happening import as_they_stand
from domain.case.state import CaseState
from domain.case.summary import Status
from domain.clock import Receipt
from domain.errors import Code, Refusal
from domain.periods.period import Unit
from domain.remedies.terms import DecisionForm, JudgmentOutcome, Side
from domain.rules import CURRENT_RULES
from domain.statute import Channel, Party
from office.acts.order import new_command_id
from register.reads import queries
from register.reads.states import state_of
from register.verify import against_engine, verify
from tests.domain.case.truth import limits, page
from tests.faults.site import Site, site
from tests.replay.life import ASSIGNED, POST, Life, under
from workflows.case import CaseWorkflow
from workflows.converter import data_converter

ARRIVED = date(2024, 9, 2)
"""A Monday; twenty working days end on 2024-09-30."""
NOTICE = f.CorrectionNoticeSent(points="请写明年份", correct_by=date(2024, 9, 13))
LETTER = f.ConsultationSent(ref="t1", party=Party.THIRD_PARTY, name="某公司（虚构）")


@dataclass
class Told:
    """A case as the engine has it, and its record."""

    state: CaseState
    events: Sequence[Event]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """Engine and worker of these cases, which can be jumped in virtual time."""
    async with site(tmp_path_factory.mktemp("late"), time_skipping=True) as opened:
        yield opened


async def begun(place: Site, arrived: date = ARRIVED) -> Life:
    """Registered and in hand."""
    life = await Life.begin(place.office, ARRIVED, arrived=arrived)
    return await life.do("intake", ASSIGNED)


async def restarted(place: Site, life: Life) -> None:
    """Another worker, which knows no case but by its history."""
    await life.quiet()
    await place.kill_worker()
    await place.start_worker()


async def told(life: Life) -> Told:
    """The case at rest: its record, its rows and its running workflow say the same, and its
    histories lead there again."""
    await life.quiet()
    view = await life.office.view(life.case)
    register = life.office.register
    with register.reading() as session:
        events = queries.events(session, life.case)
        assert state_of(session, life.case) == view.state
        assert against_engine(session, life.case, view.summary) == []
    assert verify(register, [life.case]).differences == ()
    replayer = Replayer(workflows=[CaseWorkflow], data_converter=data_converter)
    for history in await life.histories():
        await replayer.replay_workflow(history)
    return Told(view.state, events)


async def amended(life: Life, kind: str, on: date | None = None, **values: Any) -> f.EntryAmended:
    """The last entry of that kind with other values, or on another day."""
    await life.quiet()
    with life.office.register.reading() as session:
        events = as_they_stand(queries.events(session, life.case)).values()
    event = [e for e in events if e.what.kind == kind][-1]
    stated = event.what.model_dump(exclude=set(event.filled)) | values
    return f.EntryAmended.model_validate(
        {"seq": event.seq, "what": stated, "on": on, "reason": "登记有误"}
    )


async def annulled(life: Life, kind: str) -> f.EntryAnnulled:
    """The last entry of that kind never happened."""
    entries = (await life.office.view(life.case)).state.timeline
    seq = max(entry.seq for entry in entries if entry.kind == kind)
    return f.EntryAnnulled(seq=seq, reason="误登")


def due(case: Told, limit: str = "reply") -> date | None:
    """The last day of a running limit."""
    return limits(case).get(limit)


async def status(life: Life) -> Status:
    return (await life.office.view(life.case)).summary.status


# -- what passed by itself -------------------------------------------------------------------------


async def test_a_correction_known_after_the_lapse(place: Site) -> None:
    life = await (await begun(place)).until(date(2024, 9, 4))
    await life.do("handler", NOTICE)
    await life.until(date(2024, 9, 18))
    assert await status(life) is Status.LAPSED
    await restarted(place, life)
    await life.do("intake", f.CorrectionReceived(), on=date(2024, 9, 12))
    case = await told(life)
    assert due(case) == date(2024, 10, 16)
    assert page(case)[-2:] == ["09-14 lapsed (revoked)", "09-12 correction_received"]
    await life.until(date(2024, 10, 17))
    assert "10-17 inaction_opened" in page(await told(life))


async def test_an_answer_known_after_the_silence(place: Site) -> None:
    life = await (await begun(place)).until(date(2024, 9, 3))
    await life.do("handler", LETTER)
    await life.until(date(2024, 10, 10))
    await restarted(place, life)
    answer = f.ConsultationAnswered(ref="t1", answer=f.Answer.CONSENTS)
    await life.agreed("handler", answer, on=date(2024, 9, 20))
    case = await told(life)
    assert due(case) == date(2024, 10, 22)
    assert "09-26 consultation_silent (revoked)" in page(case)


async def test_a_payment_known_after_the_lapse(place: Site) -> None:
    life = await (await begun(place)).until(date(2024, 9, 4))
    fee = {
        "standard": "item",
        "amount": "2000.00",
        "ground": "当月第30件",
        "how_to_pay": "财政专户",
        "because": "此前各件登记在旧台账（虚构）",
    }
    await life.do("handler", f.FeeNoticeSent.model_validate(fee))
    await life.until(date(2024, 10, 11))
    assert await status(life) is Status.LAPSED
    await restarted(place, life)
    paid = f.FeePaid.model_validate({"amount": "2000.00"})
    await life.do("intake", paid, on=date(2024, 10, 8))
    case = await told(life)
    assert due(case) == date(2024, 11, 4)
    assert page(case)[-2:] == ["10-10 lapsed (revoked)", "10-08 fee_paid"]


# -- corrections -----------------------------------------------------------------------------------


async def test_a_receipt_day_put_right_after_the_extension_was_told(place: Site) -> None:
    life = await (await begun(place)).until(date(2024, 9, 20))
    await life.do("handler", f.ExtensionAsked(working_days=20, reason="检索量大"))
    await life.do("disclosure_head", f.ExtensionGranted())
    await life.do("handler", f.ExtensionTold())
    await life.until(date(2024, 9, 23))
    receipt = Receipt(channel=Channel.MAIL_SIGNED, arrived=date(2024, 8, 30))
    right = await amended(life, "registered", receipt=receipt.model_dump())
    proposed = await life.office.proposed(life.case, "intake", right)
    assert proposed.answer.warnings == ("moves_limit",)
    await restarted(place, life)
    await life.do("disclosure_head", f.EntryApproved(seq=proposed.answer.seq))
    case = await told(life)
    assert due(case) == date(2024, 10, 31)
    assert page(case)[0] == "08-30 registered"


async def test_a_dispatch_that_left_a_day_earlier(place: Site) -> None:
    life = await (await begun(place)).until(date(2024, 9, 30))
    await life.ready()
    await life.until(date(2024, 10, 8))
    await life.do("handler", POST)
    earlier = await amended(life, "dispatched", date(2024, 9, 30))
    proposed = await life.office.proposed(life.case, "handler", earlier)
    assert proposed.answer.warnings == ("reaches_back",)
    assert proposed.answer.summary.dispatch is not None
    assert not proposed.answer.summary.dispatch.in_time
    await restarted(place, life)
    with pytest.raises(Refusal) as no:
        await life.do("handler", f.EntryApproved(seq=proposed.answer.seq))
    assert no.value.code is Code.NOT_YOUR_ROLE
    await life.do("disclosure_head", f.EntryApproved(seq=proposed.answer.seq))
    case = await told(life)
    assert case.state.dispatch is not None
    assert (case.state.dispatch.on, case.state.dispatch.in_time) == (date(2024, 9, 30), True)


async def test_a_letter_of_another_case(place: Site) -> None:
    life = await (await begun(place)).until(date(2024, 9, 10))
    await life.do("handler", LETTER)
    await life.until(date(2024, 10, 10))
    await restarted(place, life)
    await life.agreed("handler", await annulled(life, "consultation_sent"))
    case = await told(life)
    assert due(case) == date(2024, 9, 30)
    assert page(case)[2:4] == [
        "09-10 consultation_sent (annulled)",
        "10-09 consultation_silent (revoked)",
    ]
    assert page(case)[-1] == "10-01 inaction_opened (found late)"


async def test_an_item_of_another_case_after_the_reply_left(place: Site) -> None:
    life = await (await begun(place)).ready()
    await life.do("handler", POST)
    await life.until(date(2024, 9, 4))
    await life.agreed("handler", await annulled(life, "item_added"))
    case = await told(life)
    aside = [e.seq for e in case.state.timeline if e.against is not None]
    assert [case.state.entry(seq).kind for seq in aside] == [
        "item_reviewed",
        "signed",
        "signed",
        "reply_approved",
        "dispatched",
    ]
    assert await status(life) is Status.IN_APPROVAL
    await restarted(place, life)
    for seq in aside[:-1]:
        await life.do("disclosure_head", f.ConflictKept(seq=seq, reason="已经发出"))
    await life.do("handler", f.EntryAnnulled(seq=aside[-1], reason="未发出"))
    case = await told(life)
    assert await status(life) is Status.APPROVED
    assert page(case)[3] == "09-02 item_reviewed (kept)"
    assert page(case)[8] == "09-02 dispatched (annulled)"


async def test_a_withdrawal_of_another_case(place: Site) -> None:
    life = await (await begun(place)).until(date(2024, 9, 5))
    await life.do("handler", LETTER)
    await life.until(date(2024, 9, 9))
    await life.agreed("intake", f.Withdrawn())
    await life.until(date(2024, 11, 5))
    assert await status(life) is Status.WITHDRAWN
    await restarted(place, life)
    await life.agreed("intake", await annulled(life, "withdrawn"))
    case = await told(life)
    assert await status(life) is Status.IN_HAND
    assert due(case) == date(2024, 10, 25)
    assert "09-28 consultation_silent (found late)" in page(case)
    assert "09-09 withdrawn (annulled)" in page(case)


async def test_a_case_voided_by_mistake_lapses_late(place: Site) -> None:
    life = await (await begun(place)).until(date(2024, 9, 4))
    await life.do("handler", NOTICE)
    await life.agreed("intake", f.Voided(reason="以为重复"))
    await life.until(date(2024, 9, 20))
    await restarted(place, life)
    await life.do("intake", await annulled(life, "voided"))
    assert page(await told(life))[-1] == "09-14 lapsed (found late)"
    assert await status(life) is Status.LAPSED


async def test_an_appeal_known_after_the_effect(place: Site) -> None:
    life = await begun(place)
    await life.do("handler", f.ReplyDrafted(reply_kind="other", reasons="另行告知"))
    await life.do("disclosure_head", f.ReplyApproved())
    await life.out()
    await life.until(date(2024, 9, 10))
    await life.do("legal", f.LawsuitReceived(ref="s1", court="某县人民法院（虚构）"))
    await life.do("legal", f.AnswerSubmitted(ref="s1"))
    await life.until(date(2024, 11, 5))
    judgment = f.JudgmentReceived(
        ref="s1",
        form=DecisionForm.JUDGMENT,
        outcome=JudgmentOutcome.ANNULLED,
        orders_reply=True,
        within=10,
        within_unit=Unit.WORKING_DAY,
    )
    await life.do("legal", judgment)
    await life.until(date(2024, 11, 21))
    assert due(await told(life)) == date(2024, 12, 5)
    await life.until(date(2024, 11, 25))
    await restarted(place, life)
    appeal = f.AppealFiled(ref="s1", by=Side.APPLICANT)
    await life.do("legal", appeal, on=date(2024, 11, 20))
    case = await told(life)
    assert await status(life) is Status.CLOSED
    assert page(case)[-3:] == [
        "11-21 judgment_effective (revoked)",
        "11-21 case_reopened (revoked)",
        "11-20 appeal_filed",
    ]


async def test_a_slip_that_comes_after_six_weeks(place: Site) -> None:
    """Posted 2026-08-20, signed for on 10-08, entered on 11-25 by one person: sixty days to 12-07.
    Meanwhile nothing lapsed, and the slip was asked for: fifteen working days to 09-10, then 09-24
    and 10-12 (09-25 to 27 and 10-01 to 07 off, 09-20 and 10-10 worked) and from there on."""
    life = await Life.begin(place.office, date(2026, 8, 3))
    await (await (await life.do("intake", ASSIGNED)).ready()).until(date(2026, 8, 20))
    await (await life.do("handler", POST)).until(date(2026, 11, 25))
    case = await told(life)
    assert limits(case) == {
        "delivery_check": date(2026, 9, 10),
        "remedy_reconsideration_longest": date(2031, 8, 20),
        "remedy_lawsuit_longest": date(2031, 8, 20),
    }
    asked = [a for e in case.events if isinstance(a := e.what, f.AlarmRaised)]
    climbed = [a.to for a in asked if a.limit == "delivery_check"]
    assert climbed[:2] == ["handler", "disclosure_head"]
    assert set(climbed[2:]) == {"supervisor"}
    await restarted(place, life)
    await life.do("intake", f.Delivered(), date(2026, 10, 8))
    case = await told(life)
    assert limits(case) == {
        "remedy_reconsideration": date(2026, 12, 7),
        "remedy_lawsuit": date(2027, 4, 8),
    }
    assert await status(life) is Status.CLOSED


async def test_a_reply_that_never_arrives_keeps_its_case_for_years(place: Site) -> None:
    """Posted 2020-09-01: five years for the suit, to 2025-09-01. The run stays, and a slip that
    turns up in the sixth year is taken."""
    life = await Life.begin(place.office, date(2020, 8, 17))
    await (await (await life.do("intake", ASSIGNED)).ready()).until(date(2020, 9, 1))
    await (await life.do("handler", POST)).until(date(2025, 9, 2))
    case = await told(life)
    assert limits(case) == {"delivery_check": date(2020, 9, 22)}
    assert page(case)[-1] == "09-02 remedy_lapsed"
    await life.do("intake", f.Delivered())
    assert await status(life) is Status.CLOSED
    assert "remedy_lawsuit" not in limits(await told(life))


# -- proposals and runs ----------------------------------------------------------------------------


async def test_a_proposal_refused_leaves_the_case_running(place: Site) -> None:
    life = await begun(place)
    proposed = await life.office.proposed(life.case, "intake", f.Withdrawn())
    await restarted(place, life)
    await life.do("disclosure_head", f.EntryRefused(seq=proposed.answer.seq, reason="申请人否认"))
    await life.until(date(2024, 10, 1))
    case = await told(life)
    assert due(case) == date(2024, 9, 30)
    assert "10-01 inaction_opened" in page(case)


async def test_an_approval_sent_again_after_the_worker_died_is_one_approval(place: Site) -> None:
    life = await begun(place)
    proposed = await life.office.proposed(life.case, "intake", f.Withdrawn())
    approval, command = f.EntryApproved(seq=proposed.answer.seq), new_command_id()
    once = await life.office.do(life.case, "disclosure_head", approval, command_id=command)
    await restarted(place, life)
    again = await life.office.do(life.case, "disclosure_head", approval, command_id=command)
    assert (again.answer.seq, again.answer.repeated) == (once.answer.seq, True)
    case = await told(life)
    assert [e.what.kind for e in case.events] == [
        "registered",
        "assigned",
        "entry_proposed",
        "entry_approved",
        "withdrawn",
    ]


async def test_a_case_over_several_runs_is_corrected_in_its_first(place: Site) -> None:
    with under(CURRENT_RULES, short=True):
        life = await begun(place)
    await life.until(date(2024, 9, 4))
    await life.do("handler", NOTICE)
    for turn in range(6):
        notes = [f.Noted(text=f"{turn}-{number}") for number in range(5)]
        await asyncio.gather(*(life.do("supervisor", note) for note in notes))
    await life.until(date(2024, 9, 18))
    assert await status(life) is Status.LAPSED
    await restarted(place, life)
    later = await amended(life, "correction_notice_sent", correct_by=date(2024, 9, 20))
    await life.do("handler", later)
    case = await told(life)
    assert due(case, "correction") == date(2024, 9, 20)
    assert len(await life.histories()) > 1
    await life.until(date(2024, 9, 21))
    assert page(await told(life))[-1] == "09-21 lapsed"


async def test_a_case_whose_run_is_over_is_corrected_from_its_record(place: Site) -> None:
    life = await (await begun(place)).ready()
    await life.out()
    with pytest.raises(Exception, match="ended early"):  # the run completes on the way
        await life.until(date(2025, 10, 1))
    await restarted(place, life)
    await life.do("handler", await amended(life, "dispatched", channel="email"))
    view = await life.office.view(life.case)
    assert view.state.dispatch is not None
    assert view.state.dispatch.channel is f.DispatchChannel.EMAIL
    await life.quiet()
    assert verify(life.office.register, [life.case]).differences == ()
