"""docs/procedure.md shows the table as it is, and its arrows are what cases do."""

from pathlib import Path
from random import Random

import pytest

from cli.frame.procedure import ARROWS, BEGIN, members, page
from domain.case.evolve import evolve
from domain.case.status import status
from domain.case.summary import Status
from domain.case.table import TABLE
from tests.walk.pure import PureWalk
from tests.walk.year import FIRST_DAYS

PAGE = Path(__file__).parents[1] / "docs" / "procedure.md"
JOINED = {(arrow.kind, *pair) for arrow in ARROWS for pair in arrow.pairs}


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "python -m cli.frame.procedure > docs/procedure.md"
    )


def test_an_arrow_starts_only_where_the_table_permits_its_act() -> None:
    for arrow in (a for a in ARROWS if a.kind in TABLE and a.drawn):
        assert set(members(arrow.start)) <= set(TABLE[arrow.kind].states), arrow


def test_every_state_can_be_reached() -> None:
    reached = {end for arrow in ARROWS if arrow.drawn for _, end in arrow.pairs}
    assert reached == set(map(str, Status))


@pytest.mark.parametrize("seed", range(6))
def test_cases_change_their_state_along_the_arrows(seed: int) -> None:
    walk = PureWalk.begin(Random(seed), FIRST_DAYS[seed % len(FIRST_DAYS)]).walk(30)
    state, before = walk.start, BEGIN
    for event in walk.events:
        state = evolve(state, event)
        after = str(status(state))
        # A late fact or a correction may lead from any state to any other.
        late = event.consequences is not None or event.after is not None
        assert late or before == after or (event.what.kind, before, after) in JOINED, event.what
        before = after
