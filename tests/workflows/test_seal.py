"""What others write to the engine's cluster: a case takes nothing of it, and the office hears."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from temporalio import workflow
from temporalio.client import Client, WorkflowFailureError, WorkflowUpdateFailedError
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from domain.case import facts as f
from domain.case.act import Act
from domain.errors import Code
from office.acts.order import new_command_id
from register.models import AccessEntry
from register.reads import queries, roster
from starter.engine.certificates import entrance
from starter.engine.running import Engine
from tests.office_fixture import Office
from tests.waiting import until
from workflows.activity_names import RECORD_EVENTS, RecordBatch
from workflows.messages import TASK_QUEUE, ActAnswer, CaseInput, Revision, SentAct
from workflows.seal import Seal, seal_of

pytestmark = pytest.mark.temporal


async def stranger(engine: Engine, office: Office, *interceptors: Any) -> Client:
    """A client of somebody who may use the cluster, and is none of the office; in the worst case
    one who can read what goes through it."""
    return await Client.connect(
        engine.address,
        namespace=engine.namespace,
        tls=entrance(engine.folder.certificates).to_connect_tls_config(),
        data_converter=office.client.data_converter,
        interceptors=interceptors,
    )


def act_of(office: Office, role: str, what: f.OfficeFact) -> SentAct:
    """An act as the office would send it, with the rights that person really has."""
    with office.register.reading() as session:
        actor = roster.actor(session, office.person[role])
    return SentAct(**dict(Act(command_id=new_command_id(), actor=actor, what=what)))


async def refused(office: Office, case: str, sent: Any, client: Client) -> bool:
    """Whether the case refused it for its seal, and stayed as it was."""
    before = (await office.view(case)).state
    with pytest.raises(WorkflowUpdateFailedError) as no:
        await client.get_workflow_handle(case).execute_update(
            "act" if isinstance(sent, Act) else "revise", sent, result_type=ActAnswer
        )
    cause = no.value.cause
    assert isinstance(cause, ApplicationError)
    assert (await office.view(case)).state == before
    return cause.type == Code.MESSAGE_UNSEALED


async def logged(office: Office, command_id: str) -> AccessEntry:
    """The line of the access log about it, once it is there."""
    found: list[AccessEntry] = []

    async def there() -> bool:
        with office.register.reading() as session:
            query = session.query(AccessEntry).filter_by(command_id=command_id)
            found[:] = query.all()
            session.expunge_all()
        return bool(found)

    await until(there)
    assert len(found) == 1
    return found[0]


ASSIGN = f.Assigned(department="ghj", handler="li")


async def test_a_forged_act_is_refused_and_logged(engine: Engine, office: Office) -> None:
    case = (await office.open()).id
    forged = act_of(office, "intake", ASSIGN)
    assert await refused(office, case, forged, await stranger(engine, office))
    line = await logged(office, forged.command_id)
    assert (line.person, line.command, line.case_id) == (office.person["intake"], "assigned", case)
    assert (line.outcome, line.code) == ("refused", Code.MESSAGE_UNSEALED)
    assert (await office.do(case, "intake", ASSIGN)).answer.seq, "the office's own goes through"


async def test_a_seal_of_another_key_another_case_or_other_words_is_none(
    engine: Engine, office: Office
) -> None:
    case, other = (await office.open()).id, (await office.open()).id
    forged = act_of(office, "intake", ASSIGN)
    assert await refused(
        office, case, forged, await stranger(engine, office, Seal(lambda: b"x" * 32))
    )

    class Copied(Seal):
        """A seal of the office, taken from a message it sent and put on another."""

        def put(self, headers: Any, to: str, name: str, args: Any) -> Any:
            return seal_of(office.client).put(headers, *self.copied(to, name, args))

        def copied(self, to: str, name: str, args: Any) -> tuple[str, str, Any]:
            raise NotImplementedError

    class OfAnotherCase(Copied):
        def copied(self, to: str, name: str, args: Any) -> tuple[str, str, Any]:
            return other, name, args

    class OfAnotherPerson(Copied):
        def copied(self, to: str, name: str, args: Any) -> tuple[str, str, Any]:
            somebody = args[0].actor.model_copy(update={"person": "zhao"})
            return to, name, [args[0].model_copy(update={"actor": somebody})]

    for kind in (OfAnotherCase, OfAnotherPerson):
        sent = act_of(office, "intake", ASSIGN)
        assert await refused(office, case, sent, await stranger(engine, office, kind(lambda: b"")))


async def test_a_forged_change_of_the_law_is_refused(engine: Engine, office: Office) -> None:
    case = (await office.open()).id
    revision = Revision(command_id=new_command_id(), rules=1)
    assert await refused(office, case, revision, await stranger(engine, office))
    assert (await logged(office, revision.command_id)).command == "message"


async def test_a_case_that_others_start_ends_before_it_does_anything(
    engine: Engine, office: Office
) -> None:
    known = (await office.open()).id
    with office.register.reading() as session:
        start = CaseInput.model_validate(queries.case(session, known).start_input)
    forged = start.model_copy(update={"id": f"forged-{uuid.uuid4().hex[:8]}"})
    client = await stranger(engine, office)
    handle = await client.start_workflow(
        "CaseWorkflow", forged, id=forged.id, task_queue=TASK_QUEUE
    )
    with pytest.raises(WorkflowFailureError) as failed:
        await handle.result()
    assert isinstance(failed.value.cause, ApplicationError)
    assert failed.value.cause.type == Code.MESSAGE_UNSEALED
    with office.register.reading() as session:
        assert queries.events(session, forged.id) == []


@workflow.defn(name="Stranger", sandboxed=False)
class Stranger:
    """Asks the office's worker to write a line into the record of a case."""

    @workflow.run
    async def run(self, batch: RecordBatch) -> None:
        """Ends with what the worker said."""
        await workflow.execute_activity(
            RECORD_EVENTS,
            batch,
            task_queue=TASK_QUEUE,
            start_to_close_timeout=timedelta(seconds=10),
        )


async def test_nobody_else_has_the_worker_write_the_record(engine: Engine, office: Office) -> None:
    case = (await office.open()).id

    async def written() -> bool:
        return (await office.view(case)).unwritten == 0

    await until(written)
    seen = await office.view(case)
    with office.register.reading() as session:
        first = queries.events(session, case)[0]
    line = first.model_copy(update={"seq": seen.state.seq + 1, "command_id": new_command_id()})
    batch = RecordBatch(case_id=case, events=(line,), summary=seen.summary)
    client, queue = await stranger(engine, office), f"stranger-{uuid.uuid4()}"
    async with Worker(
        client,
        task_queue=queue,
        workflows=[Stranger],
        workflow_runner=UnsandboxedWorkflowRunner(),
    ):
        with pytest.raises(WorkflowFailureError) as failed:
            await client.execute_workflow(Stranger.run, batch, id=queue, task_queue=queue)
    cause = failed.value.cause
    assert isinstance(cause, ActivityError)
    assert isinstance(cause.cause, ApplicationError)
    assert cause.cause.type == Code.MESSAGE_UNSEALED
    with office.register.reading() as session:
        assert len(queries.events(session, case)) == seen.state.seq
