"""The clock of a request: a pure function of statute, calendar, policy, receipt and events.

receipt.py     day 0
stops.py       what takes days out, and the union of it
term.py        one count from day 0 to the due day, and its ledger
course.py      what the events so far have set going
correcting.py, charging.py, consulting.py, extending.py    one rule each
limits.py      every other limit
reckon.py      all together
"""

from domain.clock.model import (
    ClockEvent,
    ClockEventKind,
    ClockState,
    Consultation,
    Limit,
    LimitName,
    Receipt,
    Reckoning,
    Superseded,
    WarningCode,
)
from domain.clock.receipt import governing
from domain.clock.reckon import Reckoner, due_instant, reckon
from domain.clock.term import ARRIVED
from domain.periods.ledger import Span
from domain.statute import Channel, Party

__all__ = [
    "ARRIVED",
    "Channel",
    "ClockEvent",
    "ClockEventKind",
    "ClockState",
    "Consultation",
    "Limit",
    "LimitName",
    "Party",
    "Receipt",
    "Reckoner",
    "Reckoning",
    "Span",
    "Superseded",
    "WarningCode",
    "due_instant",
    "governing",
    "reckon",
]
