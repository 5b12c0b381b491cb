"""The row of a new case: the series that it gets its number from, its words sealed by a key of its
own, the input that its run starts with."""

from datetime import date, datetime

from domain.case.act import Act, Evidence
from domain.case.facts import Registered
from domain.values import Value
from office.cases.application import Application
from office.desk import Desk
from register.writes.requests import NewRequest, Series
from workflows.messages import CaseInput


class _Said(Value):
    """All that people say in the start of a case."""

    registered: Registered | None
    history: tuple[Act, ...]
    evidence: tuple[Evidence, ...]


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
