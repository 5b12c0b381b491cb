"""Remedies on the real engine and in the register: years, runs, and a case that had completed.

Days are those of training cases; jumps in virtual time.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from temporalio.worker import Replayer

from domain.case import facts as f
from domain.case.summary import Status
from domain.periods.period import Unit
from domain.remedies import terms as t
from domain.rules import CURRENT_RULES
from domain.values import OFFICE_ZONE
from law import files as lawfiles
from office.cases import opening
from register.engine import Register
from register.models import HearingRow, Remedy, RemedyDocument
from register.reads import queries
from register.verify import verify
from starter.engine.virtual_time import skipper
from tests.office_fixture import Office
from tests.replay.life import ASSIGNED, Life, under
from tests.waiting import until
from workflows.case import CaseWorkflow
from workflows.converter import data_converter
from workflows.messages import Revision

HAND = f.Dispatched(channel=f.DispatchChannel.HANDED_OVER)


async def refused(life: Life) -> Life:
    """Assigned, refused as internal (art 16), handed over."""
    for role, what in (
        ("intake", ASSIGNED),
        ("handler", f.ItemAdded(ref="a", title="内部请示（虚构）", sha256="ab" * 32)),
        (
            "reviewer",
            f.ItemReviewed(ref="a", decision=f.Decision.WITHHOLD, ground="内部事务"),
        ),
        (
            "handler",
            f.ReplyDrafted(reply_kind="refused_internal", reasons="内部事务", ground="内部事务"),
        ),
        ("disclosure_head", f.ReplyApproved()),
        ("handler", HAND),
        ("intake", f.Delivered()),
    ):
        await life.do(role, what)
    return life


async def granted_anew(life: Life, ref: str) -> Life:
    """The reply after an order: reviewed and signed again."""
    digest = life.office.desk.folder(life.case).keep_bytes("内部请示（虚构）".encode())
    for role, what in (
        ("handler", f.ItemAdded(ref=ref, title="内部请示（虚构）", sha256=digest)),
        ("reviewer", f.ItemReviewed(ref=ref, decision=f.Decision.RELEASE)),
        ("leader_in_charge", f.Signed()),
        ("principal_leader", f.Signed()),
        ("handler", f.ReplyDrafted(reply_kind="granted", reasons="经审查，予以公开。")),
        ("disclosure_head", f.ReplyApproved()),
        ("handler", HAND),
        ("intake", f.Delivered()),
    ):
        await life.do(role, what)
    return life


def rows(register: Register, table: Any, case: str) -> list[Any]:
    with register.reading() as session:
        return list(session.scalars(select(table).where(table.case_id == case)).all())


async def test_reconsidered_annulled_and_replied_to_anew(office: Office) -> None:
    """Copy on 2024-07-15: ten working days to 07-29. Annulled on 08-19 with 15 days: 09-03."""
    jumping = replace(office, client=skipper(office.client).client)
    life = await refused(await Life.begin(jumping, date(2024, 6, 3)))
    await life.until(date(2024, 7, 15))
    await life.do("intake", f.ReconsiderationReceived(ref="r1", organ="云岭市人民政府（虚构）"))
    view = await office.view(life.case)
    due = {(d.name, d.ref): d.due for d in view.deadlines}
    assert due["reconsideration_answer", "r1"] == date(2024, 7, 29)
    assert view.summary.tasks[-1].role == "legal"
    await life.until(date(2024, 7, 25))
    paper = f.AnswerSubmitted.model_validate(
        {"ref": "r1", "documents": [{"title": "答复书", "sha256": "ef" * 32}]}
    )
    await life.do("legal", paper)
    await life.until(date(2024, 8, 19))
    decision = f.ReconsiderationDecided(
        ref="r1",
        outcome=t.ReconsiderationOutcome.ANNULLED,
        within=15,
        within_unit=Unit.CALENDAR_DAY,
        ground="事实不清",
    )
    await life.do("legal", decision)
    view = await office.view(life.case)
    assert (view.summary.status, view.summary.due) == (Status.IN_HAND, date(2024, 9, 3))
    await granted_anew(life, "b")
    await life.quiet()
    (remedy,) = rows(office.register, Remedy, life.case)
    assert (remedy.result, remedy.reply_kind, remedy.reopened) == (
        "corrected",
        "refused_internal",
        True,
    )
    papers = rows(office.register, RemedyDocument, life.case)
    assert [office.register.opened(paper.title) for paper in papers] == ["答复书"]
    with office.register.reading() as session:
        line = queries.case(session, life.case).line
        told = {n.kind: n.recipient for n in queries.notices(session, case_id=life.case)}
    assert line.status == "closed"
    assert told["reconsideration_received"] == office.person["legal"]
    assert told["case_reopened"] == "li"
    assert verify(office.register, [life.case]).differences == ()


@pytest.mark.slow
async def test_five_years_with_two_proceedings_a_new_reply_and_newer_rules(
    office: Office,
) -> None:
    """From 2020-03-02 to 2025: reconsidered and sued, ordered to reply anew, sued again; the
    calendar and the rules of the case are raised on the way; every run is replayed."""
    jumping = replace(office, client=skipper(office.client).client)
    with under(CURRENT_RULES - 1, short=True):
        life = await refused(await Life.begin(jumping, date(2020, 3, 2)))
    await life.until(date(2020, 4, 1))
    await life.do("legal", f.ReconsiderationReceived(ref="r1", organ="云岭市人民政府（虚构）"))
    complaint = f.ComplaintReceived(ref="c1", organ="云岭市政务公开办（虚构）")
    await life.do("legal", complaint)
    await life.do("legal", f.AnswerSubmitted(ref="r1"))
    await life.do("legal", f.AnswerSubmitted(ref="c1"))
    await life.until(date(2020, 6, 1))
    upheld = f.ReconsiderationDecided(ref="r1", outcome=t.ReconsiderationOutcome.UPHELD)
    await life.do("legal", upheld)
    await life.until(date(2020, 6, 15))
    court = "云岭市中级人民法院（虚构）"
    suit = f.LawsuitReceived(ref="s1", court=court, after="r1", co_defendant="云岭市人民政府")
    await life.do("legal", suit)
    await life.do("legal", f.AnswerSubmitted(ref="s1"))

    await life.until(date(2021, 11, 1))
    calendar = lawfiles.load_calendar("cn").slice(range(2020, 2027))
    raised = Revision(command_id="newer", calendar=calendar, rules=CURRENT_RULES, version="newer")
    await life.revise(raised)

    await life.until(date(2023, 3, 1))
    ended = f.JudgmentReceived(
        ref="s1",
        form=t.DecisionForm.JUDGMENT,
        outcome=t.JudgmentOutcome.ANNULLED,
        orders_reply=True,
    )
    await life.do("legal", ended)
    # fifteen days to 03-16, nobody appeals; in effect on Friday 03-17. Twenty working days: 03-20
    # to 31 (10), 04-03, 04 (12), 05 is off, 06, 07 (14), 10-14 (19), 17
    await life.until(date(2023, 3, 17))
    view = await office.view(life.case)
    assert view.state.law.rules == CURRENT_RULES
    assert (view.summary.status, view.summary.due) == (Status.IN_HAND, date(2023, 4, 17))
    await granted_anew(life, "b")
    await life.until(date(2023, 6, 1))
    again = f.LawsuitReceived(ref="s2", court=court)
    await life.do("legal", again)
    await life.do("legal", f.AnswerSubmitted(ref="s2"))
    hearing = {"ref": "s2", "hearing": "h1", "at": "2023-09-12T09:30:00+08:00", "place": "第三法庭"}
    await life.do("legal", f.HearingSet.model_validate(hearing))
    await life.until(date(2025, 2, 3))
    found = f.ComplaintDecided(ref="c1", outcome=t.ComplaintOutcome.UNFOUNDED)
    await life.do("legal", found)
    dismissed = f.JudgmentReceived(
        ref="s2", form=t.DecisionForm.JUDGMENT, outcome=t.JudgmentOutcome.DISMISSED
    )
    await life.do("legal", dismissed)
    await life.until(date(2025, 3, 3))
    view = await office.view(life.case)
    assert view.summary.status is Status.CLOSED
    assert not view.state.contested
    assert [r.number for r in view.state.rounds] == [1]

    histories = await life.histories()
    assert len(histories) > 1
    replayer = Replayer(workflows=[CaseWorkflow], data_converter=data_converter)
    for history in histories:
        await replayer.replay_workflow(history)
    kept = {r.ref: (r.route, r.result, r.open) for r in rows(office.register, Remedy, life.case)}
    assert kept == {
        "r1": (None, "upheld", False),
        "c1": (None, "upheld", False),
        "s1": ("after_reconsideration", "corrected", False),
        "s2": ("direct", "upheld", False),
    }
    assert [h.hearing for h in rows(office.register, HearingRow, life.case)] == ["h1"]
    assert verify(office.register, [life.case]).differences == ()


@pytest.mark.parametrize("before", [False, True])
async def test_a_suit_comes_when_the_run_of_its_case_has_completed(
    office: Office, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    """Its run ended a year after the refusal; also where it was registered `before` there were
    limits of remedies: the new run takes them up."""
    if before:
        monkeypatch.setattr(opening, "load_remedy_law", lambda *_: None)
    jumping = replace(office, client=skipper(office.client).client)
    life = await refused(await Life.begin(jumping, date(2020, 3, 2)))
    assert ((await office.view(life.case)).state.law.remedies is None) is before
    handle = office.handle(life.case)
    first = await handle.describe()
    with pytest.raises(Exception, match="ended early"):
        await life.until(date(2023, 9, 4))
    assert await handle.result() is not None

    suit = f.LawsuitReceived(ref="s1", court="云岭市中级人民法院（虚构）")
    await life.do("legal", suit)
    assert (await handle.describe()).run_id != first.run_id
    view = await office.view(life.case)
    assert view.state.contested
    (defence,) = [d for d in view.deadlines if d.name == "litigation_defence"]
    assert (defence.due - defence.base).days >= 15
    assert view.state.proceedings[0].reply_kind == "refused_internal"
    await life.quiet()
    assert verify(office.register, [life.case]).differences == ()


async def test_a_running_case_from_before_takes_up_the_limits_with_its_first_proceeding(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "load_remedy_law", lambda *_: None)
    life = await refused(await Life.begin(office, date(2024, 6, 3)))
    assert (await office.view(life.case)).deadlines == ()
    await life.do("intake", f.ReconsiderationReceived(ref="r1", organ="云岭市人民政府（虚构）"))
    view = await office.view(life.case)
    assert [d.name for d in view.deadlines] == ["reconsideration_answer"]
    assert "reconsideration_answer" in view.state.law.ladder.limits
    await life.quiet()
    assert verify(office.register, [life.case]).differences == ()


async def test_legal_hears_of_silence_when_a_case_is_registered_already_overdue(
    office: Office,
) -> None:
    legal = office.person["legal"]
    case = (await office.open(arrived=datetime.now(OFFICE_ZONE).date() - timedelta(days=90))).id

    async def told() -> bool:
        with office.register.reading() as session:
            found = queries.notices(session, case_id=case)
        return any((n.kind, n.recipient) == ("inaction_opened", legal) for n in found)

    await until(told)
