"""What an act would bring about, in words."""

from collections.abc import Iterator
from datetime import date

from domain.case.answers.prospect import LimitMove, Prospect
from domain.case.status import status
from domain.case.tasks import summarise
from speech.dates import day
from speech.marks import conflicts
from speech.standing import due_words
from speech.words import limit, say, term

REPLY = "reply"

GLANCE = 3
"""Limits that are named where many acts stand beside each other."""


def consequences(found: Prospect) -> Iterator[str]:
    """Line by line: what it leads to, every limit that moves, begins or ends, what it sets
    aside."""
    yield from leads_to(found)
    yield from (moved(move) for move in found.moves)
    yield from sets_aside(found)


def leads_to(found: Prospect) -> Iterator[str]:
    """Whether it waits for a second person, the state it leads to, and whether a reply that was
    sent would be in time where it was not, or the other way."""
    if found.needs is not None:
        yield say("prospect.needs", why=term("warning", found.needs))
    was, becomes = status(found.before), status(found.after)
    if was != becomes:
        yield say("prospect.status", was=term("status", was), becomes=term("status", becomes))
    if found.before.dispatch and found.after.dispatch:
        before, after = (due_words(summarise(s, None)) for s in (found.before, found.after))
        if before != after:
            yield say("prospect.due", was=before, becomes=after)


def sets_aside(found: Prospect) -> Iterator[str]:
    """What it is in conflict with, and why."""
    aside = {one.seq for one in found.conflicts}
    yield from conflicts(found.after.timeline, found.events, aside)


def briefly(found: Prospect, today: date) -> Iterator[str]:
    """The same at a glance: of the limits that of the reply and the first that begin or move, the
    state only where none does, then whether it waits for a second person."""
    moves = sorted(found.moves, key=lambda move: (move.limit != REPLY, move.due is None))
    told = [move for move in moves if move.limit == REPLY or move.due is not None]
    yield from (_brief(move, today) for move in told[:GLANCE])
    was, becomes = status(found.before), status(found.after)
    if was != becomes and not told:
        yield say("prospect.brief_status", status=term("status", becomes))
    if found.needs is not None:
        yield say("prospect.needs", why=term("warning", found.needs))


def _brief(move: LimitMove, today: date) -> str:
    name = limit(move.limit, move.ref)
    if move.due is None:
        return say("prospect.brief_ends", limit=name)
    key = "prospect.begins" if move.was is None else "prospect.brief_moves"
    return say(key, limit=name, due=day(move.due, today))


def moved(move: LimitMove) -> str:
    """A limit with its last day before and after."""
    name = limit(move.limit, move.ref)
    if move.due is None:
        assert move.was is not None
        return say("prospect.ends", limit=name, was=day(move.was))
    if move.was is None:
        return say("prospect.begins", limit=name, due=day(move.due))
    return say("prospect.moves", limit=name, was=day(move.was), due=day(move.due))
