"""Many due dates of one length at once: each calendar day's answer is worked out once."""

from collections.abc import Sequence
from datetime import date
from operator import itemgetter

from domain.calendar.model import Calendar


def due_days(calendar: Calendar, days: Sequence[date], n: int) -> list[date]:
    """The n-th working day after each of `days` (before it when negative), in their order; the
    same as `calendar.add_working_days` one by one. Raises calendar_missing."""
    if not days:
        return []
    ordinals = list(map(date.toordinal, days))
    first, last = min(ordinals), max(ordinals)
    if last - first > 2 * len(days):  # a few days far apart
        return [calendar.add_working_days(day, n) for day in days]
    asked = set(ordinals)
    add = calendar.index.add
    answers = [
        add(date.fromordinal(ordinal), n) if ordinal in asked else date.min
        for ordinal in range(first, last + 1)
    ]
    if len(days) == 1:
        return answers
    return list(itemgetter(*(ordinal - first for ordinal in ordinals))(answers))
