"""Acts at the edges of runs: taken, and taken once. A thousand: `python -m tests.long.edges`."""

from tests.long.edges import storm
from tests.office_fixture import Office


async def test_an_act_is_taken_once_in_the_second_in_which_a_run_ends_rests_or_begins(
    office: Office,
) -> None:
    found = await storm(office, 100, seed=7)
    assert found.sent >= 100
    assert (found.refused, found.lost, found.doubled, found.differences) == ([], [], [], [])
    assert found.runs > found.sent / 5  # runs did end under the acts
