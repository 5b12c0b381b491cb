"""Whatever the order in which the office learns of what happened, the case comes out the same."""

import os
from pathlib import Path
from random import SystemRandom

import pytest

from tests.walk.shrink import Found, least, tried

CASES = 500
MOVING = 60
SEED = os.environ.get("YISHEN_ORDERS_SEED") or str(SystemRandom().randrange(10**9))
"""Another one at every run; a failure prints it."""
KEPT = sorted((Path(__file__).parent / "orders").glob("*.json"))


def check(seeds: list[str]) -> None:
    orders = 0
    for seed in seeds:
        for found, wrong in tried(seed):
            orders += 1
            if wrong:
                small = least(found)
                said = [f"seed {seed}", *small.troubles(), small.written()]
                pytest.fail("\n".join(said), pytrace=False)
    assert orders > 1.5 * len(seeds)


@pytest.mark.parametrize("part", range(5))
def test_a_case_is_the_same_in_every_order_of_recording(part: int) -> None:
    check([f"orders {number}" for number in range(part, CASES, 5)])


def test_other_cases_at_every_run() -> None:
    check([f"{SEED}.{number}" for number in range(MOVING)])


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_what_once_came_out_differently_no_longer_does(path: Path) -> None:
    assert Found.model_validate_json(path.read_text(encoding="utf-8")).troubles() == []
