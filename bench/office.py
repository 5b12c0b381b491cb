"""An office on an engine of its own for benchmarks, in a folder that is thrown away."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from domain.case import facts as f
from domain.case.facts import NewApplicant
from domain.case.people import Actor
from domain.clock import Receipt
from domain.statute import Channel
from domain.values import OFFICE_ZONE
from office.cases.application import Application
from office.cases.intake import register
from office.desk import Desk
from office.people.directory_file import example_office, load_office, read_office
from office.running.key_store import register_at
from office.running.making_ready import make_ready
from office.settings import Settings
from register.engine import Register
from register.reads import roster
from starter.engine.running import Engine, running
from workflows.messages import SentAct

SHA = "ab" * 32

STANDARD: tuple[tuple[str, f.OfficeFact], ...] = (
    ("wang", f.Assigned(department="ghj", handler="li")),
    ("li", f.ItemAdded(ref="a", title="规划图（虚构）", sha256=SHA)),
    ("chen", f.ItemReviewed(ref="a", decision=f.Decision.RELEASE)),
    ("liu", f.Signed()),
    ("yang", f.Signed()),
    ("li", f.ReplyDrafted(reply_kind="granted", reasons="予以公开")),
    ("huang", f.ReplyApproved()),
    ("li", f.Dispatched(channel=f.DispatchChannel.POST)),
    ("li", f.Delivered()),
)
"""From assignment to delivery: with the registration ten events."""


@dataclass
class Office:
    """Engine, register and people, without a worker."""

    engine: Engine
    settings: Settings
    register: Register
    actors: dict[str, Actor]

    async def desk(self) -> Desk:
        """A desk connected to the engine."""
        return Desk(self.settings, self.register, await self.engine.connect(self.settings))

    async def open(self, desk: Desk, command: str) -> str:
        """Register a request of today through the counter; the id of its case."""
        done = await register(
            desk.renewed(),
            Application(
                user="wang",
                command_id=command,
                receipt=Receipt(
                    channel=Channel.MAIL_SIGNED, arrived=datetime.now(OFFICE_ZONE).date()
                ),
                applicant=NewApplicant(name="张某（虚构）", contact="无"),
                subject="某道路规划文件（虚构）",
                organ="qinghe",
            ),
        )
        return done.id

    def act(self, user: str, what: f.OfficeFact, command: str) -> SentAct:
        """An act as the command line would send it."""
        return SentAct(command_id=command, actor=self.actors[user], what=what)


@asynccontextmanager
async def office() -> AsyncIterator[Office]:
    """An office in a folder of its own; nothing of any `yishen up` is touched."""
    with TemporaryDirectory(prefix="yishen-bench-") as name:
        folder = Path(name)
        async with running(folder, namespace="bench", isolated=True) as engine:
            settings = Settings(data=folder, YISHEN_REGISTER=None, row_wait=0)
            make_ready(settings)
            opened = register_at(settings)
            path = folder / "office.toml"
            path.write_text(example_office(), encoding="utf-8")
            directory = read_office(path)
            with opened.writing() as session:
                load_office(session, directory)
                actors = {user.id: roster.actor(session, user.id) for user in directory.users}
            try:
                yield Office(engine, settings, opened, actors)
            finally:
                opened.close()


async def at_a_time(jobs: Iterable[Callable[[], Awaitable[Any]]], width: int) -> list[Any]:
    """Run all jobs, never more than `width` at once; their results in order."""
    gate = asyncio.Semaphore(width)

    async def through(job: Callable[[], Awaitable[Any]]) -> Any:
        async with gate:
            return await job()

    return await asyncio.gather(*(through(job) for job in jobs))


def alone(work: Coroutine[Any, Any, dict[str, object]]) -> dict[str, object]:
    """Run a benchmark's own loop."""
    return asyncio.run(work)
