"""Part 2: one request lived through in the autumn of 2024, day by day, in virtual time. Part 4
plays another script the same way.

A training case: its legal time is the engine's time and an offset, so it counts in no figure.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from temporalio.client import Client, WorkflowHandle

from domain.case.act import Event
from domain.case.facts import NewApplicant, OfficeFact
from domain.clock import Channel, Receipt
from domain.values import OFFICE_ZONE, Value
from office.acts.order import Order, Sent, row_written, send_act
from office.cases.application import Application
from office.cases.intake import register
from office.cases.moving_in import with_files
from office.desk import Desk
from office.files import Incoming
from office.running.asking import case_view
from register.reads import queries
from register.reads.lists import CaseLine
from register.reads.words import opened
from starter.demo.data import read
from starter.demo.stage import DemoStage
from starter.engine.virtual_time import fast_forward, skipper
from workflows.messages import CaseView

PAST_THE_MINUTE = timedelta(seconds=5)
"""The jump is measured from outside the engine; so each act falls into its own minute."""

_FACT: TypeAdapter[OfficeFact] = TypeAdapter(OfficeFact)


class ScriptedAct(Value):
    """One act of the script: the office's local time, who, what."""

    at: datetime
    by: str
    what: dict[str, Any]


class Script(Value):
    """The whole story; `documents`: files of its record items."""

    command_id: str
    user: str
    organ: str
    channel: Channel
    received: date
    begins: datetime
    applicant: NewApplicant
    subject: str
    form_wished: str
    documents: dict[str, str]
    steps: tuple[ScriptedAct, ...]


@cache
def script(name: str = "demo-story.json") -> Script:
    """The story as written down."""
    return Script.model_validate_json(read(name))


@dataclass(slots=True)
class VirtualClock:
    """Legal time of the story's case: real time, its offset, and what was jumped so far."""

    begins: datetime
    jumped: timedelta = timedelta()
    started: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def offset(self) -> int:
        """Whole seconds from real time to the case's, as it begins."""
        return round((self.begins - self.started).total_seconds())

    def now(self) -> datetime:
        """The case's legal instant."""
        return datetime.now(UTC) + timedelta(seconds=self.offset) + self.jumped

    async def jump(self, client: Client, handle: WorkflowHandle[Any, Any], to: datetime) -> None:
        """Let the case live until `to`. Raises Unreachable(time_skip_failed)."""
        way = to + PAST_THE_MINUTE - self.now()
        if way > timedelta():
            await fast_forward(client, handle, way)
            self.jumped += way


@dataclass(frozen=True, slots=True)
class Lived:
    """What is left of it: the record, every limit, every notice, and the count before the last
    dispatch."""

    id: str
    number: str
    subject: str
    line: CaseLine
    before_dispatch: CaseView
    events: list[Event]
    deadlines: list[queries.DeadlineLine]
    notices: list[queries.NoticeLine]


async def live(stage: DemoStage, story: Script, on_step: Callable[[int], None]) -> Lived:
    """Play the story to its end. Raises what the acts raise: the script is lawful."""
    clock = VirtualClock(story.begins)
    desk = Desk(stage.settings, stage.desk.register, skipper(stage.client).client)
    for name, text in story.documents.items():
        (stage.documents / name).write_text(text, encoding="utf-8")
    case = await register(
        desk,
        Application(
            user=story.user,
            command_id=story.command_id,
            receipt=Receipt(channel=story.channel, arrived=story.received),
            applicant=story.applicant,
            subject=story.subject,
            form_wished=story.form_wished,
            organ=story.organ,
            clock_offset=clock.offset,
        ),
    )
    handle = stage.client.get_workflow_handle(case.id)
    counted: CaseView | None = None
    sent: Sent | None = None
    for n, step in enumerate(story.steps, 1):
        await clock.jump(stage.client, handle, step.at.replace(tzinfo=OFFICE_ZONE))
        if step.what["kind"] == "dispatched":
            counted = await case_view(desk.renewed(), case.id)
        incoming = Incoming()
        what = _FACT.validate_python(with_files(step.what, stage.documents, incoming))
        order = Order(case.id, step.by, what, f"{story.command_id}.{n}")
        sent = await send_act(desk.renewed(), order, incoming)
        on_step(n)
    assert sent is not None
    assert counted is not None
    await row_written(stage.desk, case.id, sent.answer.seq)
    return await stage.desk.read(
        lambda s: Lived(
            case.id,
            case.number,
            story.subject,
            opened(s, queries.case(s, case.id).line),
            counted,
            opened(s, queries.events(s, case.id)),
            queries.deadlines(s, case.id),
            queries.notices(s, case_id=case.id),
        )
    )
