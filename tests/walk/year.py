"""A year of an office: many walks at once, then what must hold of each case and of them all."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from random import Random

from sqlalchemy.orm import Session

from domain.case.summary import REPLIED
from domain.values import OFFICE_ZONE
from law.files import load_statutes
from office.cases.against_runs import compare_running
from office.desk import Desk
from office.people.directory_file import load_office
from office.running.key_store import register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from register.reads.annual import annual_report
from register.reads.filter import Filter
from register.reads.lists import case_lines
from register.reads.outcomes import outcomes_of
from register.reads.tasks import unattended
from register.verify import against_engine, verify
from starter.engine.running import Engine
from starter.engine.virtual_time import skipper
from tests.office_fixture import Office
from tests.short_runs import sized_runs
from tests.walk.holds import problems
from tests.walk.meanwhile import GONE, Meanwhile, left_behind
from tests.walk.office import ORGANS, directory
from tests.walk.real import PATIENCE, Broken, RealWalk, Tally

FIRST_DAYS = (
    date(2009, 3, 1),
    date(2016, 1, 1),
    date(2018, 9, 1),
    date(2021, 1, 1),
    date(2023, 6, 1),
    date(2024, 1, 1),
    date(2025, 1, 1),
)
"""Years in which the training cases live: both texts of the Regulation, both of the
Reconsideration Law, with holidays at hand."""
TIMEOUT = 30.0
WIDTH = 10
"""Walks at once."""


@dataclass
class Year:
    """What came of an office's year. `troubles`: case or office to what doesn't hold there."""

    seed: int
    walks: list[RealWalk] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    troubles: dict[str, list[str]] = field(default_factory=dict)
    loads: int = 0
    alarms: int = 0
    events: int = 0

    def report(self) -> str:
        """Every trouble, with the short script of its walk."""
        lines = [f"seed {self.seed}"]
        scripts = {walk.case or walk.seed: walk for walk in self.walks}
        for place, found in self.troubles.items():
            lines += [f"== {place}", *(f"  ! {problem}" for problem in found)]
            walk = scripts.get(place)
            if walk is not None:
                lines += [f"  walk {walk.seed}", *(f"    {line}" for line in walk.script)]
        return "\n".join(lines)


@asynccontextmanager
async def walked_office(
    engine: Engine, data: Path, url: str | None = None
) -> AsyncIterator[Office]:
    """The office of the walks with its register (`url`: where it isn't in the folder), its client
    able to jump; the worker is the caller's to run."""
    settings = Settings(data=data, YISHEN_REGISTER=url, timeout=TIMEOUT, row_wait=0)
    make_ready(settings)
    register = register_at(settings, TIMEOUT)
    with register.writing() as session:
        load_office(session, directory())
    try:
        yield Office(settings, register, skipper(await engine.connect(settings)).client, {})
    finally:
        register.close()


async def nothing() -> None:
    """Nothing has to be done before the checks."""


async def live(
    desk: Callable[[], Desk],
    seed: int,
    cases: int,
    acts: int,
    only: str | None = None,
    *,
    patience: float = PATIENCE,
    before_checks: Callable[[], Awaitable[None]] = nothing,
) -> Year:
    """So many walks of so many acts; every other case is a real one, the rest are training cases
    in other years. In their middle the calendar changes and people leave. `only`: the one walk of
    that seed."""
    year = Year(seed)
    meanwhile = Meanwhile(desk, Random(f"{seed}.meanwhile"), desk().settings.data)
    gate = asyncio.Semaphore(WIDTH)

    async def one(number: int) -> None:
        name = f"{seed}.{number}"
        if only is not None and name != only:
            return
        rng = Random(name)
        walk = RealWalk(desk, rng, name, year.tally, patience)
        year.walks.append(walk)
        first = rng.choice(FIRST_DAYS)
        async with gate:
            try:
                await walk.begin(None if number % 2 else first)
                await walk.walk(acts)
            except Broken as broken:
                _note(year, walk.case or name, str(broken))
            walk.share = 1.0

    def share() -> float:
        return sum(walk.share for walk in year.walks) / (cases if only is None else 1)

    with sized_runs():
        happening = asyncio.create_task(meanwhile.live(share))
        await asyncio.gather(*(one(number) for number in range(cases)))
        await happening
    await before_checks()
    year.loads = meanwhile.loads
    for trouble in meanwhile.troubles:
        _note(year, "office", trouble)
    await settle_accounts(year, desk)
    return year


def _note(year: Year, place: str, problem: str) -> None:
    year.troubles.setdefault(place, []).append(problem)


async def settle_accounts(year: Year, desk: Callable[[], Desk]) -> None:
    """Check every case, then the office."""
    gate = asyncio.Semaphore(WIDTH)

    async def one(walk: RealWalk) -> None:
        if not walk.case:
            return
        async with gate:
            try:
                await check_case(year, walk, desk)
            except Broken as broken:
                _note(year, walk.case, str(broken))

    await asyncio.gather(*(one(walk) for walk in year.walks))
    await check_office(year, desk)


async def check_case(year: Year, walk: RealWalk, desk: Callable[[], Desk]) -> None:
    """The record against the running case, and what must hold of any case."""
    lived = await walk.lived()
    for problem in problems(lived):
        _note(year, walk.case, problem)
    view = await walk.view()
    for difference in await desk().read(lambda s: against_engine(s, walk.case, view.summary)):
        _note(year, walk.case, f"register and case differ: {difference}")
    for problem in await desk().read(lambda s: [*left_behind(s, lived)]):
        _note(year, walk.case, problem)
    year.events += len(lived.events)
    year.alarms += sum(event.what.kind == "alarm_raised" for event in lived.events)


async def check_office(year: Year, desk: Callable[[], Desk]) -> None:
    """Verification, lists and figures over all cases."""
    at = desk()
    found = await asyncio.to_thread(verify, at.register)
    for difference in found.differences:
        _note(year, difference.case, f"verify: {difference}")
    compared = await compare_running(at.renewed())
    for difference in compared.differences:
        _note(year, difference.case, f"verify against the engine: {difference}")
    for case, why in compared.skipped:
        _note(year, case, f"did not answer: {why}")
    lines = await at.read(lambda s: case_lines(s, Filter(training=True, limit=None)))
    owed = await at.read(lambda s: case_lines(s, Filter(training=True, limit=None, open_only=True)))
    wanted = {line.id for line in lines if line.status not in REPLIED}
    if {line.id for line in owed} != wanted:
        _note(year, "office", f"open cases: {sorted(wanted ^ {line.id for line in owed})}")
    left = {line.id for line in owed if line.handler in GONE}
    shown = {line.id for line in await at.read(unattended)}
    if not left <= shown:
        _note(year, "office", f"cases of people who left: {sorted(left - shown)} are not shown")
    for problem in await at.read(_figures):
        _note(year, "office", problem)


def _figures(session: Session) -> list[str]:
    """Every figure of every year that doesn't balance."""
    found = []
    statutes = load_statutes()
    for year in range(FIRST_DAYS[0].year, datetime.now(OFFICE_ZONE).year + 3):
        for organ in (None, *ORGANS):
            report = annual_report(session, year, statutes, organ)
            found += [f"figures {year} {organ}: {c}" for c in report.checks if not c.holds]
            for training in (True, False):
                table = outcomes_of(session, year, organ, training=training)
                found += [f"outcomes {year} {organ}: {p}" for p in table.parts if not p.holds]
    return found
