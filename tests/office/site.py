"""An office with its register and keys and no engine: what a case would decide is decided here by
its own rules and written as its run would write it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from pathlib import Path

from temporalio.client import Client

from domain.case import facts as f
from domain.case.act import Act, Evidence
from domain.case.agenda import settle, upcoming
from domain.case.decide import decide
from domain.case.facts import NewApplicant
from domain.case.opening import open_case
from domain.case.people import Actor
from domain.case.record import Decided
from domain.case.tasks import summarise
from domain.clock import Receipt
from domain.errors import Code, Unreachable
from domain.statute import Channel
from office.acts.order import Order, as_act, resolved
from office.cases.application import Application
from office.cases.intake import register
from office.cases.record import Record, record_of
from office.desk import Desk
from office.legal_time import legal_now
from office.people.directory_file import load_office, read_office
from office.running.key_store import register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from register.engine import Register
from register.reads import queries
from register.reads.states import begun, state_of
from register.writes.record import record
from tests.office_fixture import EXAMPLE
from tests.tables import with_tables
from workflows.messages import CaseInput

PAPER = Evidence(text="回执（虚构）")


async def away(settings: Settings) -> Client:
    """An engine that nobody reaches."""
    raise Unreachable(Code.ENGINE_NOT_RUNNING)


@dataclass
class Site:
    """People and their cases; every case is written at once."""

    settings: Settings
    register: Register
    person: dict[str, str]
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    @classmethod
    def made(cls, data: Path) -> "Site":
        with_tables(data)
        settings = Settings(data=data)
        make_ready(settings)
        opened = register_at(settings, 5.0)
        directory = read_office(EXAMPLE)
        with opened.writing() as session:
            load_office(session, directory)
        person = {str(grant.role): user.id for user in directory.users for grant in user.roles[:1]}
        return cls(settings, opened, person | {"handler": "li"})

    @property
    def desk(self) -> Desk:
        return Desk(self.settings, self.register, away)

    async def open(
        self,
        *,
        arrived: date | None = None,
        channel: Channel = Channel.MAIL_SIGNED,
        command_id: str | None = None,
    ) -> str:
        """A registered case, as its run would have begun it."""
        done = await register(
            self.desk,
            Application(
                user=self.person["intake"],
                command_id=command_id or f"register-{next(self.numbers)}",
                receipt=Receipt(channel=channel, arrived=arrived or legal_now().date()),
                applicant=NewApplicant(name="张某（虚构）", contact="无"),
                subject="某道路规划文件（虚构）",
                organ="qinghe",
            ),
            engine_may_be_away=True,
        )
        self.begin(done.id)
        return done.id

    def begin(self, case: str) -> None:
        """What the run of the case does first."""
        with self.register.reading() as session:
            row = queries.case(session, case)
        start = CaseInput.model_validate(row.start_input)
        opened = open_case(
            begun(row.start_input),
            start.receipt,
            start.actor,
            start.command_id,
            start.registered_at,
            registered=start.registered,
        )
        self._write(case, opened)

    def actor(self, role: str) -> Actor:
        with self.register.reading() as session:
            return self.desk.acting(session, self.person[role])

    def order(self, case: str, role: str, what: f.OfficeFact, on: date | None = None) -> Order:
        number = f"act-{next(self.numbers)}"
        proofs = (PAPER,) if on else ()
        return Order(case, self.person[role], what, number, effective_on=on, evidence=proofs)

    async def do(self, case: str, role: str, what: f.OfficeFact, on: date | None = None) -> None:
        await self.send(self.order(case, role, what, on))

    async def send(self, order: Order) -> Act:
        """The act on record, as its case would decide it now."""
        actor, order = await resolved(self.desk, order)
        act = as_act(self.desk, order, actor)
        with self.register.reading() as session:
            state = state_of(session, order.case)
        now = self.now(order.case)
        before = settle(state, now)
        done = decide(before.state, act, now)
        after = settle(done.state, now)
        events = (*before.events, *done.events, *after.events)
        self._write(order.case, Decided(events, after.state))
        return act

    def now(self, case: str) -> datetime:
        with self.register.reading() as session:
            return legal_now(queries.case(session, case).clock_offset)

    def look(self, case: str) -> Record:
        with self.register.reading() as session:
            return record_of(session, case)

    def _write(self, case: str, decided: Decided) -> None:
        thing = upcoming(decided.state)
        summary = summarise(decided.state, thing.instant if thing else None)
        with self.register.writing() as session:
            record(session, case, decided.events, summary)
