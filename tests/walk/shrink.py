"""The least that still comes out differently: `python -m tests.walk.shrink SEED` writes it down."""

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from domain.errors import YishenError
from domain.policy import Policy
from domain.values import Value
from tests.walk.happening import happening
from tests.walk.orders import Happened, Order, differences, flaws, outcome, reordered, slipped, told

ORDERS = 2
"""Other orders tried of each case."""
SLIPS = 0.4
"""Share of cases tried with a slip too."""


class Found(Value):
    """What happened, and two orders of recording."""

    happened: Happened
    one: Order
    other: Order

    def written(self) -> str:
        """As it is kept."""
        return self.model_dump_json(indent=1, exclude_none=True) + "\n"

    def troubles(self) -> list[str]:
        """What is not the same in both, or does not hold of one. YishenError where one is not
        possible."""
        one, other = told(self.happened, self.one), told(self.happened, self.other)
        different = differences(outcome(one.state, one.now), outcome(other.state, other.now))
        return [*flaws(one), *flaws(other), *different]


def tried(seed: str) -> Iterator[tuple[Found, list[str]]]:
    """A case of that seed in its other orders, with what does not hold."""
    rng = Random(seed)
    happened, one, telling = happening(rng)
    outcome_of_one, wrong = outcome(telling.state, telling.now), list(flaws(telling))
    others = [reordered] * ORDERS + [slipped] * (rng.random() < SLIPS)
    for other_order in others:
        found = other_order(rng, happened, one)
        if found is not None:
            other, told_so = found
            different = differences(outcome_of_one, outcome(told_so.state, told_so.now))
            yield (
                Found(happened=happened, one=one, other=other),
                [*wrong, *flaws(told_so), *different],
            )


def least(found: Found) -> Found:
    """Made smaller and plainer as long as it still comes out differently."""
    while (smaller := next(filter(_differs, _plainer(found)), None)) is not None:
        found = smaller
    return found


def _differs(found: Found) -> bool:
    try:
        return bool(found.troubles())
    except YishenError:
        return False


def _plainer(found: Found) -> Iterator[Found]:
    happened, one, other = found.happened, found.one, found.other
    for number in reversed(range(len(happened.deeds))):
        yield _without(found, number)
    for plain in (happened.changed(policy=Policy()), happened.changed(alarms=False)):
        if plain != happened:
            yield found.changed(happened=plain)
    if other.registered != one.registered:
        yield found.changed(other=other.changed(registered=one.registered))
    on_time = dict(one.entries)
    for number, instant in other.entries:
        if instant != on_time[number]:
            instants = dict(other.entries) | {number: on_time[number]}
            entries = sorted(instants.items(), key=lambda entry: (entry[1], entry[0]))
            yield found.changed(other=other.changed(entries=tuple(entries)))


def _without(found: Found, gone: int) -> Found:
    deeds = tuple(d for n, d in enumerate(found.happened.deeds) if n != gone)

    def rest(order: Order) -> Order:
        left = tuple((n - (n > gone), at) for n, at in order.entries if n != gone)
        slip = order.slip if order.slip and order.slip.number != gone else None
        moved = slip and slip.changed(number=slip.number - (slip.number > gone))
        return order.changed(entries=left, slip=moved)

    return Found(
        happened=found.happened.changed(deeds=deeds), one=rest(found.one), other=rest(found.other)
    )


def main(seed: str, path: Path) -> None:
    """Write the first that does not hold, made as small as it gets."""
    for found, wrong in tried(seed):
        if wrong:
            path.write_text(least(found).written(), encoding="utf-8")
            return
    sys.exit(f"{seed}: holds")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
