"""What an act would bring about, in words."""

from collections.abc import Iterator

from domain.case.answers.prospect import LimitMove, Prospect
from domain.case.status import status
from speech.dates import day
from speech.marks import conflicts
from speech.words import limit, say, term


def consequences(found: Prospect) -> Iterator[str]:
    """Line by line: whether it waits for a second person, the state it leads to, every limit that
    moves, begins or ends, what it sets aside."""
    if found.needs is not None:
        yield say("prospect.needs", why=term("warning", found.needs))
    was, becomes = status(found.before), status(found.after)
    if was != becomes:
        yield say("prospect.status", was=term("status", was), becomes=term("status", becomes))
    yield from (moved(move) for move in found.moves)
    aside = {one.seq for one in found.conflicts}
    yield from conflicts(found.after.timeline, found.events, aside)


def moved(move: LimitMove) -> str:
    """A limit with its last day before and after."""
    name = limit(move.limit, move.ref)
    if move.due is None:
        assert move.was is not None
        return say("prospect.ends", limit=name, was=day(move.was))
    if move.was is None:
        return say("prospect.begins", limit=name, due=day(move.due))
    return say("prospect.moves", limit=name, was=day(move.was), due=day(move.due))
