"""A year of an office by random walk, while worker and engine are killed again and again.

    python -m tests.long.walk --cases 200 --kills [--postgres]

Prints one JSON object: acts, refusals, kills, alarms, seconds, losses. Exit code 1 where something
doesn't hold; then the seed and the script of each such walk stand on standard error.
"""

import argparse
import asyncio
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from starter.engine.running import start
from starter.engine.virtual_time import skipper
from tests.faults.site import Site
from tests.postgres_fixture import cluster, find_programs, fresh_database
from tests.walk.year import Year, live, walked_office

PATIENCE = 600.0
CALM = (15.0, 45.0)
"""Seconds from all being up to the next kill: long enough for some acts on a busy machine."""
DOWN = (0.0, 4.0)
"""Seconds until what was killed is started again."""
OF_ENGINE = 0.2
"""Share of kills that hit the engine."""


@dataclass
class JumpingSite(Site):
    """A site whose engine skips time, also after it was killed."""

    kills: Counter[str] = field(default_factory=Counter)
    peace: bool = False

    async def start_engine(self) -> None:
        """On the same folder, on other ports."""
        self.engine = await start(self.folder, isolated=True, time_skipping=True)
        self.office.client = skipper(await self.engine.connect(self.office.settings)).client

    async def torment(self, rng: Random) -> None:
        """Kill and start again until there is peace."""
        while True:
            await asyncio.sleep(rng.uniform(*CALM))
            if self.peace:
                return
            engine = rng.random() < OF_ENGINE
            if engine:
                await self.kill_engine()
            await self.kill_worker()
            self.kills["engine" if engine else "worker"] += 1
            await asyncio.sleep(rng.uniform(*DOWN))
            if engine:
                await self.start_engine()
            await self.start_worker()


async def run(
    asked: argparse.Namespace, folder: Path, url: str | None
) -> tuple[Year, Counter[str]]:
    """The walks, with kills where asked for; checked when all is up again."""
    engine = await start(folder, isolated=True, time_skipping=True)
    async with walked_office(engine, folder, url) as office:
        site = JumpingSite(folder, engine, office)
        try:
            await site.start_worker()
            async with asyncio.TaskGroup() as both:
                if asked.kills:
                    rng = Random(f"{asked.seed}.kills")
                    tormentor = both.create_task(site.torment(rng))

                async def calm() -> None:
                    """Nothing is killed any more, and all is up."""
                    site.peace = True
                    if asked.kills:
                        await tormentor

                walking = both.create_task(
                    live(
                        lambda: site.office.desk,
                        asked.seed,
                        asked.cases,
                        asked.acts,
                        asked.only,
                        patience=PATIENCE,
                        before_checks=calm,
                    )
                )
            return walking.result(), site.kills
        finally:
            await site.kill_worker()
            await site.engine.stop()


@contextmanager
def database(*, postgres: bool) -> Iterator[str | None]:
    """The URL of a new database in a private PostgreSQL; None: SQLite in the folder."""
    if not postgres:
        yield None
        return
    programs = find_programs()
    if programs is None:
        raise SystemExit("PostgreSQL is missing: install its server")
    with cluster(programs) as port:
        yield fresh_database(port)


def main() -> int:
    """Read the arguments, run, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--acts", type=int, default=20, help="acts of each case, at most")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--only", help="one walk alone: SEED.NUMBER")
    parser.add_argument("--kills", action="store_true")
    parser.add_argument("--postgres", action="store_true", help="the register in PostgreSQL")
    asked = parser.parse_args()
    print(f"seed {asked.seed}", file=sys.stderr, flush=True)
    begun = time.monotonic()
    with (
        TemporaryDirectory(prefix="yishen-walk-") as name,
        database(postgres=asked.postgres) as url,
    ):
        year, kills = asyncio.run(run(asked, Path(name), url))
    taken = sum(year.tally.taken.values())
    figures = {
        "seed": asked.seed,
        "register": "postgresql" if asked.postgres else "sqlite",
        "cases": len(year.walks),
        "moved_in": year.tally.moved_in,
        "in_short_runs": year.tally.short,
        "calendars": year.loads,
        "acts": taken,
        "refusals": sum(year.tally.refused.values()),
        "repeated": year.tally.repeated,
        "unanswered": dict(year.tally.unanswered),
        "kills": dict(kills),
        "events": year.events,
        "alarms": year.alarms,
        "losses": sum(map(len, year.troubles.values())),
        "seconds": round(time.monotonic() - begun),
    }
    print(json.dumps(figures, ensure_ascii=False), flush=True)
    if year.troubles:
        print(year.report(), file=sys.stderr, flush=True)
    return 1 if year.troubles else 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # the SDK may abort at interpreter exit
