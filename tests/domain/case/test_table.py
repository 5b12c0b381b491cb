"""The whole product state x act x role, permitted and refused, against the golden grid."""

from datetime import date
from pathlib import Path

import pytest

from domain.case import facts as f
from domain.case.decide import decide
from domain.case.people import Role
from domain.case.summary import Status
from domain.case.table import TABLE, acts_open_to
from domain.clock import Receipt
from domain.errors import Code, Refusal, YishenError
from domain.remedies import terms as t
from domain.remedies.proceeding import Document
from domain.statute import Channel, Party
from tests.domain.case.desk import DEPARTMENT, PEOPLE, Desk, fee_notice, in_state, noon

GOLDEN = Path(__file__).parent / "table.golden.txt"
BY_TABLE = (Code.NOT_IN_THIS_STATE, Code.NOT_YOUR_ROLE)

SAMPLES: dict[str, f.OfficeFact] = {
    fact.kind: fact
    for fact in (
        f.ReceiptConfirmed(),
        f.Withdrawn(),
        f.Voided(reason="误登"),
        f.Assigned(department=DEPARTMENT, handler="handler_1"),
        f.Reassigned(department=DEPARTMENT, handler="handler_1", reason="休假"),
        f.CorrectionNoticeSent(points="请写明年份"),
        f.CorrectionReceived(),
        f.LateCorrectionAccepted(reason="住院"),
        f.Reinstated(until=date(2024, 12, 2), reason="告知书退回"),
        f.ConsultationSent(ref="t9", party=Party.THIRD_PARTY, name="某公司（虚构）"),
        f.ConsultationDelivered(ref="t1"),
        f.ConsultationAnswered(ref="t1", answer=f.Answer.CONSENTS),
        f.OverrideTold(ref="t1"),
        f.ExtensionAsked(working_days=20, reason="材料多"),
        f.ExtensionGranted(),
        f.ExtensionRefused(reason="不必"),
        f.ExtensionTold(),
        f.LimitSet(until=date(2025, 3, 3), reason="数量过大"),
        fee_notice(),
        f.FeePaid.model_validate({"amount": "2000.00"}),
        f.ItemAdded(ref="z", title="文件"),
        f.ItemReplaced(ref="a", sha256="0" * 64),
        f.ItemReviewed(ref="a", decision=f.Decision.RELEASE),
        f.Signed(),
        f.Returned(reason="补充页码"),
        f.ReplyDrafted(reply_kind="granted", reasons="予以公开"),
        f.ReplyApproved(),
        f.ReplyReturned(reason="依据有误"),
        f.Dispatched(channel=f.DispatchChannel.POST),
        f.Delivered(),
        f.ReconsiderationReceived(ref="x1", organ="某市人民政府（虚构）"),
        f.ReconsiderationProcedureChanged(ref="r1", simplified=True),
        f.ReconsiderationExtended(ref="r1", calendar_days=30),
        f.ReconsiderationDecided(ref="r1", outcome=t.ReconsiderationOutcome.UPHELD),
        f.ReconsiderationServedOnApplicant(ref="r1"),
        f.LawsuitReceived(ref="x2", court="某县人民法院（虚构）"),
        f.JudgmentReceived(
            ref="s1", form=t.DecisionForm.JUDGMENT, outcome=t.JudgmentOutcome.DISMISSED
        ),
        f.JudgmentServedOnOther(ref="s1"),
        f.AppealFiled(ref="s1", by=t.Side.AGENCY),
        f.AnswerSubmitted(ref="r1"),
        f.EvidenceListed(ref="r1", documents=(Document(title="检索记录"),)),
        f.MediationHeld(ref="r1", agreed=False),
        f.ProceedingSuspended(ref="r1", reason="等待另案"),
        f.ProceedingResumed(ref="r1"),
        f.HearingSet(ref="s1", hearing="h1", at=noon(date(2024, 12, 2))),
        f.HearingCancelled(ref="s1", hearing="h1"),
        f.ComplaintReceived(ref="x3", organ="某市人民政府（虚构）"),
        f.ComplaintDecided(ref="c1", outcome=t.ComplaintOutcome.UNFOUNDED),
        f.AccountabilityRecorded(measure=t.Measure.NONE, article="art 53", text="不予追究"),
        f.RemedyNoticeGiven(),
        f.RemedyNoticeFaulty(notice="missing"),
        f.TrainingAdvanced(days=3),
        f.Noted(text="电话沟通"),
        f.EntryAmended(
            seq=1,
            what=f.Registered(
                receipt=Receipt(channel=Channel.MAIL_SIGNED, arrived=date(2024, 9, 3))
            ),
            reason="误记",
        ),
        f.EntryAnnulled(seq=2, reason="误记"),
        f.ConflictKept(seq=2, reason="确有其事"),
        f.EntryApproved(seq=2),
        f.EntryRefused(seq=2, reason="无据"),
    )
}


