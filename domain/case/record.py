"""How one fact goes on record: the event, with everything the clock makes of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.case.act import Act, Event, Evidence
from domain.case.changes import replaced
from domain.case.complete import filled
from domain.case.count import changes, count, touches_clock
from domain.case.evolve import apply, counted
from domain.case.facts import Fact
from domain.case.people import AskedBy, Role
from domain.case.standing import new_warnings
from domain.case.state import CaseState, TimelineEntry
from domain.clock import WarningCode
from domain.errors import Code

_WITHOUT_EFFECT = (
    WarningCode.EXTENSION_AFTER_DUE,
    WarningCode.SECOND_EXTENSION,
    WarningCode.SECOND_CORRECTION_NOTICE,
    WarningCode.CORRECTION_NOTICE_AFTER_DUE,
)
"""What the clock would not apply is refused while it can still be left undone; in the history of
a case that moves in, and of what is entered late, it is a fact, and stays with its warning."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The events an act or the passing of time brings about, and the state after them."""

    events: tuple[Event, ...]
    state: CaseState


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """How an event is recorded: when (legal instant), for which day, by whom, asked for in which
    way; `filled`: what of its fact the case fills in; `proposal`: the entry by which it was
    proposed."""

    at: datetime
    effective_on: date
    person: str = "system"
    role: Role = Role.SYSTEM
    asked_by: AskedBy | None = None
    done_by: str | None = None
    command_id: str | None = None
    digest: str | None = None
    evidence: tuple[Evidence, ...] = ()
    filled: tuple[str, ...] = ()
    proposal: int | None = None

    @classmethod
    def of(cls, act: Act, now: datetime, on: date, role: Role) -> "Stamp":
        """Of an act that is decided at `now`, by somebody in `role`."""
        return cls(
            at=now,
            effective_on=on,
            person=act.actor.person,
            role=role,
            asked_by=act.actor.asked_by,
            done_by=act.done_by,
            command_id=act.command_id,
            digest=act.digest,
            evidence=act.evidence,
            filled=filled(act.what),
        )

    def proposed_in(self, entry: TimelineEntry) -> "Stamp":
        """Of what was proposed in that entry, by who did it there."""
        return replace(
            self,
            person=entry.person,
            asked_by=entry.asked_by,
            proposal=entry.seq,
            command_id=None,
            digest=None,
        )

    @property
    def doer(self) -> str:
        """Who did it, as four eyes count."""
        return self.done_by or self.person

    @property
    def people(self) -> tuple[str, str]:
        """Who did it and who recorded it."""
        return self.doer, self.person


def next_event(state: CaseState, fact: Fact, stamp: Stamp) -> Event:
    """The next event, the clock not asked yet."""
    return Event(
        seq=state.seq + 1,
        at=stamp.at,
        effective_on=stamp.effective_on,
        person=stamp.person,
        role=stamp.role,
        asked_by=stamp.asked_by,
        done_by=stamp.done_by,
        command_id=stamp.command_id,
        digest=stamp.digest,
        what=fact,
        filled=stamp.filled,
        proposal=stamp.proposal,
        evidence=stamp.evidence,
    )


def record(state: CaseState, fact: Fact, stamp: Stamp, *, past: bool = True) -> Decided:
    """One fact with everything the clock makes of it on its day, however late it is entered; what
    has passed by itself since then follows (`domain.case.agenda.pass_over`).

    `past` False refuses what would have no effect. Raises what the clock raises.
    """
    event = next_event(state, fact, stamp)
    bare = apply(state, event)
    if not touches_clock(state, bare):
        return Decided((event,), bare)
    result = count(bare, stamp.effective_on)
    new = tuple(w for w in result.warnings if w not in state.clock_warnings)
    if not past:
        for warning in new:
            if warning in _WITHOUT_EFFECT:
                raise Code(warning).of(_article(state, warning))
    event = replaced(
        event,
        warnings=(*new, *new_warnings(state, bare)),
        clock_state=None if result.clock_state == state.clock_state else result.clock_state,
        receipt_day=result.reckoning.receipt_day,
        deadlines=changes(bare, result.running, fact),
    )
    return Decided((event,), counted(bare, event))


def _article(state: CaseState, warning: WarningCode) -> str | None:
    statute = state.law.statute
    extension = warning in (WarningCode.EXTENSION_AFTER_DUE, WarningCode.SECOND_EXTENSION)
    rule = statute.extension if extension else statute.correction
    return rule.article if rule else None
