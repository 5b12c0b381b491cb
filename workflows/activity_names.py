"""Names and types of the activities: all that workflows import of this room."""

from datetime import datetime

from domain.case.act import Event
from domain.case.summary import Summary
from domain.values import Value

RECORD_EVENTS = "record_events"
"""Takes a RecordBatch, returns whether all its notices are out. Fails for good (type = error
code) on a record that contradicts the batch; an unreachable register is worth trying again."""

DELIVER_NOTICES = "deliver_notices"
"""Takes a case id, returns nothing: sends what its outbox holds."""


class RecordBatch(Value):
    """Events for the register, in order, and the summary after the last of them."""

    case_id: str
    events: tuple[Event, ...]
    summary: Summary


EVENTS_SINCE = "events_since"
"""Takes a Since, returns Recorded: what the record of a case holds after a number."""


class Since(Value):
    """A case, and the number of the last event that is known of it."""

    case_id: str
    seq: int


class Recorded(Value):
    """Events of a case as they are on record, in order."""

    events: tuple[Event, ...]


# -- a change of the calendar -------------------------------------------------------------------

FIND_TOUCHED = "find_touched"
"""Takes a Search, returns Found."""

REVISE_CASES = "revise_cases"
"""Takes a Portion, returns Done. May be repeated: a case that has the edition says so itself."""

DELIVER_MOVED = "deliver_moved"
"""Takes a version, sends the notices its cases left, returns how many cases that it moved have no
row yet."""

BY_PORTION = "calendar:"
"""Command ids of revisions whose notices go out by the portion, not case by case, begin so."""

WATCH_CALENDAR = "watch_calendar"
"""Takes the instant now (datetime), returns the next one to look at: 09:00 of a working day."""


class Search(Value):
    """The touched cases of a version among the next `limit` candidates after the id `after`."""

    version: str
    now: datetime
    after: str = ""
    limit: int = 100


class Found(Value):
    """Touched cases; `after` the last candidate looked at, None when there are no more."""

    cases: tuple[str, ...]
    after: str | None = None


class Portion(Value):
    """Cases to be sent a version. `attempt` counts from 1."""

    version: str
    now: datetime
    cases: tuple[str, ...]
    attempt: int = 1


class Done(Value):
    """What the version has done to all cases so far, and which of the portion failed."""

    moved: int = 0
    unchanged: int = 0
    already_there: int = 0
    failed: tuple[str, ...] = ()
