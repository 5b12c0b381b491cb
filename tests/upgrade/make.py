"""Live a small office through on a real engine and keep its register, as text.

    python -m tests.upgrade.make [NAME [FOLDER]]

NAME is the version of this code unless given; it is kept in FOLDER, unless given with the other
states. Done once for a version, when it is released; done anew for it only where a shape changes on
purpose, with the reason in the commit. What comes out is reviewed as text. Its words are sealed:
the keys are kept beside them, wrapped by a master key that everybody knows (`tests.upgrade.kept`),
and it ends in an error where they don't open what was kept.
"""

import asyncio
import sys
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import TypeAdapter

from activities.register import RegisterActivities
from domain.case import facts as f
from domain.clock import Receipt
from domain.values import OFFICE_ZONE
from domain.words import sealed_parts
from law.files import load_calendar
from office.acts.order import Order, row_written, send_act
from office.cases.application import Application
from office.cases.intake import NewCase, register
from office.cases.moving_in import with_files
from office.desk import Desk
from office.files import Incoming
from office.people.directory_file import load_office
from office.running.key_store import register_at
from office.running.making_ready import make_ready
from register.reads.filter import Filter
from register.reads.lists import case_lines
from register.reads.words import shown
from register.verify import verify
from starter.demo.county import with_figures
from starter.demo.data import docket_words, office, report
from starter.demo.docket import DOCUMENT
from starter.demo.stage import DemoStage
from starter.demo.story import Script, script
from starter.demo.today import desk_script, lay_out
from starter.engine.running import running
from tests.upgrade.kept import FOLDER, dump, restore, settings_of, stands
from worker import build

FACT: TypeAdapter[f.OfficeFact] = TypeAdapter(f.OfficeFact)


async def make(name: str, folder: Path) -> None:
    """The desk of the demonstration, a case in every state, and its contested case."""
    with TemporaryDirectory() as place:
        settings = settings_of(Path(place), 30)
        tomorrow = datetime.now(OFFICE_ZONE).date() + timedelta(days=1)
        people = with_figures(office(), report(), docket_words(), tomorrow)
        make_ready(settings)
        opened = register_at(settings, 15)
        documents = settings.data / "documents"
        documents.mkdir()
        (documents / DOCUMENT).write_text(docket_words().note, encoding="utf-8")
        with opened.writing() as session:
            load_office(session, people)
        async with running(settings.data / "engine", isolated=True) as engine:
            client = await engine.connect(settings)
            stage = DemoStage(Desk(settings, opened, client), client, settings, people, documents)
            async with build(client, RegisterActivities(opened, settings.mail_drop)):
                now = datetime.now(OFFICE_ZONE)
                cases = desk_script(load_calendar("cn"), now.date())
                laid = await lay_out(stage, cases, now, _tell)
                assert all(case.as_expected for case in laid), laid
                _tell(await contested(stage, script("demo-contest.json")))
        found = verify(opened)
        assert found.holds, found.differences
        with opened.reading() as session:
            stood = stands(session)
        opened.close()
        dump(settings.data, name, stood, folder)
    opens(name, folder)


def opens(name: str, folder: Path) -> None:
    """Its words can be read again from what was kept. Raises AssertionError."""
    with TemporaryDirectory() as place:
        settings = settings_of(Path(place), 30)
        restore(name, settings.data, folder)
        make_ready(settings)
        opened = register_at(settings, 15)
        with opened.reading() as session:
            lines = shown(session, case_lines(session, Filter(training=True, limit=None)))
        opened.close()
    assert lines
    assert not [line.id for line in lines if sealed_parts(line.subject)], name


async def contested(stage: DemoStage, play: Script) -> NewCase:
    """The contested case: a training case that moves on from act to act."""
    for file, text in play.documents.items():
        (stage.documents / file).write_text(text, encoding="utf-8")
    offset = timedelta(seconds=round((play.begins - datetime.now(OFFICE_ZONE)).total_seconds()))
    case = await register(
        stage.desk.renewed(),
        Application(
            user=play.user,
            command_id=play.command_id,
            receipt=Receipt(channel=play.channel, arrived=play.received),
            applicant=play.applicant,
            subject=play.subject,
            form_wished=play.form_wished,
            organ=play.organ,
            clock_offset=int(offset.total_seconds()),
        ),
    )
    day, seq = play.received, 0
    for n, step in enumerate(play.steps):
        to = step.at.date()
        if to > day:
            order = Order(case.id, step.by, f.TrainingAdvanced(to=to), f"{play.command_id}.to.{n}")
            await send_act(stage.desk.renewed(), order)
            day = to
        incoming = Incoming()
        what = FACT.validate_python(with_files(step.what, stage.documents, incoming))
        order = Order(case.id, step.by, what, f"{play.command_id}.{n}")
        sent = await send_act(stage.desk.renewed(), order, incoming)
        seq = sent.answer.seq
    assert await row_written(stage.desk, case.id, seq)
    return case


def _tell(case: NewCase) -> None:
    print(case.id, case.number, flush=True)


if __name__ == "__main__":
    given = dict(enumerate(sys.argv))
    asyncio.run(make(given.get(1) or version("yishen"), Path(given.get(2) or FOLDER)))
