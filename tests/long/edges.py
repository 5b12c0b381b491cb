"""Acts that arrive in the second in which a run ends, rests, goes on in a new one or is reopened.

    python -m tests.long.edges [--acts 1000] [--seed 1]

Prints one JSON object. Every act has to be taken, once: none lost, none refused, none doubled.
"""

import argparse
import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

from activities.register import RegisterActivities
from domain.case import facts as f
from domain.case.act import Act, Evidence
from domain.case.facts import NewApplicant
from domain.clock import Receipt
from domain.remedies.terms import Against
from domain.statute import Channel
from office.acts.order import new_command_id
from office.cases import intake
from office.cases.application import Application
from register.reads import queries, roster
from register.reads.words import opened
from register.verify import verify
from starter.engine.running import running
from tests.office_fixture import Office, opened_office
from tests.short_runs import RUN_LENGTH, sized_runs
from tests.waiting import until
from worker import build

LANES = 8
"""Cases that are sent acts at the same time."""
BURST = 3
"""Acts that arrive together, at most."""
LONGEST_PAUSE = 0.5
"""Seconds between bursts, at most: about as long as a reopened run lives."""
PER_CASE = 13
"""Acts of one case."""


@dataclass
class Outcome:
    """What became of the acts. `slowest` and `median` in seconds, from sending to the answer."""

    sent: int = 0
    refused: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    runs: int = 0
    took: list[float] = field(default_factory=list)

    def told(self) -> dict[str, object]:
        """For people and files."""
        took = sorted(self.took)
        return {
            "acts": self.sent,
            "runs": self.runs,
            "refused": len(self.refused),
            "lost": len(self.lost),
            "doubled": len(self.doubled),
            "differences": len(self.differences),
            "median_seconds": round(took[len(took) // 2], 3),
            "slowest_seconds": round(took[-1], 3),
        }


async def storm(office: Office, acts: int, seed: int) -> Outcome:
    """Send at least that many acts at the edges of runs; what became of them."""
    settings = office.settings.model_copy(update={"timeout": 60.0, "row_wait": 0.0})
    office = replace(office, settings=settings)
    found = Outcome()
    kinds = (_over, _resting, _continued, _sued)
    cases = -(-acts // PER_CASE)
    gate = asyncio.Semaphore(LANES)

    async def lane(number: int) -> None:
        async with gate:
            await _lane(office, kinds[number % len(kinds)], Random(seed * 1000 + number), found)

    with sized_runs():
        await asyncio.gather(*(lane(number) for number in range(cases)))
    return found


Other = tuple[str, f.OfficeFact] | None
Kind = Callable[[Office], Awaitable[tuple[str, Other]]]


async def _over(office: Office) -> tuple[str, Other]:
    """Long over: each act finds no run, or one that is about to end again."""
    return await _registered(office, over=True), None


async def _sued(office: Office) -> tuple[str, Other]:
    """Long over, until a suit makes it stay."""
    suit = f.LawsuitReceived(ref="s1", against=Against.INACTION, court="某县人民法院（虚构）")
    return await _registered(office, over=True), ("legal", suit)


async def _resting(office: Office) -> tuple[str, Other]:
    """Open, until a withdrawal approved in the middle of the others lays it to rest."""
    case = await _registered(office)
    letter = Evidence(text="申请人来信（虚构）")
    proposed = await office.do(case, "intake", f.Withdrawn(), evidence=(letter,))
    return case, ("disclosure_head", f.EntryApproved(seq=proposed.answer.seq))


async def _continued(office: Office) -> tuple[str, Other]:
    """In runs so short that acts keep arriving while one hands over to the next."""
    RUN_LENGTH.set(40)
    return await _registered(office), None


async def _registered(office: Office, *, over: bool = False) -> str:
    with office.register.reading() as session:
        clerk = roster.actor(session, office.person["intake"])
    arrived = date(2024, 9, 2) if over else date.today()  # noqa: DTZ011 - any recent day
    gone = Act(
        command_id=new_command_id(),
        actor=clerk,
        what=f.Withdrawn(),
        effective_on=date(2024, 9, 10),
    )
    done = await intake.register(
        office.desk,
        Application(
            user=clerk.person,
            command_id=new_command_id(),
            receipt=Receipt(channel=Channel.MAIL_SIGNED, arrived=arrived),
            applicant=NewApplicant(kind="natural", name="张某（虚构）", contact="无"),
            subject="某道路规划文件（虚构）",
            organ="qinghe",
            second=office.person["disclosure_head"] if over else None,
            history=(gone,) if over else (),
        ),
    )
    return done.id


async def _lane(office: Office, kind: Kind, random: Random, found: Outcome) -> None:
    case, other = await kind(office)
    notes = [f"{case}:{number}" for number in range(PER_CASE - (other is not None))]
    facts: list[tuple[str, f.OfficeFact]] = [("supervisor", f.Noted(text=n)) for n in notes]
    if other is not None:
        facts.insert(random.randrange(1, len(facts)), other)
    while facts:
        size = random.randint(1, BURST)
        burst, facts = facts[:size], facts[size:]
        await asyncio.gather(*(_one(office, case, *fact, random, found) for fact in burst))
        await asyncio.sleep(random.uniform(0, LONGEST_PAUSE))
    await _compare(office, case, notes, found)


async def _one(
    office: Office, case: str, role: str, fact: f.OfficeFact, random: Random, found: Outcome
) -> None:
    command = new_command_id()
    found.sent += 1
    begun = perf_counter()
    try:
        sent = await office.do(case, role, fact, command_id=command)
        found.took.append(perf_counter() - begun)
        if random.random() < 0.2:  # as a caller does who got no answer
            again = await office.do(case, role, fact, command_id=command)
            if again.answer.seq != sent.answer.seq:
                found.doubled.append(f"{case} {sent.answer.seq} {again.answer.seq}")
    except Exception as error:  # whatever it is, it is the finding
        found.refused.append(f"{case} {fact.kind}: {error!r}")


async def _compare(office: Office, case: str, notes: list[str], found: Outcome) -> None:
    """The record against what was sent, once everything is written."""

    async def written() -> bool:
        with office.register.reading() as session:
            there = queries.event_count(session, case)
        view = await office.view(case)
        return view.unwritten == 0 and view.state.seq <= there

    await until(written)
    with office.register.reading() as session:
        events = opened(session, queries.events(session, case))
    texts = Counter(e.what.text for e in events if isinstance(e.what, f.Noted))
    found.lost += [note for note in notes if not texts[note]]
    found.doubled += [text for text, times in texts.items() if times > 1]
    if [e.seq for e in events] != list(range(1, len(events) + 1)):
        found.differences.append(f"{case}: numbers")
    found.differences += map(str, verify(office.register, [case]).differences)
    async for _ in office.client.list_workflows(f"WorkflowId = '{case}'"):
        found.runs += 1


async def _alone(acts: int, seed: int) -> Outcome:
    with TemporaryDirectory(prefix="yishen-edges-") as name:
        folder = Path(name)
        async with (
            running(folder / "engine", isolated=True) as engine,
            opened_office(engine, folder) as office,
            build(office.client, RegisterActivities(office.register, office.settings.mail_drop)),
        ):
            return await storm(office, acts, seed)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--acts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    outcome = asyncio.run(_alone(chosen.acts, chosen.seed))
    print(json.dumps(outcome.told()))
    for wrong in (outcome.refused, outcome.lost, outcome.doubled, outcome.differences):
        for line in wrong[:20]:
            print(line)
