"""One training case lived through on the real engine, its days fixed in the past."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from unittest.mock import patch

from temporalio.client import WorkflowHistory

from domain.case import facts as f
from domain.case.act import Act
from domain.case.facts import NewApplicant
from domain.clock import Receipt
from domain.statute import Channel
from domain.values import OFFICE_ZONE
from office.acts.order import new_command_id
from office.cases import intake, opening
from office.cases.application import Application
from register.reads import queries
from starter.engine.virtual_time import fast_forward
from tests.office_fixture import Office
from tests.replay.plain import history_of
from tests.waiting import until
from workflows.messages import ActAnswer, CaseInput, Revision

PLAN = "规划图（虚构）".encode()
ITEM = f.ItemAdded(ref="a", title="规划图（虚构）", sha256=sha256(PLAN).hexdigest())
RELEASE = f.ItemReviewed(ref="a", decision=f.Decision.RELEASE)
GRANTED = f.ReplyDrafted(reply_kind="granted", reasons="经审查，予以公开。")
POST = f.Dispatched(channel=f.DispatchChannel.POST)
ASSIGNED = f.Assigned(department="ghj", handler="li")


class ShortRuns(CaseInput):
    """A case whose runs are short, so that it goes on in new ones soon."""

    history_limit: int = 150


@contextmanager
def under(rules: int, *, short: bool = False) -> Iterator[None]:
    """Cases registered inside get that number of the rules, and short runs where asked for."""
    kind = ShortRuns if short else CaseInput
    with patch.object(opening, "CURRENT_RULES", rules), patch.object(intake, "CaseInput", kind):
        yield


@dataclass
class Life:
    """A case and the acts that drive it."""

    office: Office
    case: str

    @classmethod
    async def begin(
        cls,
        office: Office,
        on: date,
        *,
        channel: Channel = Channel.MAIL_SIGNED,
        arrived: date | None = None,
        history: Sequence[Act] = (),
    ) -> "Life":
        """Registered at nine in the morning of `on`."""
        offset = datetime.combine(on, time(9), OFFICE_ZONE) - datetime.now(OFFICE_ZONE)
        done = await intake.register(
            office.desk,
            Application(
                user=office.person["intake"],
                command_id=new_command_id(),
                receipt=Receipt(channel=channel, arrived=arrived or on),
                applicant=NewApplicant(kind="natural", name="张某（虚构）", contact="无"),
                subject="某道路规划文件（虚构）",
                organ="qinghe",
                clock_offset=int(offset.total_seconds()),
                second=office.person["disclosure_head"] if history else None,
                history=tuple(history),
            ),
        )
        office.desk.folder(done.id).keep_bytes(PLAN)
        return cls(office, done.id)

    async def do(self, role: str, what: f.OfficeFact, on: date | None = None) -> "Life":
        """One act by the person of that role."""
        await self.office.do(self.case, role, what, on=on)
        return self

    async def agreed(self, role: str, what: f.OfficeFact, on: date | None = None) -> "Life":
        """One act by the person of that role, approved by whoever is asked."""
        await self.office.agreed(self.case, role, what, on=on)
        return self

    async def until(self, day: date, hour: int = 12) -> "Life":
        """Virtual time passes to that hour of `day`, alarms and lapses on the way."""
        now = (await self.office.view(self.case)).now
        target = datetime.combine(day, time(hour), OFFICE_ZONE)
        await fast_forward(self.office.client, self.office.handle(self.case), target - now)
        return self

    async def revise(self, revision: Revision) -> ActAnswer:
        """Another calendar or newer rules."""
        handle = self.office.handle(self.case)
        answer: ActAnswer = await handle.execute_update(
            "revise", revision, id=revision.command_id, result_type=ActAnswer
        )
        return answer

    async def ready(self) -> "Life":
        """From assigned to approved: one item, reviewed, signed, granted."""
        for role, what in (
            ("handler", ITEM),
            ("reviewer", RELEASE),
            ("leader_in_charge", f.Signed()),
            ("principal_leader", f.Signed()),
            ("handler", GRANTED),
            ("disclosure_head", f.ReplyApproved()),
        ):
            await self.do(role, what)
        return self

    async def out(self) -> "Life":
        """Dispatched and delivered."""
        await self.do("handler", POST)
        return await self.do("intake", f.Delivered())

    async def quiet(self) -> None:
        """Nothing of the case is under way: rows written, notices out, no task waiting."""
        await until(self._is_quiet)

    async def _is_quiet(self) -> bool:
        seen = await self.office.view(self.case)
        with self.office.register.reading() as session:
            rows = queries.event_count(session, self.case)
        found = (await self.office.handle(self.case).describe()).raw_description
        busy = found.pending_activities or found.HasField("pending_workflow_task")
        return seen.unwritten == 0 and rows == seen.state.seq and not busy

    async def histories(self) -> list[WorkflowHistory]:
        """The history of each run, oldest first."""
        await self.quiet()
        runs = []
        run: str | None = None
        while run != "":
            handle = self.office.client.get_workflow_handle(self.case, run_id=run)
            history = await history_of(handle, self.office.client.data_converter)
            runs.append(history)
            first = history.events[0].workflow_execution_started_event_attributes
            run = first.continued_execution_run_id
        return runs[::-1]
