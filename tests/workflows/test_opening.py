"""Openings on the real engine: late, long, and from a counter whose clock is wrong."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from time import thread_time
from typing import Any
from unittest.mock import AsyncMock

import pytest
from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.worker import Replayer, WorkflowInstance, WorkflowInstanceDetails, WorkflowRunner

from domain.case import facts as f
from domain.case.act import Act
from domain.case.facts import NewApplicant
from domain.case.opening import blank, open_case
from domain.case.summary import Status
from domain.case.tasks import summarise
from domain.clock import Receipt
from domain.errors import Code, Refusal
from domain.statute import Channel
from domain.values import OFFICE_ZONE
from office import legal_time
from office.acts.order import new_command_id
from office.cases import intake
from office.cases.application import Application
from office.running import runs
from office.running.runs import ensure_run
from register.models import CaseStart
from register.reads import lists, queries, roster
from register.reads.filter import Filter
from register.verify import verify
from register.writes.record import record
from starter.engine.virtual_time import fast_forward, skipper
from tests.office_fixture import Office
from tests.replay.plain import history_of
from tests.waiting import until
from worker import sandbox
from workflows.case import CaseWorkflow
from workflows.converter import data_converter
from workflows.messages import CaseInput

ASSIGNED = f.Assigned(department="ghj", handler="li")
ONE_ACTIVATION = 1.0
"""Seconds of processor time; the engine takes a workflow for hung after two."""


class Ahead(datetime):
    """The clock of a counter that is a day ahead."""

    @classmethod
    def now(cls, tz: Any = None) -> "Ahead":
        return super().now(tz) + timedelta(days=1)


async def test_a_counter_a_day_ahead_registers_a_case_that_begins_when_its_day_comes(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    jumping = replace(office, client=skipper(office.client).client)
    tomorrow = datetime.now(OFFICE_ZONE).date() + timedelta(days=1)
    monkeypatch.setattr(legal_time, "datetime", Ahead)
    case = (await jumping.open(arrived=tomorrow)).id
    monkeypatch.undo()
    with pytest.raises(Refusal) as no:
        await office.do(case, "intake", ASSIGNED)
    assert no.value.code is Code.IN_THE_FUTURE
    before = await office.view(case)
    assert before.state.seq == 0
    assert before.summary.next_alarm == datetime.combine(
        tomorrow, datetime.min.time(), tzinfo=OFFICE_ZONE
    )
    await fast_forward(office.client, office.handle(case), timedelta(days=1))
    sent = await office.do(case, "intake", ASSIGNED)
    assert sent.answer.seq == 2
    assert verify(office.register, [case]).differences == ()


@pytest.mark.parametrize("years", [0.1, 1, 7, 10, 15])
async def test_a_request_received_years_ago_lives(office: Office, years: float) -> None:
    arrived = datetime.now(OFFICE_ZONE).date() - timedelta(days=int(years * 365))
    done = await office.open(arrived=arrived)
    assert done.written
    view = await office.view(done.id)
    assert view.summary.due is not None
    assert view.summary.due < datetime.now(OFFICE_ZONE).date()
    with office.register.reading() as session:
        late = lists.case_lines(session, Filter(overdue_at=datetime.now(OFFICE_ZONE)))
    assert done.id in {line.id for line in late}
    await office.do(done.id, "intake", ASSIGNED)
    voided = await office.agreed(done.id, "intake", f.Voided(reason="日期登记有误"))
    assert voided.answer.summary.status is Status.VOID
    assert await longest(office, done.id) < ONE_ACTIVATION


@pytest.mark.parametrize(("days", "acts"), [(1, 300), (400, 2000), (15 * 365, 600)])
async def test_a_long_past_moves_in_and_takes_acts_at_once(
    office: Office, days: int, acts: int
) -> None:
    today = datetime.now(OFFICE_ZONE).date()
    arrived = today - timedelta(days=days)
    opened = await moved_in(office, arrived, past(office, arrived, today, acts))
    assert opened.events >= acts + 1
    # the opening may still be under way: the act waits for its end
    sent = await office.do(opened.id, "supervisor", f.Noted(text="催问（虚构）"))
    assert sent.answer.seq > opened.events

    async def written() -> bool:
        return (await office.view(opened.id)).unwritten == 0

    await until(written)
    assert kept_past(office, opened.id) == 0
    assert verify(office.register, [opened.id]).differences == ()
    assert await longest(office, opened.id) < ONE_ACTIVATION


async def test_a_past_half_on_record_when_its_run_is_lost_moves_in_to_its_end(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = datetime.now(OFFICE_ZONE).date()
    arrived = today - timedelta(days=400)
    lost = AsyncMock(return_value=True)
    with monkeypatch.context() as away:
        away.setattr(runs, "start_run", lost)
        case = (await moved_in(office, arrived, past(office, arrived, today, 150))).id
    start: CaseInput = lost.call_args.args[1]
    state = blank(start.id, start.organ, start.law)
    told = (start.actor, start.command_id, start.registered_at, start.history, start.move_in)
    opened = open_case(state, start.receipt, *told, start.registered)
    with office.register.writing() as session:
        record(session, case, opened.events[:100], summarise(state, None))
    assert kept_past(office, case) == 150
    await ensure_run(office.desk, case)

    async def written() -> bool:
        with office.register.reading() as session:
            return queries.event_count(session, case) == len(opened.events)

    await until(written)
    assert kept_past(office, case) == 0
    assert verify(office.register, [case]).differences == ()
    with office.register.reading() as session:
        assert queries.events(session, case) == list(opened.events)


def kept_past(office: Office, case: str) -> int:
    """How many acts of its past the start of the case still holds."""
    with office.register.reading() as session:
        return len(session.get_one(CaseStart, case).input.get("history", ()))


def past(office: Office, arrived: date, today: date, acts: int) -> tuple[Act, ...]:
    """An assignment and many remarks, spread over the time since."""
    with office.register.reading() as session:
        clerk = roster.actor(session, office.person["intake"])
        handler = roster.actor(session, office.person["handler"])
    found = [Act(command_id="h0", actor=clerk, what=ASSIGNED, effective_on=arrived)]
    for number in range(1, acts):
        on = arrived + timedelta(days=(today - arrived).days * number // acts)
        what = f.Noted(text=f"第{number}次电话")
        found.append(Act(command_id=f"h{number}", actor=handler, what=what, effective_on=on))
    return tuple(found)


async def moved_in(office: Office, arrived: date, history: tuple[Act, ...]) -> intake.NewCase:
    settings = office.settings.model_copy(update={"timeout": 60.0, "row_wait": 0.0})
    return await intake.register(
        replace(office, settings=settings).desk,
        Application(
            user=office.person["intake"],
            command_id=new_command_id(),
            receipt=Receipt(channel=Channel.MAIL_SIGNED, arrived=arrived),
            applicant=NewApplicant(kind="natural", name="张某（虚构）", contact="无"),
            subject="某道路规划文件（虚构）",
            organ="qinghe",
            second=office.person["disclosure_head"],
            history=history,
        ),
    )


# -- how long an activation takes ---------------------------------------------------------------


class _Stopwatch(WorkflowRunner):
    """Runs workflows as the worker does and notes the seconds of each activation."""

    def __init__(self) -> None:
        self._inner = sandbox()
        self.seconds: list[float] = []

    def prepare_workflow(self, defn: Any) -> None:
        self._inner.prepare_workflow(defn)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        instance = self._inner.create_instance(det)
        activate = instance.activate

        def timed(act: WorkflowActivation) -> WorkflowActivationCompletion:
            begun = thread_time()
            done = activate(act)
            self.seconds.append(thread_time() - begun)
            return done

        instance.activate = timed  # type: ignore[method-assign]
        return instance


async def longest(office: Office, case: str) -> float:
    """The longest activation in a replay of the present run."""
    watch = _Stopwatch()
    replayer = Replayer(
        workflows=[CaseWorkflow], workflow_runner=watch, data_converter=data_converter
    )
    history = await history_of(office.handle(case), office.client.data_converter)
    await replayer.replay_workflow(history)
    assert watch.seconds
    return max(watch.seconds)
