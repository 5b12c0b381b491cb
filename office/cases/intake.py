"""Registering a request: the law that governs it, the input of its case, row first, then start."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

from pydantic import ValidationError
from sqlalchemy.orm import Session

from domain.case.act import Act, Evidence
from domain.case.agenda import upcoming
from domain.case.facts import NewApplicant, Registered
from domain.case.opening import blank, open_case
from domain.case.people import Actor, MoveIn, Role, told
from domain.case.record import Decided
from domain.case.state import Law
from domain.case.summary import Summary
from domain.case.tasks import summarise
from domain.clock import ClockEvent, ClockEventKind, Receipt, governing
from domain.errors import Code, InputError, Refusal, Unreachable
from domain.rules import CURRENT_RULES
from domain.values import Value
from law import files as lawfiles
from law.files import JURISDICTION
from law.remedy_law import load_remedy_law
from office.access.attempts import logged
from office.access.door import check_way
from office.acts.doubts import Doubt, of_day, of_overdue
from office.acts.order import row_written
from office.desk import Desk
from office.files import Incoming
from office.legal_time import legal_now
from register.reads import queries
from register.reads.calendars import HeldDays, held_days
from register.reads.ended import require_not_ended
from register.reads.queries import OrganLine
from register.reads.touched import slice_for
from register.writes.requests import NewRequest, RegisteredRequest, Series, register_request
from texts.problems import problems
from workflows.messages import CaseInput

WhoAsks: TypeAlias = NewApplicant
"""Who asks, as given at the counter."""


@dataclass(frozen=True, slots=True)
class Application:
    """A request as the counter has it.

    A case that moves in: `second` answers for it beside `user`; `history` are the acts of its past,
    `told_registrar` who registered it then, in their words.

    `files`: the application and its papers, `papers` those already among the `incoming`, which also
    has what the history names.
    """

    user: str
    command_id: str
    receipt: Receipt
    applicant: NewApplicant
    subject: str
    form_wished: str | None = None
    organ: str | None = None
    clock_offset: int = 0
    second: str | None = None
    told_registrar: str | None = None
    history: tuple[Act, ...] = ()
    files: tuple[Path, ...] = ()
    papers: tuple[Evidence, ...] = ()
    incoming: Incoming | None = None


class _Said(Value):
    """All that people say in the start of a case."""

    registered: Registered | None
    history: tuple[Act, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class NewCase:
    """A request in the book, and where its case stands at the start."""

    id: str
    number: str
    command_id: str
    summary: Summary
    warnings: tuple[str, ...]
    events: int
    repeated: bool
    written: bool
    started: bool = True


async def register(
    desk: Desk,
    application: Application,
    doubtful: Callable[[Sequence[Doubt]], Desk] | None = None,
    *,
    engine_may_be_away: bool = False,
) -> NewCase:
    """Check by the rules, write the row, start the case.

    `doubtful` is told what is worth a question before anything is written; whatever it raises
    stops the registration; the desk it returns is used from there on. `engine_may_be_away`: the
    row is written all the same, and the worker starts the case once there is an engine again.

    Raises Refusal and InputError before anything is written, Unreachable before anything is
    written or, as registered_not_started, after the row: repeating the command starts the case.
    """
    if not engine_may_be_away:
        await desk.client()  # nothing is written while there is no engine to take the case over
    async with logged(desk, application.user, "registered", None, application.command_id):
        actor, organ, days, line, move_in = await desk.read(
            lambda s: office_for(desk, s, application)
        )
        now = legal_now(application.clock_offset)
        law = law_of(application, line, days, now)
        opened = opening_of(application, actor, organ, law, now, move_in)
        if doubtful is not None and not await desk.read(lambda s: known(s, application)):
            doubts = [*of_day(application.receipt.arrived, now.date())]
            doubts += of_overdue(opened.state, now.date())
            desk = await asyncio.to_thread(doubtful, doubts)
    incoming = application.incoming or Incoming(desk.settings.largest_file)
    named = await asyncio.to_thread(_evidence, incoming, application.files)
    start = CaseInput(
        id="new",
        number="new",
        organ=organ,
        law=law,
        receipt=application.receipt,
        actor=actor,
        command_id=application.command_id,
        registered_at=now,
        clock_offset=application.clock_offset,
        history=application.history,
        move_in=move_in,
        evidence=(*application.papers, *named),
        registered=_registered(application),
    )
    series, made = series_of(application, now), partial(row_of, desk, application, start, now)

    def write(session: Session) -> RegisteredRequest:
        row = register_request(session, series, application.command_id, made)
        desk.folder(row.id).keep_with(session, incoming)
        return row

    row = await desk.write(write)
    desk = desk.renewed()  # large files take their time, and the engine isn't late for that
    started = row.started
    if not started:
        try:
            from office.running.runs import start_run

            await start_run(desk, CaseInput.model_validate(row.start_input))
            started = True
        except Unreachable:
            if not engine_may_be_away:
                raise
    state = opened.state
    thing = upcoming(state)
    return NewCase(
        id=row.id,
        number=row.number,
        command_id=application.command_id,
        summary=summarise(state, thing.instant if thing else None),
        warnings=state.clock_warnings,
        events=len(opened.events),
        repeated=row.repeated,
        written=started and await row_written(desk, row.id, len(opened.events)),
        started=started,
    )


def _evidence(incoming: Incoming, files: Sequence[Path]) -> tuple[Evidence, ...]:
    """The papers of the application."""
    return tuple(Evidence(sha256=incoming.add(path), name=path.name) for path in files)


def _registered(application: Application) -> Registered:
    """The first fact of the case. InputError(bad_field)."""
    try:
        return Registered(
            receipt=application.receipt,
            applicant=application.applicant,
            subject=application.subject,
            form_wished=application.form_wished,
        )
    except ValidationError as error:
        raise InputError(Code.BAD_FIELD, problems=problems(error)) from error


def known(session: Session, application: Application) -> bool:
    """Whether the command registered something before."""
    return queries.event_of_command(session, application.command_id) is not None


def office_for(
    desk: Desk, session: Session, application: Application
) -> tuple[Actor, str, HeldDays, OrganLine, MoveIn | None]:
    """Who registers, for which organ, by which calendar, the organ's own promise, and who answers
    for a past. Refusal(place_ended): the organ takes nothing but its past."""
    actor = desk.acting(session, application.user)
    organs = {organ.id: organ for organ in queries.organs(session)}
    listed = ", ".join(organs) or "-"
    organ = application.organ
    if organ is None:
        held = sorted({g.organ for g in actor.grants if g.role is Role.INTAKE} & organs.keys())
        mine = [one for one in held if organs[one].ended_on is None] or held[:1]
        if not mine:
            raise Refusal(Code.NOT_YOUR_ROLE, act="registered", roles=Role.INTAKE)
        if len(mine) > 1:
            raise InputError(Code.ORGAN_NEEDED, known=", ".join(mine))
        organ = mine[0]
    if organ not in organs:
        raise InputError(Code.UNKNOWN_ORGAN, organ=organ, known=listed)
    line = organs[organ]
    if application.second is None:
        if not known(session, application):
            require_not_ended(line)
        return actor, organ, held_days(session), line, None
    if line.first_day is None:
        raise Refusal(Code.FIRST_DAY_UNKNOWN, organ=organ)
    check_way(session, actor, organ, "entry_approved")
    head = desk.acting(session, application.second)
    move_in = MoveIn(intake=actor, head=head, first_day=line.first_day)
    registrar = told(application.told_registrar or application.user)
    return registrar, organ, held_days(session), line, move_in


def law_of(application: Application, organ: OrganLine, days: HeldDays, now: datetime) -> Law:
    """The law of the receipt day, pinned: statute, calendar of the years in question, policy."""
    receipt = application.receipt
    calendar = days.calendar or lawfiles.load_calendar(JURISDICTION)
    promised = {"committed_working_days": organ.committed_working_days}
    policy = lawfiles.load_policy().model_copy(update=promised)
    statute = governing(
        lawfiles.load_statutes(),
        JURISDICTION,
        calendar,
        policy,
        receipt,
        _confirmations(application.history),
    )
    return Law(
        statute=statute.pinned(),
        calendar=slice_for(calendar, [receipt.arrived.year], now.year),
        policy=policy,
        ladder=lawfiles.load_ladder(),
        rules=CURRENT_RULES,
        closures=days.of(organ.id),
        edition=days.edition,
        remedies=load_remedy_law(organ.profile, JURISDICTION),
    )


def _confirmations(history: Sequence[Act]) -> tuple[ClockEvent, ...]:
    return tuple(
        ClockEvent(kind=ClockEventKind.RECEIPT_CONFIRMED, at=act.effective_on)
        for act in history
        if act.what.kind == "receipt_confirmed" and act.effective_on is not None
    )


def opening_of(
    application: Application,
    actor: Actor,
    organ: str,
    law: Law,
    now: datetime,
    move_in: MoveIn | None,
) -> Decided:
    """What the case will decide about itself at its start, decided before there is a row."""
    state = blank("new", organ, law, application.clock_offset)
    return open_case(
        state,
        application.receipt,
        actor,
        application.command_id,
        now,
        application.history,
        move_in,
    )


def _numbered_on(application: Application, now: datetime) -> date:
    """A case that moves in is numbered in the year it arrived."""
    return now.date() if application.second is None else application.receipt.arrived


def series_of(application: Application, now: datetime) -> Series:
    """The series that a request registered at `now` gets its number from."""
    day = _numbered_on(application, now)
    return Series(training=application.clock_offset != 0, year=day.year)


def row_of(
    desk: Desk, application: Application, start: CaseInput, now: datetime, case: str
) -> NewRequest:
    """The row of the case, its words sealed by a key of its own."""
    plain = _Said(registered=start.registered, history=start.history, evidence=start.evidence)
    start = start.model_copy(update=dict(desk.sealed(case, plain, new=True)))
    asked = start.registered
    assert asked is not None
    assert asked.applicant is not None
    assert asked.subject is not None
    return NewRequest(
        command_id=application.command_id,
        person=application.user,
        organ=start.organ,
        channel=application.receipt.channel,
        arrived=application.receipt.arrived,
        registered_on=_numbered_on(application, now),
        statute=start.law.statute.id,
        applicant=asked.applicant,
        subject=asked.subject,
        form_wished=asked.form_wished,
        training=application.clock_offset != 0,
        clock_offset=application.clock_offset,
        start_input=start.model_dump(mode="json"),
    )