def outcome(desk: Desk, kind: str, role: Role) -> bool:
    """Whether the table lets `role` do `kind` here; guards may still refuse what it lets pass."""
    try:
        decide(desk.state, desk.act(role, SAMPLES[kind]), noon(desk.day))
    except YishenError as no:
        return no.code not in BY_TABLE
    return True


def first_day(kind: str) -> str:
    """Where the back-dating of an act ends, beside the arrival."""
    row = TABLE[kind]
    arrival = ["first_arrival"] if row.remedy else []
    return f"{kind}: {' '.join([*arrival, *row.follows])}"


def grid() -> str:
    lines = []
    for where in Status:
        desk = in_state(where)
        lines.append(f"[{where}]")
        for kind in TABLE:
            roles = [role for role in PEOPLE if outcome(desk, kind, role)]
            if roles:
                lines.append(f"{kind}: {' '.join(roles)}")
        lines.append("")
    lines.append("[not before]")
    lines += [first_day(kind) for kind, row in TABLE.items() if row.follows or row.remedy]
    lines.append("")
    return "\n".join(lines)


def test_every_act_of_the_office_has_a_row_and_a_sample() -> None:
    assert SAMPLES.keys() == TABLE.keys()


def test_the_whole_product_is_as_the_golden_grid_says() -> None:
    assert grid() == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("where", list(Status))
def test_nobody_without_office_does_anything_and_auditors_change_nothing(where: Status) -> None:
    desk = in_state(where)
    for role in (Role.ADMIN, Role.AUDITOR):
        assert acts_open_to(desk.state, PEOPLE[role]) == ()


def test_only_the_assigned_handler_works_on_a_case() -> None:
    desk = in_state(Status.IN_HAND)
    other = PEOPLE[Role.HANDLER].model_copy(update={"person": "handler_2"})
    act = desk.act(Role.HANDLER, SAMPLES["item_added"]).model_copy(update={"actor": other})
    with pytest.raises(Refusal) as no:
        decide(desk.state, act, noon(desk.day))
    assert no.value.code is Code.NOT_YOUR_CASE


def test_a_role_in_another_organ_or_department_does_not_count() -> None:
    desk = in_state(Status.UNDER_REVIEW)
    reviewer = PEOPLE[Role.REVIEWER]
    for elsewhere in ({"organ": "another"}, {"department": "education"}):
        grant = reviewer.grants[0].model_copy(update=elsewhere)
        actor = reviewer.model_copy(update={"grants": (grant,)})
        act = desk.act(Role.REVIEWER, SAMPLES["item_reviewed"]).model_copy(update={"actor": actor})
        with pytest.raises(Refusal) as no:
            decide(desk.state, act, noon(desk.day))
        assert no.value.code is Code.NOT_YOUR_ROLE


def test_registering_is_no_act_on_a_case_that_is_there() -> None:
    """Every fact an act may carry gets an answer, also the one that opens a case."""
    desk = Desk.open(date(2024, 9, 2))
    again = f.Registered(receipt=Receipt(channel=Channel.FAX, arrived=date(2024, 9, 2)))
    with pytest.raises(Refusal) as refused:
        desk.do(Role.INTAKE, again)
    assert refused.value.code is Code.NOT_IN_THIS_STATE
