"""Names and types of the activities: all that workflows import of this room."""

from domain.case.act import Event
from domain.case.summary import Summary
from domain.values import Value

RECORD_EVENTS = "record_events"
"""Takes a RecordBatch, returns nothing. Fails for good (type = error code) on a record that
contradicts the batch; an unreachable register is worth trying again."""

DELIVER_NOTICES = "deliver_notices"
"""Takes a case id, returns nothing: sends what its outbox holds."""


class RecordBatch(Value):
    """Events for the register, in order, and the summary after the last of them."""

    case_id: str
    events: tuple[Event, ...]
    summary: Summary
