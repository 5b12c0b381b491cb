"""What the engine's database, or whoever reads the engine's cluster, gets to see of a case."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload, WorkflowExecution
from temporalio.api.failure.v1 import Failure
from temporalio.api.query.v1 import WorkflowQuery
from temporalio.api.workflowservice.v1 import QueryWorkflowRequest
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from domain.case import facts as f
from domain.case.act import Evidence
from domain.errors import Code, Refusal
from domain.words import ACROSS
from office.cases.record import look
from office.running.key_store import key_store
from register.writes.record import record
from starter.engine.certificates import entrance
from starter.engine.running import Engine
from tests.office_fixture import Office
from tests.waiting import until
from workflows.codec import ENCODING, KEY
from workflows.converter import data_converter
from workflows.messages import ActAnswer
from workflows.seal import seal_of

pytestmark = pytest.mark.temporal

PAGE = Path(__file__).parent.parent.parent / "docs" / "secrecy.md"

PLANTED = "山茶花开"
"""Words that stand nowhere but in these tests."""

DAY = date(2019, 3, 7)
"""A day that no limit has to do with."""

SAID = ("item_added", "noted", "规划", PLANTED, "Planted", DAY.isoformat())

ITEM = f.ItemAdded(ref="a", title=f"规划图 {PLANTED}", sha256="ab" * 32)


def parts(message: Message) -> Iterator[tuple[str, object]]:
    """What stands directly in a message, by its name; of a map each value."""
    for field, value in message.ListFields():
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            yield from ((field.name, value[key]) for key in value)
        elif isinstance(value, str | bytes | int | float | Message):
            yield field.name, value
        else:
            yield from ((field.name, item) for item in value)


def within(message: Message) -> Iterator[Message]:
    """The message and every one in it."""
    yield message
    for _, part in parts(message):
        if isinstance(part, Message):
            yield from within(part)


def plain(message: Message, path: str = "") -> Iterator[str]:
    """The names that lead to each value outside of sealed payloads."""
    if isinstance(message, Payload) and message.metadata.get("encoding") == ENCODING:
        return
    for name, part in parts(message):
        here = f"{path}.{name}"
        if isinstance(part, Message):
            yield from plain(part, here)
        else:
            yield here


def listed(head: str) -> list[list[str]]:
    """The rows of names in the table of that head, on the page about what stays plain."""
    table = PAGE.read_text("utf-8").split(f"| {head} |")[1].split("\n\n")[0]
    return [line.split("|")[1].split("`")[1::2] for line in table.splitlines()[2:]]


def has(path: str, names: list[str]) -> bool:
    """Whether one of the names leads there."""
    return any(f".{name}." in f"{path}." for name in names)


async def lived(office: Office) -> str:
    """A case with planted words and a planted day."""
    case = (await office.open()).id
    await office.do(case, "intake", f.Assigned(department="ghj", handler=office.person["handler"]))
    await office.do(case, "handler", ITEM, evidence=(Evidence(text=f"Planted {PLANTED}"),))
    await office.do(case, "supervisor", f.Noted(text=f"Planted {PLANTED} {DAY}"))
    return case


async def test_a_history_says_nothing_but_what_is_listed(office: Office) -> None:
    case = await lived(office)
    history = await office.handle(case).fetch_history()
    raw = b"".join(event.SerializeToString() for event in history.events)
    assert [word for word in SAID if word.encode() in raw] == []
    found = {path for event in history.events for path in plain(event)}
    rows = listed("in the history")
    assert [path for path in found if not any(has(path, row) for row in rows)] == []
    assert [row for row in rows if not any(has(path, row) for path in found)] == []


async def test_each_run_has_the_key_it_belongs_to(office: Office) -> None:
    case = await lived(office)
    other = await office.client.start_workflow(
        "Unserved", PLANTED, id=f"revision-of-{case}", task_queue="nobody"
    )
    for run, name in ((case, case), (other.id, ACROSS)):
        events = (await office.handle(run).fetch_history()).events
        payloads = [p for e in events for p in within(e) if isinstance(p, Payload)]
        keys = {p.metadata[KEY].decode() for p in payloads if KEY in p.metadata}
        assert keys == {name}
    await other.terminate()


async def reader(engine: Engine, office: Office) -> Client:
    """Somebody on the cluster who has every right there, and no key of a case."""
    return await Client.connect(
        engine.address,
        namespace=engine.namespace,
        tls=entrance(engine.folder.certificates).to_connect_tls_config(),
        data_converter=data_converter,
        interceptors=[seal_of(office.client)],
    )


async def test_an_answer_says_nothing_to_whoever_has_no_key(engine: Engine, office: Office) -> None:
    case, client = await lived(office), await reader(engine, office)
    answer = await client.workflow_service.query_workflow(
        QueryWorkflowRequest(
            namespace=client.namespace,
            execution=WorkflowExecution(workflow_id=case),
            query=WorkflowQuery(query_type="view"),
        )
    )
    assert list(plain(answer)) == []
    assert answer.query_result.payloads[0].metadata[KEY].decode() == case


async def test_a_refusal_shows_its_code_and_no_more(engine: Engine, office: Office) -> None:
    case, client = await lived(office), await reader(engine, office)
    with pytest.raises(Refusal) as typed:
        await office.do(case, "handler", ITEM)
    assert (typed.value.code, typed.value.params) == (Code.REF_TAKEN, {"ref": "a"})
    act = {"command_id": PLANTED, "what": PLANTED}
    with pytest.raises(WorkflowUpdateFailedError) as no:
        await client.get_workflow_handle(case).execute_update("act", act, result_type=ActAnswer)
    cause = no.value.cause
    assert isinstance(cause, ApplicationError)
    assert PLANTED not in f"{cause} {cause.message} {cause.failure}"


async def test_what_fails_in_an_activity_is_sealed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await lived(office)

    def broken(session: object, of: str, *more: object) -> None:
        if of == case:
            raise RuntimeError(f"Planted {PLANTED}")
        record(session, of, *more)  # type: ignore[arg-type]

    monkeypatch.setattr("activities.register.record", broken)
    await office.do(case, "supervisor", f.Noted(text="x"))
    seen: list[Failure] = []

    async def failed() -> bool:
        found = (await office.handle(case).describe()).raw_description
        seen[:] = [part for part in within(found) if isinstance(part, Failure)]
        return bool(seen)

    await until(failed)
    assert {(failure.message, failure.stack_trace) for failure in seen} == {("Encoded failure", "")}
    assert not any(PLANTED.encode() in failure.SerializeToString() for failure in seen)
    names = [name for row in listed("in a failure") for name in row]
    assert [path for failure in seen for path in plain(failure) if not has(path, names)] == []
    monkeypatch.undo()

    async def written() -> bool:
        return (await office.view(case)).unwritten == 0

    await until(written)


async def test_a_destroyed_key_leaves_a_typed_no(office: Office) -> None:
    case = await lived(office)
    history = await office.handle(case).fetch_history()
    key_store(office.settings).destroy([case])
    payloads = [p for e in history.events for p in within(e) if isinstance(p, Payload)]
    for asking in (
        office.view(case),
        office.do(case, "supervisor", f.Noted(text="x")),
        office.client.data_converter.decode([p for p in payloads if KEY in p.metadata]),
    ):
        with pytest.raises(Refusal) as no:
            await asking
        assert (no.value.code, no.value.params["case"]) == (Code.WORDS_DESTROYED, case)
    record = await look(office.desk, case, "wang")
    assert (record.view, record.unanswered, len(record.events)) == (None, None, 4)
    await office.handle(case).terminate()
