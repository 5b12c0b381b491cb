"""What goes in and out of a case over Temporal, with the names the engine knows it by."""

from datetime import date, datetime

from domain.alike import Alike
from domain.calendar.closures import Closure
from domain.calendar.model import Calendar
from domain.case.act import Act, Event, Evidence
from domain.case.facts import Registered
from domain.case.people import Actor, MoveIn
from domain.case.state import CaseState, Law
from domain.case.summary import Summary
from domain.clock import Receipt
from domain.ladder import Ladder
from domain.periods.running import Running
from domain.remedies.law import RemedyLaw
from domain.values import Value

TASK_QUEUE = "yishen"

HISTORY_LIMIT = 800
"""Events of one run before the case goes on in a new one: a replay takes 0.6 ms an
event, so the first answer of a case that no worker has in memory stays well under a second."""

WITHOUT_A_TASK = "yishen: more has happened than this run has a task for; ask again"
"""What a question is told that came before the run's own task; see `workflows.runner`."""


class Revision(Value):
    """Another calendar version, other closures, or newer rules, for an open case; fields as in
    `LawRevised`."""

    command_id: str
    calendar: Alike[Calendar] | None = None
    rules: int | None = None
    closures: tuple[Alike[Closure], ...] | None = None
    edition: int | None = None
    version: str | None = None
    remedies: Alike[RemedyLaw] | None = None
    ladder: Alike[Ladder] | None = None


class Carried(Value):
    """A case handed from one run to the next: its state, and the events no row has yet.

    `from_record`: it comes from the register; the run asks what was added since, and takes the
    `revision` (what the law became while it had no run) before anything else.
    """

    state: CaseState
    unwritten: tuple[Event, ...] = ()
    undelivered: int = 0
    from_record: bool = False
    revision: Revision | None = None


class CaseInput(Value):
    """Start of a case. Either a new registration (`registered`: the receipt with who asks for what,
    `evidence`: the application itself), or one
    that moves in (`move_in`: by whom, with `history`, the acts of its past), or `carried` from an
    earlier run or from the register.

    `registered_at`: the legal instant at which the counter checked it; `clock_offset`: seconds from
    real to legal time, other than 0 only for training; `history_limit`: pinned here, since a run
    that was begun under one must be replayed under the same.
    """

    id: str
    number: str
    organ: str
    law: Law
    receipt: Receipt
    actor: Actor
    command_id: str
    registered_at: datetime
    clock_offset: int = 0
    history: tuple[Act, ...] = ()
    move_in: MoveIn | None = None
    evidence: tuple[Evidence, ...] = ()
    registered: Registered | None = None
    carried: Carried | None = None
    history_limit: int = HISTORY_LIMIT


class SentAct(Act):
    """An act on its way; `sending` tells this message from another with the same act."""

    sending: str | None = None


class DeadlineMove(Value):
    """A limit whose last day a revision moved."""

    name: str
    ref: str | None
    was: date
    due: date

    @classmethod
    def all_of(cls, event: Event) -> "tuple[DeadlineMove, ...]":
        """Those of a revision; none of any other event."""
        if event.what.kind != "law_revised":
            return ()
        return tuple(
            cls(name=d.name, ref=d.ref, was=d.was, due=d.due)
            for d in event.deadlines
            if d.was is not None and d.due is not None and d.was != d.due
        )


class ActAnswer(Value):
    """An act was taken in as event `seq`; `repeated`: it had been before, nothing was done now.
    `moved`: what a revision moved; `sending`: that of the message it answers. The engine answers a
    message it remembers by itself, in the words of the first: `sending` is then another one."""

    seq: int
    summary: Summary
    warnings: tuple[str, ...] = ()
    repeated: bool = False
    moved: tuple[DeadlineMove, ...] = ()
    sending: str | None = None


class CaseView(Value):
    """A case as its workflow knows it, its limits counted as of the legal instant `now`;
    `unwritten` events the register doesn't have yet."""

    state: CaseState
    summary: Summary
    deadlines: tuple[Running, ...]
    now: datetime
    unwritten: int


class CaseStand(Value):
    """Where a case is, in short: what two that agree say alike. `digest` of its state."""

    seq: int
    digest: str
    summary: Summary


class RevisionProgress(Value):
    """How far a calendar version has come. `failed`: cases that did not take it so far."""

    version: str
    found: int = 0
    moved: int = 0
    unchanged: int = 0
    already_there: int = 0
    failed: tuple[str, ...] = ()
    after: str = ""
    new_in_pass: int = 0
    passes: int = 0
    all_found: bool = False
    finished: bool = False

    @property
    def done(self) -> int:
        """Cases that have answered."""
        return self.moved + self.unchanged + self.already_there


class RevisionStart(Value):
    """A calendar version on its way. `portion`: cases sent at once; `portions`: of them in one run;
    `pauses`: seconds before each further attempt at those that failed; `carried` from an earlier
    run."""

    version: str
    portion: int = 200
    portions: int = 50
    pauses: tuple[int, ...] = (5, 30, 90)
    carried: RevisionProgress | None = None
