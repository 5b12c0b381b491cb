"""Registering a request: checked by the rules, row first, then start."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy.orm import Session

from domain.case.act import Evidence
from domain.case.agenda import upcoming
from domain.case.facts import Registered
from domain.case.summary import Summary
from domain.case.tasks import summarise
from domain.errors import Code, InputError, Unreachable
from office.access.attempts import logged
from office.acts.doubts import Doubt, of_day, of_overdue
from office.acts.order import row_written
from office.cases.application import Application
from office.cases.new_row import row_of, series_of
from office.cases.opening import known, law_of, office_for, opening_of
from office.desk import Desk
from office.files import Incoming
from office.legal_time import legal_now
from register.writes.requests import RegisteredRequest, register_request
from texts.problems import problems
from workflows.messages import CaseInput


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
