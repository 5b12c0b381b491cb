"""Many random counts, from a seed: what the two say differently, as commands to try it with."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from pydantic import ValidationError

from tests.oracle import cases, compare, lives, periods, shrink
from tests.oracle.counting import Line
from tests.oracle.statutes import RefusedError

Said = dict[str, tuple[Any, Any]]

NAMES = tuple(sorted(periods.PERIODS))


def questions(seed: int, n: int) -> Iterator[Line]:
    """`n` questions: three of four for the reply clock, the rest for periods."""
    random = Random(seed)
    for _ in range(n):
        if random.random() < 0.75:
            yield cases.request(random)
        else:
            yield cases.period(random, NAMES)


def differences(seed: int, n: int) -> Iterator[str]:
    """Every difference in so many questions: the least command, and what each side says."""
    for line in questions(seed, n):
        if compare.difference(line):
            yield _told(line, compare.difference)


def whole_differences(seed: int, n: int) -> Iterator[str]:
    """Every difference in so many whole cases, each also with facts that became known late."""
    random = Random(seed)
    for number in range(n):
        line = lives.whole(random)

        def differs(case: Line, late: str = f"{seed}.{number}") -> Said:
            try:
                return compare.whole_difference(case, Random(late))
            except (KeyError, ValidationError, RefusedError):  # in which something is missing
                return {}

        if compare.whole_difference(line, Random(f"{seed}.{number}")):
            yield _told(line, differs)


def _told(line: Line, differs: Callable[[Line], Said]) -> str:
    small = shrink.least(line, differs)
    said = (f"  {k}: {ours!r}, oracle {theirs!r}" for k, (ours, theirs) in differs(small).items())
    return "\n".join([compare.command(small), *said])
