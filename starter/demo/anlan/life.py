"""A case of the county, lived step by step by the rules alone to this moment."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.case import facts as f
from domain.case.act import Act, Evidence
from domain.case.agenda import pass_over, settle, upcoming
from domain.case.decide import decide
from domain.case.opening import open_case
from domain.case.people import Actor
from domain.case.second_person import second
from domain.case.state import CaseState
from domain.values import legal_day, legal_time
from starter.demo.anlan.county_case import CountyCase, Tools
from starter.demo.anlan.days import Coming
from starter.demo.anlan.facts import facts
from starter.demo.anlan.words import PlanStep, county

SLIPS = ("delivered", "consultation_delivered", "withdrawn", "override_told", "entry_amended")
"""Kinds that come with a scan of their paper."""


def lived(
    one: Coming,
    before: CaseState,
    plain: f.Registered,
    sealed: f.Registered,
    intake: Actor,
    tools: Tools,
    now: datetime,
) -> CountyCase:
    """The case from its registration by `intake` to `now`. `before`: nothing has happened to it;
    `sealed`: what is asked for, as it is recorded. Refusal as by `decide`: the plans are lawful."""
    case = CountyCase(before, tools, one.pen, one.timed.begins)
    case.take_in(
        open_case(before, plain.receipt, intake, one.command_id, case.now, registered=sealed)
    )
    case.said[1] = plain
    for at, step in one.timed.steps:
        _until(case, at)
        _take(case, step)
    _until(case, legal_time(now, one.timed.offset))
    return case


def _until(case: CountyCase, instant: datetime) -> None:
    """What comes by itself comes at its instant, as in a case that runs."""
    while (thing := upcoming(case.state)) is not None and thing.instant <= instant:
        case.take_in(settle(case.state, thing.instant))
    case.now = max(case.now, instant)


def _take(case: CountyCase, step: PlanStep) -> None:
    """A step is done; where that takes a second person, whoever is asked approves it."""
    for fact in facts(case, step):
        _do(case, fact, step)
        last = case.state.timeline[-1]
        if last.kind == "entry_proposed" and "alone" not in step.options:
            asked = {"by": second(last.role).value}
            _do(case, f.EntryApproved(seq=last.seq), replace(step, options=asked))
        case.now += timedelta(seconds=1)


def _do(case: CountyCase, fact: f.OfficeFact, step: PlanStep) -> None:
    rng, state, now = case.pen.rng, case.state, case.now
    late = int(step.options.get("late", 0))
    act = Act(
        command_id=f"{state.id}.{state.seq + 1}",
        actor=case.tools.people.doing(state, fact.kind, step.option("by", rng), rng),
        what=fact,
        effective_on=legal_day(now) - timedelta(days=late) if late else None,
        evidence=tuple(_proof(case, fact.kind)),
    )
    done = decide(state, case.tools.seal(act), now)
    case.said[done.events[-1].seq] = fact
    case.take_in(done)
    case.take_in(pass_over(done.state, now))


def _proof(case: CountyCase, kind: str) -> Sequence[Evidence]:
    said = county().evidence.get(kind)
    if said is None:
        return ()
    if kind not in SLIPS:
        return (Evidence(text=said),)
    digest = case.tools.paper(f"{said} {case.state.id} {case.state.seq + 1}", "png")
    return (Evidence(text=said, sha256=digest, name="回执.png"),)
