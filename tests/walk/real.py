"""A walk on the real engine: every act through the counter's own ways in, time by the engine's
virtual clock, the record by the real worker. Whatever goes unanswered is sent again under its
command id, as a clerk would, so a walk survives workers and engines that are killed."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar

from temporalio.client import WorkflowExecutionStatus
from temporalio.service import RPCError

from domain.case import facts as f
from domain.errors import Code, InputError, Refusal, Unreachable
from domain.values import OFFICE_ZONE
from office.acts.order import Order, Sent, send_act
from office.desk import Desk
from office.folder import CaseFolder
from office.running.asking import case_view
from office.running.reopening import rebuilt
from office.running.runs import ensure_run
from register.reads import queries
from register.reads.calendars import held_days
from starter.engine.virtual_time import fast_forward, skipper
from tests.short_runs import RUN_LENGTH
from tests.waiting import until
from tests.walk.arrival import Arrival
from tests.walk.holds import Lived
from tests.walk.pen import PAPERS
from tests.walk.planted import planted
from tests.walk.pure import YEAR
from tests.walk.steps import Step, choose, later
from workflows.messages import CaseInput, CaseView

T = TypeVar("T")
PATIENCE = 120.0
"""Seconds until an act that nobody answers counts as lost."""
PAUSE = 0.2
REPEATED = 0.06
"""Share of taken acts sent a second time, half of them with other words under the same id."""
AT_ONCE = 0.08
"""Share of acts sent together with a remark by somebody else."""
AGAIN = (
    Code.ACT_UNANSWERED,
    Code.NO_WORKER,
    Code.CASE_UNANSWERED,
    Code.ENGINE_UNREACHABLE,
    Code.ENGINE_NOT_RUNNING,
    Code.REGISTERED_NOT_STARTED,
)
"""Nobody answered: the same is asked again."""


class Broken(AssertionError):
    """Something that must hold does not."""


@dataclass
class Tally:
    """What was done in all walks of an office."""

    taken: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    moved_in: int = 0
    short: int = 0
    repeated: int = 0
    unanswered: Counter[str] = field(default_factory=Counter)


@dataclass
class RealWalk:
    """One case. `desk` gives a desk with its whole time; `training` cases live in the year from
    `first`, the others from now on. `share`: of its acts, those that were done."""

    desk: Callable[[], Desk]
    rng: Random
    seed: str
    tally: Tally
    patience: float = PATIENCE
    case: str = ""
    share: float = 0.0
    offset: timedelta = timedelta()
    taken: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    script: list[str] = field(default_factory=list)

    # -- the life -------------------------------------------------------------------------------

    async def begin(self, first: date | None) -> None:
        """It comes to one of the organs; `first` None: a case of today."""
        days = await self.desk().read(held_days)
        arrival = Arrival.drawn(self.rng, self.seed, first, days)
        self._tell(f"{arrival.told()} in {arrival.organ}")
        if arrival.run_length is not None:
            RUN_LENGTH.set(arrival.run_length)
            self.tally.short += 1
        try:
            done = await self._answered(lambda: arrival.at(self.desk()))
        except (Refusal, InputError) as no:
            raise Broken(f"what the rules take is refused: {no!r}") from no
        self.case = done.id
        await asyncio.to_thread(_keep_files, self.desk().folder(self.case))
        self.offset = timedelta(seconds=arrival.offset)
        self.taken |= arrival.taken
        self.tally.moved_in += arrival.past is not None

    async def walk(self, acts: int) -> None:
        """So many acts, for a year at most."""
        now = await self.clock()
        end = now + YEAR
        for number in range(acts):
            view = await self.view()
            now = await self.to(min(later(self.rng, view.state, now), end))
            await self.do(now, number)
            self.share = (number + 1) / acts
            if now >= end:
                break

    async def view(self) -> CaseView:
        """The case as it says it stands. Its own `now` is that of its last task."""
        return await self._answered(lambda: case_view(self.desk(), self.case))

    async def clock(self) -> datetime:
        """The legal time of the case."""

        async def ask() -> datetime:
            client = await self.desk().client()
            return await skipper(client).get_current_time(client.get_workflow_handle(self.case))

        return (await self._answered(ask)).astimezone(OFFICE_ZONE) + self.offset

    async def to(self, target: datetime) -> datetime:
        """Time passes to `target`; the time it is then. A run that is over on the way is begun
        again from the record, and moved on to just before its end: it begins in real time."""
        loop = asyncio.get_running_loop()
        within = loop.time() + self.patience
        while True:
            now = await self.clock()
            if now >= target - timedelta(milliseconds=500):
                return now
            if loop.time() > within:
                raise Broken(f"time stands still at {now}, wanted {target}")
            client = await self.desk().client()
            handle = client.get_workflow_handle(self.case)
            try:
                await fast_forward(client, handle, target - now)
            except Unreachable as error:
                if await self._over():
                    target = min(target, await self.clock() - timedelta(minutes=5))
                    await self._answered(lambda: ensure_run(self.desk(), self.case))
                    self._tell(f"the run was over; begun again from the record, on to {target}")
                else:
                    self.tally.unanswered[str(error.code)] += 1
            except RPCError as error:
                self.tally.unanswered[error.status.name] += 1
                await asyncio.sleep(PAUSE)

    async def _over(self) -> bool:
        try:
            client = await self.desk().client()
            found = await client.get_workflow_handle(self.case).describe()
        except (RPCError, Unreachable):
            return False
        return found.status is WorkflowExecutionStatus.COMPLETED

    # -- acts -----------------------------------------------------------------------------------

    async def do(self, now: datetime, number: int) -> None:
        """One act by somebody, at times with a remark of another at the same moment."""
        view = await self.view()
        seen = max(1, view.state.seq - self.rng.choice((1, 3, 8)))
        step = choose(self.rng, view.state, now, seen)
        command = f"{self.seed}.{number}"
        remark = self._remark() if self.rng.random() < AT_ONCE else None
        if remark is None:
            await self._send(step, command, now, view.state.seq)
        else:
            await asyncio.gather(
                self._send(step, command, now, view.state.seq),
                self._send(remark, f"{command}.remark", now, view.state.seq),
            )
        if command in self.taken and self.rng.random() < REPEATED:
            await self._repeat(step, command)

    def _remark(self) -> Step:
        return Step("zhou", f.Noted(text=planted("同时（虚构）")), None, (), None, None)

    def _order(self, step: Step, command: str) -> Order:
        return Order(
            case=self.case,
            user=step.person,
            what=step.what,
            command_id=command,
            effective_on=step.on,
            evidence=step.evidence,
            expected_seq=step.expected_seq,
        )

    async def _send(self, step: Step, command: str, now: datetime, seen: int) -> None:
        """The act is taken, or refused with a code. What the rules refuse is refused."""
        said = f"{now:%Y-%m-%d %H:%M:%S} {step.person} {step.what.model_dump_json()}"
        said += f" on {step.on}" if step.on else ""
        order = self._order(step, command)
        try:
            sent: Sent = await self._answered(lambda: send_act(self.desk(), order))
        except (Refusal, InputError) as no:
            self.refused.append(command)
            self.tally.refused[no.code.value] += 1
            self._tell(f"{said}: {no.code.value}")
            return
        except Unreachable as error:
            self._tell(f"{said}: {error.code.value} {error.params}")
            raise Broken(f"{command}: neither taken nor refused: {error.code}") from error
        self.taken[command] = sent.answer.seq
        self.tally.taken[step.what.kind] += 1
        self._tell(f"{said}: {sent.answer.seq}")
        if isinstance(step.what, f.TrainingAdvanced):
            self.offset = timedelta(seconds=(await self.view()).state.clock_offset)
        if step.refusal is not None and sent.answer.seq == seen + 1:
            raise Broken(f"{command}: the rules say {step.refusal}, taken as {sent.answer.seq}")

    async def _repeat(self, step: Step, command: str) -> None:
        """The same command again changes nothing; other words under its id are refused."""
        again = await self._answered(lambda: send_act(self.desk(), self._order(step, command)))
        self.tally.repeated += 1
        if again.answer.seq != self.taken[command]:
            raise Broken(f"{command}: repeated, answered {again.answer.seq}")
        other = Step(step.person, f.Noted(text=planted("别的内容（虚构）")), None, (), None, None)
        try:
            await self._answered(lambda: send_act(self.desk(), self._order(other, command)))
        except (Refusal, InputError) as no:
            if no.code is not Code.COMMAND_ID_REUSED:
                raise Broken(f"{command}: with other words refused as {no.code}") from no
        else:
            if step.what.kind != "noted":
                raise Broken(f"{command}: taken a second time with other words")

    async def _answered(self, ask: Callable[[], Awaitable[T]]) -> T:
        """The answer, however often it has to be asked for."""
        loop = asyncio.get_running_loop()
        within = loop.time() + self.patience
        while True:
            try:
                return await ask()
            except Unreachable as error:
                if error.code not in AGAIN or loop.time() > within:
                    raise
                self.tally.unanswered[error.code.value] += 1
            except RPCError as error:
                if loop.time() > within:
                    raise
                self.tally.unanswered[error.status.name] += 1
            await asyncio.sleep(PAUSE)

    def _tell(self, line: str) -> None:
        self.script.append(line)

    # -- the end --------------------------------------------------------------------------------

    async def lived(self) -> Lived:
        """The case once the register has all of it: its record, and what its run says."""

        async def written() -> bool:
            view = await self.view()
            count = await self.desk().read(lambda s: queries.event_count(s, self.case))
            return view.unwritten == 0 and count == view.state.seq

        try:
            await until(written, self.patience)
        except TimeoutError as error:
            left = (await self.view()).unwritten
            raise Broken(f"{left} events are never written") from error
        view = await self.view()
        row = await self.desk().read(lambda s: queries.case(s, self.case))
        events = await self.desk().read(lambda s: queries.events(s, self.case))
        start = rebuilt(CaseInput.model_validate(row.start_input), [])
        return Lived(start, events, view.state, await self.clock(), self.taken, self.refused)


def _keep_files(folder: CaseFolder) -> None:
    for content in PAPERS:
        folder.keep_bytes(content)
