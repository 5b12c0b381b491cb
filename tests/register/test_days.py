"""Days taken, left and late in lists: those that a fold of the whole record gives, on every day and
whatever was asked before."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from domain.case.answers.day_counts import DayCounts, day_counts
from domain.case.count import count
from domain.errors import YishenError
from domain.values import legal_time
from law.files import load_statutes
from office.people.directory_file import load_office
from register.engine import Register, open_register
from register.migrate import upgrade
from register.reads.days import days_of_cases
from register.reads.filter import Filter
from register.reads.lists import CaseLine, case_lines
from register.reads.states import states
from tests.walk.office import directory
from tests.walk.onrecord import lay_down

CASES = 14
UNITS = {statute.id: statute.period.unit for statute in load_statutes()}


def lived(file: Path, seed: int, now: datetime) -> Register:
    upgrade(f"sqlite:///{file}")
    register = open_register(f"sqlite:///{file}")
    with register.writing() as session:
        load_office(session, directory())
        for number in range(CASES):
            lay_down(session, seed, number, now)
    return register


def folded(
    session: Session, lines: list[CaseLine], at: datetime
) -> Iterator[tuple[str, DayCounts]]:
    for state, _ in states(session, [line.id for line in lines]):
        day = legal_time(at, state.clock_offset).date()
        try:
            found = day_counts(count(state, day).reckoning, state.calendar)
        except YishenError:
            continue
        if found != DayCounts(found.unit):
            yield state.id, found


@pytest.mark.parametrize("seeds", [(5, 6)])
def test_days_in_lists_are_those_of_the_whole_record(
    tmp_path: Path, seeds: tuple[int, int]
) -> None:
    """Two registers in one process give the same numbers to other cases."""
    now = datetime.now(UTC)
    registers = [lived(tmp_path / f"{seed}.db", seed, now) for seed in seeds]
    late = 0
    for at in (now, now, now + timedelta(days=1), now + timedelta(days=9), now):
        for register in registers:
            with register.reading() as session:
                lines = case_lines(session, Filter(open_only=True, training=True))
                found = days_of_cases(session, lines, at, UNITS)
                assert found == dict(folded(session, lines, at))
            late += sum(bool(days.late) for days in found.values())
    assert late
    for register in registers:
        register.close()
