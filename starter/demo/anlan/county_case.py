"""A case of the county while it is lived, and what it is lived with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from domain.case import facts as f
from domain.case.act import Act, Event
from domain.case.record import Decided
from domain.case.state import CaseState
from starter.demo.anlan.people import People
from starter.demo.anlan.words import Pen


@dataclass(frozen=True, slots=True)
class Tools:
    """What a case is lived with. `seal`: an act with its words sealed; `paper`: makes and keeps a
    document, by title and ending, and says its hash."""

    people: People
    seal: Callable[[Act], Act]
    paper: Callable[[str, str], str]


@dataclass
class CountyCase:
    """One case. `said`: what people said, by the number of its entry."""

    state: CaseState
    tools: Tools
    pen: Pen
    now: datetime
    events: list[Event] = field(default_factory=list)
    said: dict[int, f.OfficeFact] = field(default_factory=dict)

    def take_in(self, decided: Decided) -> None:
        """What was decided happens."""
        self.events.extend(decided.events)
        self.state = decided.state
