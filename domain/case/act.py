"""One command to a case, and what the record keeps of it."""

from datetime import date, datetime
from hashlib import sha256
from typing import Annotated

from pydantic import Field, StringConstraints

from domain.case.facts import Fact, OfficeFact, Sha256, Text
from domain.case.facts.common import Label, Line
from domain.case.facts.correcting import CORRECTIONS
from domain.case.people import Actor, AskedBy, Movers, Role
from domain.clock import Span
from domain.values import Value

CommandId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$")]


class Evidence(Value):
    """Proof of a day: words (slip number, call note) and, where there is one, a file by hash."""

    text: Text | None = None
    sha256: Sha256 | None = None
    name: Line | None = None


_SAID = {"what", "effective_on", "done_by", "after", "evidence"}


class Act(Value):
    """One command: who, with which rights, what, and when it legally happened.

    `done_by`: who did it, where somebody else records it; rights are those of who records.
    `after`: the entry of the same day that it came after, where that matters.
    `effective_on` None: today. `expected_seq`: the last event the actor saw; an act that rests
    on something older is refused.
    """

    command_id: CommandId
    actor: Actor
    what: OfficeFact
    effective_on: date | None = None
    done_by: Label | None = None
    after: Annotated[int, Field(ge=1)] | None = None
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=20)] = ()
    expected_seq: Annotated[int, Field(ge=0)] | None = None

    @property
    def digest(self) -> str:
        """Tells the same command sent twice from another one under the same id."""
        content = self.model_dump_json(include=_SAID)
        return sha256(f"{self.actor.person} {content}".encode()).hexdigest()[:16]


class DeadlineChange(Value):
    """A limit was set, moved or ended. `due` None: it no longer runs, `why` says for what.

    `name` as in the clock's limits (reply, correction, third_party_answer …), `ref` the
    consultation; `base` its day 0, on which `cause` happened; `own`: the organ's own, closures of
    the organ count in it; `ledger` the spans of the count from the day after day 0.
    """

    name: str
    ref: str | None = None
    base: date | None = None
    due: date | None = None
    was: date | None = None
    article: str = ""
    provisional: bool = False
    why: str
    calendar_version: str
    cause: str
    own: bool
    ledger: tuple[Span, ...] = ()


class SetAside(Value):
    """An act of people that was not possible by what is known now, and why: the code of the
    refusal, and the values its text names."""

    seq: int
    code: str
    values: tuple[tuple[str, str], ...] = ()


class Refilled(Value):
    """A fact whose filled in values follow otherwise by what is known now; without words."""

    seq: int
    what: Fact


class MovedEntry(Value):
    """An entry that takes another place: right after `after` (None: last)."""

    seq: int
    after: int | None = None


class Consequences(Value):
    """What became of other entries when a fact took an earlier place than the last, or was
    corrected.

    `moved`: the corrected one, to its other day; `revoked`: they passed by themselves and no longer
    follow; `set_aside`, `taken_up`: acts that rest on what is no more, or is again; `unfounded`,
    `founded`: alarms that came for nothing, or not; `warnings`: all of the clock's that hold now.
    """

    moved: tuple[MovedEntry, ...] = ()
    revoked: tuple[int, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    taken_up: tuple[int, ...] = ()
    refilled: tuple[Refilled, ...] = ()
    unfounded: tuple[int, ...] = ()
    founded: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def moves_entries(self) -> bool:
        """Whether another entry counts otherwise than before."""
        entries = (self.moved, self.revoked, self.set_aside, self.taken_up, self.refilled)
        return any(entries)


class Event(Value):
    """One line of the record, numbered from 1 without gap. `moved_in_by`: it is of the past of a
    case that moved in, told by these two and not done here; `person` is in their words.
    `asked_by`: the way in by which it was asked for, and by whom of it (None: nobody asked).

    `at`: the legal instant of recording (UTC+8); `effective_on`: the day it legally happened;
    `filled`: what of the fact the case filled in; `after`: the fact it comes after by happening,
    where that is not the last (0: before all), and then `consequences`; `found_by`: the entry by
    which what had passed by itself was found; `proposal`: the entry that proposed it;
    what the clock made of it: `warnings`, `clock_state` and `receipt_day` (None: unchanged),
    `deadlines`.
    """

    seq: int
    at: datetime
    effective_on: date
    person: str
    role: Role
    done_by: str | None = None
    moved_in_by: Movers | None = None
    asked_by: AskedBy | None = None
    command_id: str | None = None
    digest: str | None = None
    what: Fact
    filled: tuple[str, ...] = ()
    after: int | None = None
    found_by: int | None = None
    proposal: int | None = None
    consequences: Consequences | None = None
    evidence: tuple[Evidence, ...] = ()
    warnings: tuple[str, ...] = ()
    clock_state: str | None = None
    receipt_day: date | None = None
    deadlines: tuple[DeadlineChange, ...] = ()

    @property
    def rewrites(self) -> bool:
        """Whether it changes what came before it: its rows can't be told from itself alone."""
        found = self.consequences
        corrects = self.what.kind in CORRECTIONS
        return self.after is not None or corrects or bool(found and found.moves_entries)
