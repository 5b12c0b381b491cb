"""One case as an office looks at it: what it says of itself, beside what the register has."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property, partial

from sqlalchemy.orm import Session

from domain.case.act import Event
from domain.case.answers.day_counts import DayCounts, day_counts
from domain.case.answers.readings import readings_of
from domain.case.evolve import folded
from domain.case.facts import EntryAmended, EntryProposed, Fact, Registered
from domain.case.opening import open_case
from domain.case.reading import CasePart, Sight
from domain.case.state import CaseState
from domain.case.wordless import SILENT
from domain.clock import Reckoning
from domain.clock.readings import Readings
from domain.errors import Refusal, Unreachable, YishenError
from domain.periods.ledger import spans_from_json
from domain.periods.running import Running
from domain.remedies.progress import of_remedies
from domain.values import OFFICE_ZONE
from office.access.reading import allow
from office.answers.checked import of_limits
from office.cases.case_files import OF_APPLICANT
from office.desk import Desk
from office.legal_time import legal_now
from register.reads import queries
from register.reads.forgetting import Forgotten, Hold, forgotten_case, hold_on
from register.reads.queries import CaseRow, DeadlineLine
from register.reads.states import begun
from register.reads.troubles import TroubleLine, troubles
from register.reads.words import opened
from workflows.messages import CaseInput, CaseView

PATIENCE = timedelta(seconds=4)
"""How long the case itself is waited for, before the register answers."""


@dataclass(frozen=True)
class Record:
    """`view` None: from the register alone; `unanswered` says why, where the case was asked.
    `limits`: each as it was set; `hold`: why it must not be forgotten; `forgotten`: how its words
    went; `sight`: what whoever asked may read of it."""

    row: CaseRow
    events: Sequence[Event]
    limits: Sequence[DeadlineLine]
    troubles: Sequence[TroubleLine]
    view: CaseView | None = None
    unanswered: Unreachable | None = None
    hold: Hold | None = None
    forgotten: Forgotten | None = None
    sight: Sight = frozenset(CasePart)

    @cached_property
    def state(self) -> CaseState:
        """The case as it says itself, else as its events leave it."""
        return self.view.state if self.view else folded(begun(self.row.start_input), self.events)

    @property
    def begun(self) -> bool:
        """Whether anything is known to have happened in it."""
        return self.view is not None or bool(self.events)

    @cached_property
    def to_begin(self) -> CaseState | None:
        """A case in the book that no run has taken over yet, as its run will begin it; None: it is
        under way, or it moves in with a past."""
        if self.begun:
            return None
        start = CaseInput.model_validate(self.row.start_input)
        if start.move_in is not None or start.carried is not None:
            return None
        return open_case(
            begun(self.row.start_input),
            start.receipt,
            start.actor,
            start.command_id,
            start.registered_at,
            registered=start.registered,
        ).state

    @property
    def now(self) -> datetime:
        """The legal instant: of the case, or of its time as the register has it."""
        view = self.view
        return view.now.astimezone(OFFICE_ZONE) if view else legal_now(self.row.clock_offset)

    @property
    def today(self) -> date:
        """The legal day."""
        return self.now.date()

    @property
    def behind(self) -> int:
        """How many events the register has yet to get."""
        return max(0, self.view.state.seq - len(self.events)) if self.view else 0

    @property
    def running(self) -> tuple[Running, ...]:
        """The limits that run."""
        if self.view is not None:
            return self.view.deadlines
        return tuple(found for line in self.limits if (found := _running(line)))

    @property
    def of_remedies(self) -> list[Running]:
        """The limits of remedies among them: of open paths, and in proceedings."""
        refs = {proceeding.ref for proceeding in self.state.proceedings}
        return [run for run in self.running if of_remedies(run.name, run.ref, refs)]

    @property
    def superseded(self) -> list[DeadlineLine]:
        """Days that limits once had."""
        return [x for x in self.limits if x.due is not None and x.superseded_by_seq is not None]

    @cached_property
    def readings(self) -> Readings | None:
        """The count of today, or of the last day on the clock where that is later, by every
        reading. Raises what the clock raises."""
        return readings_of(self.state, self.today) if self.state.receipt else None

    @property
    def reckoning(self) -> Reckoning | None:
        """The office's own count of today. Raises what the clock raises."""
        return self.readings.own if self.readings else None

    @property
    def unchecked(self) -> tuple[str, ...]:
        """Figures of the law that the running limits hang on and that nobody compared with a
        public text."""
        limits = [(run.name, run.article) for run in self.running]
        return of_limits(self.state.law.statute, self.reckoning, limits)

    @property
    def days(self) -> DayCounts | None:
        """Days taken, left and late, in the unit of the statute; None where they can't be
        counted, and of a case that ended without a reply."""
        if not self.begun or (self.state.ending and not self.state.dispatch):
            return None
        try:
            reckoning = self.reckoning
            return day_counts(reckoning, self.state.calendar) if reckoning else None
        except YishenError:
            return None


