"""Many random counts, from a seed: what the two say differently, as commands to try it with."""

from collections.abc import Iterator
from random import Random

from tests.oracle import cases, compare, periods, shrink
from tests.oracle.counting import Line

NAMES = tuple(sorted(periods.PERIODS.keys() - periods.TAKEN_OVER))


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
            small = shrink.least(line, compare.difference)
            said = compare.difference(small)
            yield "\n".join(
                [
                    compare.command(small),
                    *(f"  {k}: {ours!r}, oracle {theirs!r}" for k, (ours, theirs) in said.items()),
                ]
            )
