"""A small office for tests: people with one role each, and a case that they drive by acts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import sha256
from itertools import count

from domain.case import facts as f
from domain.case.act import Act, Event, Evidence
from domain.case.agenda import pass_over, settle
from domain.case.decide import decide
from domain.case.evolve import evolve
from domain.case.happening import as_they_stand
from domain.case.opening import blank, open_case
from domain.case.people import Actor, Grant, Role
from domain.case.second_person import second
from domain.case.state import CaseState, Law
from domain.case.status import status
from domain.case.summary import Status
from domain.clock import Receipt
from domain.policy import Policy
from domain.rules import CURRENT_RULES
from domain.statute import Channel, Party
from domain.values import OFFICE_ZONE
from law.files import load_calendar, load_ladder, load_statutes

ORGAN = "county"
DEPARTMENT = "planning"
PEOPLE: dict[Role, Actor] = {
    role: Actor(person=f"{role}_1", grants=(Grant(role=role, organ=ORGAN),))
    for role in Role
    if role is not Role.SYSTEM
}
HANDLER = PEOPLE[Role.HANDLER].person


def hashed(text: str) -> str:
    """A hash like a file's."""
    return sha256(text.encode()).hexdigest()


def law(statute: str = "cn-2019", policy: Policy | None = None, rules: int = CURRENT_RULES) -> Law:
    """The product's own law, as a case gets it."""
    statutes = {s.id: s for s in load_statutes()}
    return Law(
        statute=statutes[statute].pinned(),
        calendar=load_calendar(statutes[statute].calendar),
        policy=policy or Policy(),
        ladder=load_ladder(),
        rules=rules,
    )


PAPER = Evidence(text="回执（虚构）", sha256=hashed("回执"))


def noon(day: date) -> datetime:
    """Noon of a day in the office's zone."""
    return datetime.combine(day, time(12), tzinfo=OFFICE_ZONE)


