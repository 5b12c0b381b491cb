"""One late fact in a case of 250 events, whose whole life is gone through anew, against the same
fact entered in order, and against folding the record once. Nothing but the rules."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from bench.due_date import fastest
from domain.case import facts as f
from domain.case.act import Act, Event, Evidence
from domain.case.agenda import pass_over, settle
from domain.case.decide import decide, foreseen
from domain.case.evolve import folded
from domain.case.opening import blank, open_case
from domain.case.people import Actor, Grant, Role
from domain.case.state import CaseState, Law
from domain.clock import Receipt
from domain.policy import Policy
from domain.rules import CURRENT_RULES
from domain.statute import Channel, Party
from domain.values import OFFICE_ZONE
from law.files import load_calendar, load_ladder, load_statutes

ORGAN = "county"
RECEIVED = date(2024, 3, 4)
EVENTS = 250
LETTERS = 40
REPEATS = 5


def run() -> dict[str, Any]:
    """Milliseconds of each, and the ratios."""
    start, state, events, now = _case()
    on = next(e.effective_on for e in events if e.what.kind == "consultation_sent")
    answered = f.ConsultationAnswered(ref="t1", answer=f.Answer.CONSENTS)
    late, in_order = _act("late", answered, on + timedelta(days=2)), _act("now", answered, None)
    revoked = foreseen(state, late, now)[0].events[0].consequences
    in_order_ms, late_ms, folding_ms = (
        us / 1000
        for us in fastest(
            (lambda: [decide(state, in_order, now) for _ in range(REPEATS)], REPEATS),
            (lambda: [decide(state, late, now) for _ in range(REPEATS)], REPEATS),
            (lambda: folded(start, events), 1),
        )
    )
    return {
        "events": len(events),
        "revoked": len(revoked.revoked) if revoked else 0,
        "late_ms": round(late_ms, 2),
        "in_order_ms": round(in_order_ms, 2),
        "folding_ms": round(folding_ms, 2),
        "late_against_in_order": round(late_ms / in_order_ms, 1),
        "late_against_folding": round(late_ms / folding_ms, 2),
    }


def _case() -> tuple[CaseState, CaseState, Sequence[Event], datetime]:
    """Letters that are answered, but for the first one; documents that come and are replaced; notes
    between: what a case of that length is made of."""
    statute = next(s for s in load_statutes() if s.id == "cn-2019")
    law = Law(
        statute=statute,
        calendar=load_calendar(statute.calendar),
        policy=Policy(),
        ladder=load_ladder(),
        rules=CURRENT_RULES,
    )
    start = blank("2024-0001", ORGAN, law)
    now = datetime.combine(RECEIVED, time(9), OFFICE_ZONE)
    receipt = Receipt(channel=Channel.MAIL_SIGNED, arrived=RECEIVED)
    opened = open_case(start, receipt, PERSON, "c0", now)
    state, events = opened.state, list(opened.events)
    for number, what in enumerate(_facts()):
        now += timedelta(hours=15)
        act = _act(f"c{number + 1}", what, None)
        before = settle(state, now)
        done = decide(before.state, act, now)
        after = pass_over(done.state, now)
        events += [*before.events, *done.events, *after.events]
        state = after.state
        if len(events) >= EVENTS:
            break
    return start, state, events, now


def _facts() -> Iterator[f.OfficeFact]:
    yield f.Assigned(department="planning", handler="zhang")
    for n in range(1, LETTERS + 1):
        yield f.ItemAdded(ref=f"a{n}", title="规划图（虚构）", sha256=f"{n:02x}" * 32)
        yield f.ConsultationSent(ref=f"t{n}", party=Party.THIRD_PARTY, name="某公司（虚构）")
        yield f.ItemReplaced(ref=f"a{n}", sha256=f"{n + 100:02x}" * 32)
        if n > 1:
            yield f.ConsultationAnswered(ref=f"t{n}", answer=f.Answer.CONSENTS)
        yield f.Noted(text="来电询问进度（虚构）")


def _act(command: str, what: f.OfficeFact, on: date | None) -> Act:
    proof = (Evidence(text="回执（虚构）"),)
    return Act(command_id=command, actor=PERSON, what=what, effective_on=on, evidence=proof)


PERSON = Actor(
    person="zhang",
    grants=tuple(Grant(role=role, organ=ORGAN) for role in Role if role is not Role.SYSTEM),
)
