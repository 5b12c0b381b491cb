"""Cases with remedies for tests: replied to, attacked, decided."""

from datetime import date

from domain.case import facts as f
from domain.case.people import Role
from domain.case.state import Law
from domain.policy import Policy
from domain.remedies import terms as t
from domain.remedies.organ import OrganProfile
from law.remedy_law import load_remedy_law
from tests.domain.case.desk import Desk, law

COUNTY = OrganProfile(
    kind=t.OrganKind.DEPARTMENT,
    name="某县自然资源局（虚构）",
    government="某县人民政府（虚构）",
    superior="某市自然资源局（虚构）",
    court="某县人民法院（虚构）",
)


def contested(
    statute: str = "cn-2019", organ: OrganProfile = COUNTY, policy: Policy | None = None
) -> Law:
    """The product's law with that of remedies."""
    return law(statute, policy).model_copy(update={"remedies": load_remedy_law(organ)})


def opened(arrived: date, statute: str = "cn-2019", policy: Policy | None = None) -> Desk:
    """A case that arrived on that day and was assigned."""
    return Desk.open(arrived, case_law=contested(statute, policy=policy)).assign()


def refused(
    arrived: date,
    sent: date | None = None,
    notice: t.NoticeOfRemedy = t.NoticeOfRemedy.GIVEN,
) -> Desk:
    """Refused as internal (art 16), sent and delivered on `sent`."""
    desk = opened(arrived)
    if sent is not None:
        desk.until(sent)
    withhold = f.ItemReviewed(ref="a", decision=f.Decision.WITHHOLD, ground="内部事务")
    desk.add().do(Role.REVIEWER, withhold)
    desk.draft("refused_internal", ground="内部事务").approve()
    return sent_by_hand(desk, notice)


def sent_by_hand(desk: Desk, notice: t.NoticeOfRemedy = t.NoticeOfRemedy.GIVEN) -> Desk:
    """The reply handed over: delivered the same day."""
    hand = f.Dispatched(channel=f.DispatchChannel.HANDED_OVER, remedy_notice=notice)
    return desk.do(Role.HANDLER, hand).do(Role.HANDLER, f.Delivered())


def answered_anew(desk: Desk, ref: str = "b") -> Desk:
    """The reply after an order: granted, reviewed and signed again, handed over."""
    desk.add(ref).review(ref).sign().draft().approve()
    return sent_by_hand(desk)


def reconsidered(desk: Desk, ref: str = "r1", **more: object) -> Desk:
    """The copy of an application arrives today."""
    fact = {"ref": ref, "organ": "某县人民政府（虚构）", **more}
    return desk.do(Role.LEGAL, f.ReconsiderationReceived.model_validate(fact))


def decided(desk: Desk, outcome: str, ref: str = "r1", **more: object) -> Desk:
    """The decision is served today."""
    fact = {"ref": ref, "outcome": outcome, **more}
    return desk.do(Role.LEGAL, f.ReconsiderationDecided.model_validate(fact))


def sued(desk: Desk, ref: str = "s1", **more: object) -> Desk:
    """The copy of a complaint, an appeal or an application for retrial arrives today."""
    fact = {"ref": ref, "court": "某县人民法院（虚构）", **more}
    return desk.do(Role.LEGAL, f.LawsuitReceived.model_validate(fact))


def judged(
    desk: Desk, outcome: str, ref: str = "s1", form: str = "judgment", **more: object
) -> Desk:
    """A judgment or ruling is served today."""
    fact = {"ref": ref, "form": form, "outcome": outcome, **more}
    return desk.do(Role.LEGAL, f.JudgmentReceived.model_validate(fact))