def _running(line: DeadlineLine) -> Running | None:
    """The limit, where this setting of it runs now."""
    if not line.runs or line.due is None or line.base is None:
        return None
    return Running(
        name=line.name,
        ref=line.ref,
        base=line.base,
        due=line.due,
        article=line.article,
        cause=line.cause,
        own=line.own,
        provisional=line.provisional,
        ledger=spans_from_json(line.ledger),
    )


def record_of(
    session: Session,
    case: str,
    view: CaseView | None = None,
    unanswered: Unreachable | None = None,
) -> Record:
    """What the register has of a case, beside what it said, its words opened.
    InputError(unknown_case), Unreachable(key_…)."""
    row = queries.case(session, case)
    found = Record(
        row=row,
        events=queries.events(session, case),
        limits=queries.deadlines(session, case),
        troubles=troubles(session, case),
        view=view,
        unanswered=unanswered,
        hold=hold_on(session, row.line.id),
        forgotten=forgotten_case(session, row.line.id),
    )
    return opened(session, found)


async def look(desk: Desk, case: str, user: str) -> Record:
    """The case by both, as far as the person may see it, and without the applicant, who is read
    apart (`office.access.reading.permit`).

    Refusal(unknown_user, case_not_visible), InputError(unknown_case), Unreachable(register_…).
    """
    seen = partial(allow, desk.register, user, CasePart.PAGE, case, desk.asked_by)
    sight = await asyncio.to_thread(seen)
    view, unanswered = None, None
    if await desk.read(lambda session: forgotten_case(session, case)) is None:  # who could answer
        try:
            from office.running.asking import case_view

            view = await case_view(desk, case, start=False, within=PATIENCE)
        except Unreachable as error:
            unanswered = error
        except Refusal:  # words_destroyed: what the record holds is all there is
            pass
    # After the view, so that "not yet in the register" is never said of what is there.
    record = await desk.read(lambda session: record_of(session, case, view, unanswered))
    return as_seen(record, sight)


def as_seen(record: Record, sight: Sight) -> Record:
    """The record as a page of it may show it: whose words are read apart, and written down then,
    are not in it."""
    row = replace(record.row, applicant_name=SILENT, applicant_contact=None, applicant_details=None)
    of_applicant = CasePart.APPLICANT in sight
    events = [_without_applicant(event, named=of_applicant) for event in record.events]
    return replace(record, row=row, events=events, sight=sight)


def _without_applicant(event: Event, *, named: bool) -> Event:
    """The event without who asked; where not even papers of theirs are `named`, without these."""
    if not named and event.what.kind in OF_APPLICANT and event.evidence:
        bare = tuple(proof.changed(name=None, text=SILENT) for proof in event.evidence)
        event = event.changed(evidence=bare)
    what = _nobodys(event.what)
    return event if what is event.what else event.changed(what=what)


def _nobodys(fact: Fact) -> Fact:
    if isinstance(fact, Registered):
        return fact.changed(applicant=None)
    if isinstance(fact, EntryAmended | EntryProposed):
        inner = _nobodys(fact.what)
        return fact if inner is fact.what else fact.changed(what=inner)
    return fact
