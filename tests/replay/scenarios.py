"""The ways through a case that have a golden history. Days as in 2024: received on Monday
2 September, due on 30 September, National Day from the 1st to the 7th."""

from collections.abc import Awaitable, Callable
from datetime import date

from domain.case import facts as f
from domain.case.act import Act
from domain.statute import Channel, Party
from register.reads import roster
from tests.office_fixture import Office
from tests.replay.life import ASSIGNED, GRANTED, ITEM, RELEASE, Life, under
from workflows.messages import Revision

Scenario = Callable[[Office], Awaitable[Life]]
DAY = date(2024, 9, 2)
SCENARIOS: dict[str, tuple[int, Scenario]] = {}
"""Name to the number of the rules it is registered under, and how it goes."""


def golden(rules: int, suffix: str = "") -> Callable[[Scenario], Scenario]:
    """Note a scenario; its name is the function's."""

    def note(scenario: Scenario) -> Scenario:
        SCENARIOS[scenario.__name__ + suffix] = (rules, scenario)
        return scenario

    return note


def sep(day: int) -> date:
    """A day of that September."""
    return date(2024, 9, day)


def octo(day: int) -> date:
    """A day of that October."""
    return date(2024, 10, day)


async def begun(office: Office) -> Life:
    """Received and assigned on the first day."""
    return await (await Life.begin(office, DAY)).do("intake", ASSIGNED)


@golden(2)
async def granted(office: Office) -> Life:
    life = await (await begun(office)).until(sep(10))
    return await (await life.ready()).out()


@golden(1)
async def granted_late(office: Office) -> Life:
    """In spite of every reminder: dispatched after the last day."""
    life = await (await begun(office)).until(octo(9))
    return await (await life.ready()).out()


@golden(2)
async def partly_granted(office: Office) -> Life:
    life = await begun(office)
    await life.do("handler", ITEM)
    await life.do("handler", f.ItemAdded(ref="b", title="会议纪要（虚构）", sha256="cd" * 32))
    await life.do("reviewer", RELEASE)
    withheld = f.ItemReviewed(ref="b", decision=f.Decision.WITHHOLD, ground="过程性信息")
    await life.do("reviewer", withheld)
    await life.until(sep(11))
    await life.do("leader_in_charge", f.Signed())
    await life.do("principal_leader", f.Signed())
    draft = {"reply_kind": "partly_granted", "reasons": "部分公开。", "ground": "过程性信息"}
    await life.do("handler", f.ReplyDrafted.model_validate(draft))
    await life.do("disclosure_head", f.ReplyApproved())
    return await life.out()


@golden(1)
async def refused(office: Office) -> Life:
    life = await begun(office)
    await life.do("handler", f.ItemAdded(ref="a", title="内部请示（虚构）"))
    review = f.ItemReviewed(ref="a", decision=f.Decision.WITHHOLD, ground="内部事务信息")
    await life.do("reviewer", review)
    draft = {"reply_kind": "refused_internal", "reasons": "不予公开。", "ground": "内部事务信息"}
    await life.do("handler", f.ReplyDrafted.model_validate(draft))
    await life.do("disclosure_head", f.ReplyReturned(reason="请写明条款"))
    await life.until(sep(20))
    await life.do("handler", f.ReplyDrafted.model_validate(draft))
    await life.do("disclosure_head", f.ReplyApproved())
    return await life.out()


@golden(1)
async def corrected(office: Office) -> Life:
    """Still open: the completed request was day 0 of a new period."""
    life = await (await begun(office)).until(sep(6))
    await life.do("handler", f.CorrectionNoticeSent(points="请写明年份"))
    await life.until(sep(19))
    await life.do("intake", f.CorrectionReceived())
    return await life.until(octo(21))


@golden(2)
async def correction_lapsed(office: Office) -> Life:
    life = await (await begun(office)).until(sep(6))
    await life.do("handler", f.CorrectionNoticeSent(points="请写明年份", correct_by=sep(24)))
    return await life.until(sep(26))


@golden(2)
async def reinstated(office: Office) -> Life:
    """A lapse taken back, then the correction came."""
    life = await (await begun(office)).until(sep(6))
    await life.do("handler", f.CorrectionNoticeSent(points="请写明年份", correct_by=sep(24)))
    await life.until(sep(26))
    await life.do("disclosure_head", f.Reinstated(until=octo(11), reason="信件退回"))
    await life.until(octo(10))
    await life.do("intake", f.CorrectionReceived())
    return life


@golden(2)
async def extended(office: Office) -> Life:
    life = await (await begun(office)).until(sep(25))
    await life.do("handler", f.ExtensionAsked(working_days=20, reason="材料多"))
    await life.do("disclosure_head", f.ExtensionGranted())
    await life.do("intake", f.ExtensionTold())
    await life.until(octo(25))
    return await (await life.ready()).out()


