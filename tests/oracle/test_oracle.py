"""The product counts what a second count says that shares no code with it.

A failure prints the least command that shows it. `YISHEN_ORACLE_SEED=…` repeats the moving seed.
"""

import os
from datetime import date
from itertools import islice
from secrets import randbelow

import pytest

from tests.oracle import compare, run
from tests.oracle.answer import answer
from tests.oracle.days import days

FIXED = 20261129
MOVING = int(os.environ.get("YISHEN_ORACLE_SEED") or randbelow(10**9))
COUNTS, CASES = 9_000, 1_000


@pytest.mark.parametrize("seed", [FIXED, MOVING], ids=["fixed", "moving"])
def test_every_count_is_what_the_oracle_counts(seed: int) -> None:
    found = list(islice(run.differences(seed, COUNTS), 5))
    assert not found, f"seed {seed}\n" + "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [FIXED, MOVING], ids=["fixed", "moving"])
def test_every_whole_case_is_what_the_oracle_lives_however_late_its_facts(seed: int) -> None:
    found = list(islice(run.whole_differences(seed, CASES), 3))
    assert not found, f"seed {seed}\n" + "\n".join(found)


def test_the_questions_reach_every_state_and_most_are_admissible() -> None:
    """Else agreement would say little."""
    asked = [line for line in run.questions(FIXED, 3000) if "channel" in line]
    said = [compare.product(line) for line in asked]
    states = {one.get("state") for one in said} - {None}
    assert states == {
        "unconfirmed",
        "running",
        "paused",
        "awaiting_correction",
        "awaiting_payment",
        "answered",
        "lapsed",
        "withdrawn",
    }
    assert sum("error" not in one for one in said) > len(said) * 0.7
    assert sum(bool(one.get("superseded")) for one in said) > len(said) * 0.1
    codes = {code for one in said for code in one.get("warnings", ())}
    assert len(codes) >= 12, codes


def test_the_oracle_itself_against_counts_made_by_hand() -> None:
    """Guiding case 26 and a request of 2022 over the National Day holidays."""

    def due(received: str, channel: str) -> date:
        line = {"channel": channel, "received": received, "events": [], "policy": {}}
        found = answer({**line, "as_of": received})["due"]
        assert isinstance(found, date)
        return found

    assert due("2011-06-01", "web_form") == date(2011, 6, 23)
    assert due("2022-09-30", "mail_signed") == date(2022, 11, 2)
    assert days().works(date(2022, 10, 8))
