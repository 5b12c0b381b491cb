"""A year of an office by random walk on the real engine: register and engine agree at its end."""

import os
import sys
from pathlib import Path

import pytest

from activities.register import RegisterActivities
from starter.engine.running import running
from tests.walk.year import live, walked_office
from worker import build

CASES = 20
ACTS = 9
SEED = int(os.environ.get("YISHEN_WALK_SEED", "20261125"))
ONLY = os.environ.get("YISHEN_WALK_ONLY")


@pytest.mark.slow
async def test_a_year_of_an_office_by_random_walk(tmp_path: Path) -> None:
    """Failing: the seed and the script of every walk that failed are printed. One walk alone:
    YISHEN_WALK_SEED=… YISHEN_WALK_ONLY=SEED.NUMBER."""
    # Its own engine: the shared one has a worker of another office on the same queue.
    async with (
        running(tmp_path / "engine", isolated=True, time_skipping=True) as engine,
        walked_office(engine, tmp_path) as office,
        build(office.client, RegisterActivities(office.register, office.settings.mail_drop)),
    ):
        year = await live(lambda: office.desk, SEED, CASES, ACTS, ONLY)
    print(year.tally, f"events {year.events}, alarms {year.alarms}", file=sys.stderr)
    assert not year.troubles, year.report()
    assert sum(year.tally.taken.values()) > CASES * ACTS // 3
