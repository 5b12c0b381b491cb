"""The invented county of the demonstration: lawful and in every state on any day, provable in a
register, and its documents are what they say."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import pytest
from PIL import Image
from pypdfium2 import PdfDocument
from sqlalchemy import select

from domain.case import tasks as waiting
from domain.case.opening import blank
from domain.case.people import Role
from domain.case.state import Law
from domain.case.status import status
from domain.case.summary import Status
from domain.case.tasks import tasks
from domain.clock import due_instant
from domain.remedies.organ import OrganProfile
from domain.rules import CURRENT_RULES
from domain.values import OFFICE_ZONE, legal_time
from law.files import load_calendar, load_ladder, load_policy, load_statutes
from law.remedy_law import load_remedy_law
from office.desk import Desk
from office.legal_time import legal_now
from office.running.key_store import register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from register.models import Applicant, Notice, Request
from register.reads import queries
from register.reads.words import opened
from register.verify import verify
from starter.demo.anlan import filing
from starter.demo.anlan.county_case import CountyCase, Tools
from starter.demo.anlan.days import STATUTE, Coming, asked, coming
from starter.demo.anlan.life import lived
from starter.demo.anlan.look import look
from starter.demo.anlan.paper import NOTE, Papers, pdf, picture
from starter.demo.anlan.people import People
from starter.demo.anlan.words import county, directory
from tests.tables import with_tables

TASKS = frozenset(
    re.findall(
        r'(?:kind=|_for_handler\(state, )"(\w+)"',
        Path(waiting.__file__).read_text(encoding="utf-8"),
    )
)
"""Every kind of task that a case knows."""

PEOPLE = People(directory())
ORGANS = {organ.id: organ for organ in directory().organs}
SOON = timedelta(days=10)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=OFFICE_ZONE)


def law(organ: str) -> Law:
    """The product's law for a case of that organ."""
    entry = ORGANS[organ]
    return Law(
        statute=next(s for s in load_statutes() if s.id == STATUTE).pinned(),
        calendar=load_calendar("cn"),
        policy=load_policy().model_copy(
            update={"committed_working_days": entry.committed_working_days}
        ),
        ladder=load_ladder(),
        rules=CURRENT_RULES,
        remedies=load_remedy_law(
            OrganProfile(
                kind=entry.kind,
                name=entry.name,
                government=entry.government,
                superior=entry.superior,
                court=entry.court,
            )
        ),
    )


def life(one: Coming, number: int, now: datetime) -> CountyCase:
    """The case by the rules alone, its words unsealed."""
    said = asked(one)
    before = blank(f"2026-{number:04d}", one.organ, law(one.organ), one.timed.offset)
    tools = Tools(PEOPLE, lambda act: act, lambda title, _: sha256(title.encode()).hexdigest())
    return lived(one, before, said, said, PEOPLE.intake(one.organ, one.pen.rng), tools, now)


@pytest.mark.parametrize(
    "now",
    [
        noon(date(2026, 11, 29)),  # a Sunday
        noon(date(2026, 10, 10)),  # a worked Saturday
        noon(date(2026, 10, 3)),  # National Day
        noon(date(2026, 12, 31)),  # the next year is not published
        datetime(2027, 3, 1, 0, 0, 20, tzinfo=OFFICE_ZONE),  # a day that has just begun
    ],
    ids=str,
)
def test_every_state_and_every_task_occurs_whatever_day_it_is(now: datetime) -> None:
    lives = [life(one, number, now) for number, one in enumerate(coming(now), 1)]
    assert 200 <= len(lives) <= 250
    states = [one.state for one in lives]
    assert {status(state) for state in states} == set(Status)
    assert {task.kind for state in states for task in tasks(state)} == TASKS
    late, soon = 0, 0
    for state in (s for s in states if s.ending is None and s.dispatch is None):
        due = state.deadline("reply")
        if due is not None and not state.clock_offset:
            at = due_instant(due.due, state.law.statute)
            late += at <= now
            soon += now < at <= now + SOON
    assert late >= 5
    assert soon >= 3
    for one in lives:
        instants = [event.at for event in one.events]
        assert instants == sorted(instants)
        assert instants[-1] <= legal_time(now, one.state.clock_offset)


def test_everybody_of_the_office_is_invented_and_every_role_is_held() -> None:
    mark = county().name_mark
    assert all(user.name.endswith(mark) for user in directory().users)
    assert all(organ.name.endswith(mark) for organ in directory().organs)
    held = {grant.role for user in directory().users for grant in user.roles}
    assert held == set(Role) - {Role.SYSTEM}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A register of its own; no engine."""
    with_tables(tmp_path)
    settings = Settings(data=tmp_path)
    make_ready(settings)
    register = register_at(settings, 5.0)
    yield Desk(settings, register, _no_engine)
    register.close()


def _no_engine(_: Settings) -> NoReturn:
    raise AssertionError("laying the county down asks no engine")


@pytest.mark.slow
def test_the_county_on_record_is_proved_and_marked_as_invented(desk: Desk, tmp_path: Path) -> None:
    now = legal_now()
    folder = tmp_path / "documents"
    folder.mkdir()
    some = filing.settle_in(desk, now)
    done = Counter[str]()
    cases = filing.lay_down(desk, Papers(folder), some, now, lambda: done.update(["case"]))
    assert done["case"] == len(some) == len(cases)
    assert verify(desk.register).differences == ()
    with desk.register.reading() as session:
        requests = opened(session, list(session.scalars(select(Request.subject))))
        assert all(subject.startswith(county().mark) for subject in requests)
        applicants = opened(session, list(session.scalars(select(Applicant.name))))
        assert all(name.endswith(county().name_mark) for name in applicants)
        assert set(session.scalars(select(Notice.state))) == {"sent"}
        stand = look(session, cases)
        events = queries.events(session, cases[0])
    assert {line.status for line in stand.lines} == set(Status)
    years = Counter(line.number[2:].partition("〕")[0].strip("〔") for line in stand.lines)
    assert years[str(now.year - 1)] >= 20
    assert {person for user, found in stand.waiting if found for person in [user.id]} >= {"an.xu"}
    assert all(event.moved_in_by is None for event in events)


def test_documents_open_and_say_that_they_are_invented() -> None:
    page = PdfDocument(pdf("〔虚构〕附件：明细表"))[0]
    said = page.get_textpage().get_text_range()
    assert "附件：明细表" in said
    assert all(line in said for line in NOTE.split("\n"))
    image = Image.open(io.BytesIO(picture("EMS 回执（虚构）")))
    assert image.size == (240, 160)
    assert NOTE in image.info["Comment"]
