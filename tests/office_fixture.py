"""A real office for tests: register, worker and people, on the test engine."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from temporalio.client import Client, WorkflowHandle

from activities.register import RegisterActivities
from domain.case import facts as f
from domain.case.act import Evidence
from domain.case.facts import NewApplicant
from domain.case.people import Role
from domain.case.second_person import second
from domain.clock import Receipt
from domain.statute import Channel
from domain.values import OFFICE_ZONE
from office.acts.order import Order, Sent, new_command_id, send_act
from office.cases.application import Application
from office.cases.intake import NewCase, register
from office.desk import Desk
from office.people.directory_file import load_office, read_office
from office.running.asking import case_view
from office.running.key_store import register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from register.engine import Register
from register.reads.files import sealed_hash
from starter.engine.running import Engine
from tests.tables import with_tables
from worker import build
from workflows.messages import CaseView

EXAMPLE = Path(__file__).parent.parent / "office" / "examples" / "office.toml"


@dataclass
class Office:
    """People act through the same functions as the command line."""

    settings: Settings
    register: Register
    client: Client
    person: dict[str, str]

    @property
    def desk(self) -> Desk:
        """A desk with its own time limit, as one command has it."""
        return Desk(self.settings, self.register, self.client)

    async def open(
        self,
        *,
        arrived: date | None = None,
        channel: Channel = Channel.MAIL_SIGNED,
        clock_offset: timedelta = timedelta(),
        command_id: str | None = None,
    ) -> NewCase:
        """Register a request; today, or in a training case's own time."""
        legal = datetime.now(OFFICE_ZONE) + clock_offset
        return await register(
            self.desk,
            Application(
                user=self.person["intake"],
                command_id=command_id or new_command_id(),
                receipt=Receipt(channel=channel, arrived=arrived or legal.date()),
                applicant=NewApplicant(kind="natural", name="张某（虚构）", contact="无"),
                subject="某道路规划文件（虚构）",
                organ="qinghe",
                clock_offset=int(clock_offset.total_seconds()),
            ),
        )

    async def do(
        self,
        case: str,
        role: str,
        what: f.OfficeFact,
        *,
        on: date | None = None,
        command_id: str | None = None,
        expected_seq: int | None = None,
        user: str | None = None,
        evidence: tuple[Evidence, ...] = (),
    ) -> Sent:
        """One act by the person of that role."""
        return await send_act(
            self.desk,
            Order(
                case=case,
                user=user or self.person[role],
                what=what,
                command_id=command_id or new_command_id(),
                effective_on=on,
                expected_seq=expected_seq,
                evidence=evidence,
            ),
        )

    async def agreed(
        self, case: str, role: str, what: f.OfficeFact, *, on: date | None = None
    ) -> Sent:
        """An act that takes a second person: with its evidence, and approved."""
        proposed = await self.proposed(case, role, what, on=on)
        asked = second(Role(role))
        return await self.do(case, asked, f.EntryApproved(seq=proposed.answer.seq))

    async def proposed(
        self, case: str, role: str, what: f.OfficeFact, *, on: date | None = None
    ) -> Sent:
        """An act with its evidence, which waits for a second person."""
        letter = Evidence(text="申请人来信（虚构）")
        return await self.do(case, role, what, on=on, evidence=(letter,))

    async def view(self, case: str) -> CaseView:
        """The case as its workflow knows it."""
        return await case_view(self.desk, case)

    def kept(self, case: str, digest: str) -> Path:
        """Where the content of that hash lies, sealed; a name that is nowhere: it doesn't."""
        with self.register.reading() as session:
            name = sealed_hash(session, case, digest)
        return self.settings.files / case / str(name)

    def handle(self, case: str) -> WorkflowHandle[object, object]:
        """The engine's handle of the case."""
        return self.client.get_workflow_handle(case)

    async def grant(self, case: str) -> None:
        """From registered to approved: one item, reviewed, signed, granted."""
        sha = self.desk.folder(case).keep_bytes("规划图".encode())
        for role, what in (
            ("intake", f.Assigned(department="ghj", handler=self.person["handler"])),
            ("handler", f.ItemAdded(ref="a", title="规划图", sha256=sha)),
            ("reviewer", f.ItemReviewed(ref="a", decision=f.Decision.RELEASE)),
            ("leader_in_charge", f.Signed()),
            ("principal_leader", f.Signed()),
            ("handler", f.ReplyDrafted(reply_kind="granted", reasons="予以公开")),
            ("disclosure_head", f.ReplyApproved()),
        ):
            await self.do(case, role, what)


@asynccontextmanager
async def opened_office(
    engine: Engine, data: Path, url: str | None = None
) -> AsyncIterator[Office]:
    """An office with its own register in `data`; its worker is the caller's to run."""
    settings = Settings(data=data, YISHEN_REGISTER=url)
    if url is None:
        with_tables(data)
    make_ready(settings)
    register = register_at(settings, 5.0)
    directory = read_office(EXAMPLE)
    with register.writing() as session:
        load_office(session, directory)
    person = {str(grant.role): user.id for user in directory.users for grant in user.roles[:1]}
    person["handler"] = "li"
    try:
        yield Office(settings, register, await engine.connect(settings), person)
    finally:
        register.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def office(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """The office most tests share, with its worker; cases are told apart by their ids."""
    async with opened_office(engine, tmp_path_factory.mktemp("office")) as opened:
        activities = RegisterActivities(opened.register, opened.settings.mail_drop)
        async with build(opened.client, activities):
            yield opened
