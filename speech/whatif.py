"""What a supposed count comes to, in words."""

from datetime import date

from domain.case.answers.whatif import Shift
from domain.clock import Reckoning
from speech.dates import day
from speech.words import say, shifted, term


def last_day_words(reckoning: Reckoning, today: date | None = None) -> str:
    """Its last day; of a paused case those between which it lies. `today`: as of `speech.dates`."""
    mark = say("due.provisional") if reckoning.provisional else ""
    if reckoning.due is not None:
        return day(reckoning.due, today) + mark
    words = term("clock_state", reckoning.state)
    if reckoning.due_if_answered is not None:
        answered, asked = day(reckoning.due_if_answered, today), day(reckoning.as_of, today)
        words += say("whatif.if_answered", day=asked, due=answered)
    if reckoning.due_at_latest is not None:
        words += say("whatif.at_latest", due=day(reckoning.due_at_latest, today)) + mark
    return words


def difference(shift: Shift) -> str:
    """How much later or earlier a limit would end; empty where that can't be compared."""
    if shift.working_days is None:
        return ""
    if shift.was == shift.due:
        return say("whatif.none")
    return shifted(shift.working_days)