@dataclass
class Desk:
    """One case and the day it is; `events` is its whole record."""

    state: CaseState
    day: date
    start: CaseState
    events: list[Event] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @classmethod
    def open(
        cls,
        arrived: date,
        channel: Channel = Channel.MAIL_SIGNED,
        *,
        case_law: Law | None = None,
        today: date | None = None,
    ) -> "Desk":
        state = blank("2024-0001", ORGAN, case_law or law())
        opened = open_case(
            state,
            Receipt(channel=channel, arrived=arrived),
            PEOPLE[Role.INTAKE],
            "c0",
            noon(today or arrived),
        )
        return cls(opened.state, today or arrived, state, list(opened.events))

    def act(self, role: Role, what: f.OfficeFact, on: date | None = None, **more: object) -> Act:
        """An act as the person of that role would send it."""
        return Act.model_validate(
            {
                "command_id": f"c{next(self.numbers)}",
                "actor": PEOPLE[role],
                "what": what,
                "effective_on": on,
                **more,
            }
        )

    def do(self, role: Role, what: f.OfficeFact, on: date | None = None) -> "Desk":
        """Do it today, recorded for `on`, with its paper; where that takes a second person, whoever
        is asked approves it. Refusal as by `decide`."""
        self.alone(role, what, on)
        last = self.state.timeline[-1]
        if last.kind == "entry_proposed":
            self.take(self.act(second(last.role), f.EntryApproved(seq=last.seq)))
        return self

    def alone(self, role: Role, what: f.OfficeFact, on: date | None = None) -> "Desk":
        """Do it with its paper, and leave it to nobody to approve."""
        return self.take(self.act(role, what, on, evidence=[PAPER]))

    def take(self, act: Act) -> "Desk":
        """Take an act as the workflow does: what passed by itself goes first."""
        before = settle(self.state, noon(self.day))
        done = decide(before.state, act, noon(self.day))
        after = pass_over(done.state, noon(self.day))
        self.events += [*before.events, *done.events, *after.events]
        self.state = after.state
        return self

    def until(self, day: date) -> "Desk":
        """Let time pass to noon of `day`."""
        passed = settle(self.state, noon(day))
        self.events += passed.events
        self.state = passed.state
        self.day = day
        return self

    def seq(self, kind: str) -> int:
        """The number of the last entry of that kind."""
        return max(entry.seq for entry in self.state.timeline if entry.kind == kind)

    def amended(self, kind: str, on: date | None = None, **values: object) -> f.EntryAmended:
        """The last entry of that kind with other values, or on another day."""
        event = as_they_stand(self.events)[self.seq(kind)]
        stated = event.what.model_dump(exclude=set(event.filled)) | values
        return f.EntryAmended.model_validate(
            {"seq": event.seq, "what": stated, "on": on, "reason": "登记有误"}
        )

    def annulled(self, kind: str) -> f.EntryAnnulled:
        """The last entry of that kind never happened."""
        return f.EntryAnnulled(seq=self.seq(kind), reason="误登")

    def refolded(self) -> CaseState:
        """The state as rebuilt from the record alone."""
        state = self.start
        for event in self.events:
            state = evolve(state, event)
        return state

    def due(self, limit: str = "reply", ref: str | None = None) -> date | None:
        """Last day of a running limit."""
        deadline = self.state.deadline(limit, ref)
        return deadline.due if deadline else None

    # -- ways through ---------------------------------------------------------------------------

    def assign(self) -> "Desk":
        return self.do(Role.INTAKE, f.Assigned(department=DEPARTMENT, handler=HANDLER))

    def add(self, ref: str = "a", text: str | None = None) -> "Desk":
        sha = hashed(text or ref)
        return self.do(Role.HANDLER, f.ItemAdded(ref=ref, title=f"文件 {ref}", sha256=sha))

    def review(self, ref: str = "a", decision: f.Decision = f.Decision.RELEASE) -> "Desk":
        ground = "过程性信息" if decision is f.Decision.WITHHOLD else None
        return self.do(Role.REVIEWER, f.ItemReviewed(ref=ref, decision=decision, ground=ground))

    def sign(self) -> "Desk":
        self.do(Role.LEADER_IN_CHARGE, f.Signed())
        return self.do(Role.PRINCIPAL_LEADER, f.Signed())

    def draft(self, kind: str = "granted", **fields: str) -> "Desk":
        draft = f.ReplyDrafted.model_validate(
            {"reply_kind": kind, "reasons": "经审查，予以公开。", **fields}
        )
        return self.do(Role.HANDLER, draft)

    def approve(self) -> "Desk":
        return self.do(Role.DISCLOSURE_HEAD, f.ReplyApproved())

    def dispatch(self, on: date | None = None) -> "Desk":
        return self.do(Role.HANDLER, f.Dispatched(channel=f.DispatchChannel.POST), on)

    def ready(self) -> "Desk":
        """Assigned, one item reviewed and signed, granted and approved."""
        return self.assign().add().review().sign().draft().approve()

    def notice(self, correct_by: date | None = None) -> "Desk":
        return self.do(
            Role.HANDLER, f.CorrectionNoticeSent(points="请写明年份", correct_by=correct_by)
        )

    def consult(self, ref: str = "t1", party: Party = Party.THIRD_PARTY) -> "Desk":
        return self.do(
            Role.HANDLER, f.ConsultationSent(ref=ref, party=party, name="某公司（虚构）")
        )


def in_state(where: Status) -> Desk:
    """A case in each state of the table, by acts alone."""
    start = date(2024, 9, 2)
    match where:
        case Status.AWAITING_CONFIRMATION:
            desk = Desk.open(start, Channel.WEB_FORM)
        case Status.REGISTERED:
            desk = Desk.open(start)
        case Status.IN_HAND:
            desk = Desk.open(start).assign()
        case Status.CORRECTING:
            desk = Desk.open(start).assign().notice()
        case Status.AWAITING_PAYMENT:
            desk = Desk.open(start).assign().do(Role.HANDLER, fee_notice())
        case Status.UNDER_REVIEW:
            desk = Desk.open(start).assign().add()
        case Status.IN_APPROVAL:
            desk = Desk.open(start).assign().add().review().sign().draft()
        case Status.APPROVED:
            desk = Desk.open(start).ready()
        case Status.DISPATCHED:
            desk = Desk.open(start).ready().dispatch()
        case Status.CLOSED:
            desk = Desk.open(start).ready().dispatch().do(Role.HANDLER, f.Delivered())
        case Status.LAPSED:
            desk = Desk.open(start).assign().notice(date(2024, 9, 10)).until(date(2024, 9, 12))
        case Status.WITHDRAWN:
            desk = Desk.open(start).do(Role.INTAKE, f.Withdrawn())
        case Status.VOID:
            desk = Desk.open(start).do(Role.INTAKE, f.Voided(reason="重复登记"))
    assert status(desk.state) is where
    return desk


def fee_notice() -> f.FeeNoticeSent:
    """A fee notice for an excess by items."""
    return f.FeeNoticeSent.model_validate(
        {
            "standard": "item",
            "amount": "2000.00",
            "ground": "当月第30件",
            "how_to_pay": "缴入财政专户（虚构）",
        }
    )
