"""The content of an evidence sheet, as plain data with its hash."""

import json
from datetime import date, datetime
from hashlib import sha256
from operator import not_
from typing import Annotated, Any

from pydantic import Field

from domain.checked import Names
from domain.values import Value

FORM = 3
"""Which fields a content has; raised when one is added or changes its meaning."""


_SINCE_2 = Field(exclude_if=not_)
"""Not in a content of form 1, whose hash stands on papers; nor where it says nothing."""


class OfStatute(Value):
    """The law of the count."""

    id: str
    name: Names
    source: str
    sha256: str
    n: int
    unit: str
    article: str


class OfReceipt(Value):
    """How and when the request arrived; `evidence`: hashes of the files that prove it."""

    channel: str
    arrived: date
    day_zero: date | None
    article: str
    evidence: tuple[str, ...]


_SINCE_3 = Field(exclude_if=not_)
"""Not in a content of forms 1 and 2; nor where it says nothing."""


class OfEntry(Value):
    """Whose entry it is, by id, and the way in by which it was asked for."""

    person: str
    asked_by: str


class Moment(Value):
    """An event by its number: what, for which day, recorded when; `entry`: by whom, where that was
    asked for by a way in that names others."""

    seq: int
    kind: str
    on: date
    recorded: datetime
    told: dict[str, str]
    entry: Annotated[OfEntry | None, _SINCE_3] = None


class Chosen(Value):
    """A setting that decided a day."""

    name: str
    value: str


class LedgerLine(Value):
    """One span of the count."""

    first: date
    last: date
    counted: int
    total: int
    why: str
    article: str
    refs: tuple[str, ...]
    worked: tuple[date, ...]
    notice: str
    settings: Annotated[tuple[Chosen, ...], _SINCE_2] = ()


class Check(Value):
    """Counted again: the same as recorded, or which day it would be."""

    same: bool
    due: date | None


class OfStanding(Value):
    """Where the limit stands; as in `domain.case.answers.proof.Standing`. `instant`: its end."""

    due: date | None
    instant: datetime | None
    base: date | None
    cause: str
    article: str
    provisional: bool
    recorded: bool
    check: Check
    met: date | None
    latest: date | None
    if_answered: date | None
    lines: tuple[LedgerLine, ...]


class OfSetting(Value):
    """One setting of the limit, and the event that moved or ended it."""

    due: date
    base: date | None
    provisional: bool
    calendar: str
    calendar_sha256: str
    set_by: Moment
    ended_by: Moment | None
    check: Check


class OfDays(Value):
    """Day counts by the convention of docs/evidence.md."""

    unit: str
    taken: int | None
    left: int | None
    late: int | None


class OfCalendar(Value):
    """The working days that were counted with."""

    version: str
    sha256: str


class OfReading(Value):
    """The last day by a choice of a setting, and what that rests on. `due` None: no end yet;
    `chosen`: the office's own."""

    due: date | None
    name: str
    value: str
    source: str | None
    chosen: bool


class EvidenceSheet(Value):
    """The content of one sheet, as of event `seq` of the case."""

    form: int = FORM
    organ: str
    case: str
    number: str
    training: bool
    issued_on: date
    seq: int
    as_of: date
    record_sha256: str
    limit: str
    ref: str | None
    clock_state: str
    in_time: bool | None
    statute: OfStatute
    receipt: OfReceipt
    standing: OfStanding
    days: OfDays | None
    events: tuple[Moment, ...]
    settings: tuple[OfSetting, ...]
    calendar: OfCalendar
    policy: tuple[Chosen, ...]
    readings: Annotated[tuple[OfReading, ...], _SINCE_2] = ()
    rules: int
    warnings: tuple[str, ...]
    unchecked: tuple[str, ...] = Field(default=(), exclude_if=not_)
    """Figures of the law that nobody had compared with a public text; left out where there is
    none, so that a content issued before there was this field keeps its hash."""

    @property
    def same(self) -> bool:
        """Counting again gave everything as recorded."""
        return self.standing.check.same and all(s.check.same for s in self.settings)

    @property
    def moved(self) -> tuple[OfSetting, ...]:
        """Settings that no longer stand; that under which the limit was met stands."""
        stands = self.standing
        return tuple(
            s
            for s in self.settings
            if s.ended_by and not (s is self.settings[-1] and stands.recorded and stands.due)
        )

    def canonical(self) -> bytes:
        """The content as JSON with sorted keys, no spaces, UTF-8: the bytes that are hashed."""
        plain: Any = self.model_dump(mode="json")
        text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode()

    @property
    def sha256(self) -> str:
        """The hash of the content."""
        return sha256(self.canonical()).hexdigest()