@golden(1)
async def third_party_silent(office: Office) -> Life:
    """Asked on the 10th; its limit runs over National Day and ends in silence."""
    life = await begun(office)
    await life.do("handler", ITEM)
    await life.until(sep(10))
    ask = f.ConsultationSent(ref="t1", party=Party.THIRD_PARTY, name="某公司（虚构）", items=("a",))
    await life.do("handler", ask)
    await life.until(octo(15))
    await life.do("reviewer", RELEASE)
    await life.do("leader_in_charge", f.Signed())
    await life.do("principal_leader", f.Signed())
    await life.do("handler", GRANTED)
    await life.do("disclosure_head", f.ReplyApproved())
    return await life.out()


@golden(2)
async def third_party_waits(office: Office) -> Life:
    """Still open: a pause in which a second consultation overlaps the first."""
    life = await (await begun(office)).until(sep(9))
    sent = f.ConsultationSent(ref="t1", party=Party.THIRD_PARTY, name="某公司（虚构）")
    await life.do("handler", sent)
    await life.until(sep(12))
    other = f.ConsultationSent(ref="c1", party=Party.COPRODUCER, name="某局（虚构）")
    await life.do("handler", other)
    await life.until(sep(18))
    answer = f.ConsultationAnswered(ref="t1", answer=f.Answer.OBJECTS, reason="商业秘密")
    return await life.do("handler", answer)


@golden(3)
async def agency_waits(office: Office) -> Life:
    """Still open: no text limits another agency's answer; the handler is told to ask for it, and
    told again."""
    life = await (await begun(office)).until(sep(3))
    asked = f.ConsultationSent(ref="a1", party=Party.AGENCY, name="某局（虚构）")
    await life.do("handler", asked)
    return await life.until(octo(14))


def fee_notice() -> f.FeeNoticeSent:
    """For an excess by items."""
    return f.FeeNoticeSent.model_validate(
        {
            "standard": "item",
            "amount": "2000.00",
            "ground": "当月第30件",
            "how_to_pay": "缴入财政专户（虚构）",
        }
    )


@golden(2)
async def fee_paid(office: Office) -> Life:
    life = await (await begun(office)).do("handler", fee_notice())
    await life.until(sep(20))
    await life.do("handler", f.FeePaid.model_validate({"amount": "2000.00"}))
    return await life.until(sep(24))


@golden(1)
async def fee_unpaid(office: Office) -> Life:
    life = await (await begun(office)).do("handler", fee_notice())
    return await life.until(octo(8))


@golden(1)
async def overdue(office: Office) -> Life:
    """Still open: the whole ladder, over the holiday, to the principal leader."""
    return await (await begun(office)).until(octo(15))


@golden(2)
async def moved_in(office: Office) -> Life:
    """Moves in on 8 October with its past, overdue since the 1st."""
    with office.register.reading() as session:
        people = {who: roster.actor(session, who) for who in ("wang", "li")}
    past: tuple[tuple[str, f.OfficeFact, date], ...] = (
        ("wang", ASSIGNED, DAY),
        ("li", f.CorrectionNoticeSent(points="请写明年份"), sep(4)),
        ("wang", f.CorrectionReceived(), sep(6)),
        ("li", ITEM, sep(12)),
    )
    history = [
        Act(command_id=f"past.{n}", actor=people[who], what=what, effective_on=on)
        for n, (who, what, on) in enumerate(past)
    ]
    life = await Life.begin(office, date(2024, 10, 14), arrived=DAY, history=history)
    return await life.until(octo(17))


@golden(2)
async def withdrawn(office: Office) -> Life:
    life = await (await begun(office)).until(sep(25))
    return await life.agreed("intake", f.Withdrawn(reason="已自行获取"))


@golden(2)
async def voided(office: Office) -> Life:
    life = await Life.begin(office, DAY)
    return await life.agreed("intake", f.Voided(reason="重复登记"))


@golden(2)
async def unconfirmed(office: Office) -> Life:
    """A web form nobody confirmed in time, then confirmed: no period ran before."""
    life = await (await Life.begin(office, DAY, channel=Channel.WEB_FORM)).until(sep(5))
    await life.do("intake", f.ReceiptConfirmed())
    await life.do("intake", ASSIGNED)
    return await life.until(sep(6))


@golden(1, "_under_1")
@golden(2, "_under_2")
async def reviewed_in_window(office: Office) -> Life:
    """An item is under review while the window of the correction notice runs out."""
    life = await (await begun(office)).do("handler", ITEM)
    return await life.until(sep(13))


@golden(1)
async def raised(office: Office) -> Life:
    """The same, raised from rules 1 to 2 on the way."""
    life = await (await begun(office)).do("handler", ITEM)
    await life.until(sep(5))
    await life.revise(Revision(command_id="raise-to-2", rules=2))
    return await life.until(sep(13))


@golden(2)
async def continued(office: Office) -> Life:
    """Goes on in a new run, several times, with reminders before and after."""
    with under(2, short=True):
        life = await begun(office)
    for day in (9, 13, 23, 26, 30):
        for number in range(4):
            await life.do("supervisor", f.Noted(text=f"{day}日第{number}次了解"))
        await life.until(sep(day))
    return await life.until(octo(9))
