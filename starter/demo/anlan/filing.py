"""The county's cases into the register, as if they had been lived here: in the order in which they
came in, under the numbers of their years. Each goes on at the next `yishen up`, which finds them on
record and in no engine."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from activities.register import RegisterActivities
from domain.case.agenda import idle_until, upcoming
from domain.case.facts import Registered
from domain.case.opening import blank
from domain.case.people import Actor
from domain.case.tasks import summarise
from domain.values import legal_time
from office.cases.application import Application
from office.cases.new_row import row_of, series_of
from office.cases.opening import law_of
from office.desk import Desk
from office.files import Incoming
from office.people.directory_file import load_office
from register.reads import roster
from register.reads.calendars import HeldDays, held_days
from register.reads.roster import OrganLine
from register.writes.outbox import pending_notices
from register.writes.record import record
from register.writes.requests import mark_started, register_request
from starter.demo.anlan.county_case import Tools
from starter.demo.anlan.days import Coming, asked, coming
from starter.demo.anlan.life import lived
from starter.demo.anlan.paper import Papers
from starter.demo.anlan.people import People
from starter.demo.anlan.words import directory
from workflows.messages import CaseInput


def settle_in(desk: Desk, now: datetime) -> list[Coming]:
    """The county's office into the register; the cases that are to come."""
    with desk.register.writing() as session:
        load_office(session, directory())
    return coming(now)


def lay_down(
    desk: Desk,
    papers: Papers,
    some: Sequence[Coming],
    now: datetime,
    on_done: Callable[[], object] = lambda: None,
) -> list[str]:
    """Live each case and write it down, one transaction each, then their letters; their ids.

    Raises what acts raise: the plans are lawful.
    """
    people = People(directory(), desk.asked_by)
    with desk.register.reading() as session:
        days, organs = held_days(session), {line.id: line for line in roster.organs(session)}
    cases = []
    for one in some:
        cases.append(_written(desk, one, people, papers, (days, organs[one.organ]), now))
        on_done()
    with desk.register.reading() as session:
        letters = [letter for case in cases for letter in pending_notices(session, case)]
    RegisterActivities(desk.register, desk.settings.mail_drop).lay_down(letters)
    return cases


def _written(
    desk: Desk,
    one: Coming,
    people: People,
    papers: Papers,
    where: tuple[HeldDays, OrganLine],
    now: datetime,
) -> str:
    plain, intake, begins = asked(one), people.intake(one.organ, one.pen.rng), one.timed.begins
    application = _application(one, plain, intake)
    law = law_of(application, where[1], where[0], legal_time(now, one.timed.offset))
    start = CaseInput(
        id="new",
        number="new",
        organ=one.organ,
        law=law,
        receipt=plain.receipt,
        actor=intake,
        command_id=one.command_id,
        registered_at=begins,
        clock_offset=one.timed.offset,
        registered=plain,
    )
    incoming = Incoming()

    def paper(title: str, ending: str) -> str:
        digest = papers.document(title, ending)
        incoming.add(papers.path(digest))
        return digest

    series, made = series_of(application, begins), partial(row_of, desk, application, start, begins)
    with desk.register.writing() as session:
        row = register_request(session, series, one.command_id, made)
        sealed = CaseInput.model_validate(row.start_input).registered
        assert sealed is not None
        tools = Tools(people, lambda act: desk.sealed(row.id, act), paper)
        before = blank(row.id, one.organ, law, one.timed.offset)
        case = lived(one, before, plain, sealed, intake, tools, now)
        thing = upcoming(case.state)
        summary = summarise(case.state, thing.instant if thing else idle_until(case.state))
        desk.folder(row.id).keep_with(session, incoming)
        record(session, row.id, case.events, summary)
        mark_started(session, row.id, datetime.now(UTC))
    return row.id


def _application(one: Coming, said: Registered, intake: Actor) -> Application:
    assert said.applicant is not None
    assert said.subject is not None
    return Application(
        user=intake.person,
        command_id=one.command_id,
        receipt=said.receipt,
        applicant=said.applicant,
        subject=said.subject,
        form_wished=said.form_wished,
        organ=one.organ,
        clock_offset=one.timed.offset,
    )
