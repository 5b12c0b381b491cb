"""Acts that a case has answered and that are not on record.

Whoever sent one was told that the register follows. If the engine is lost before it does, nobody
else knows of it; so a command that has waited in vain for the row leaves a line in the data folder.
"""

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session
from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowExecution

from domain.case.act import Act
from register.reads import queries
from workflows.converter import data_converter
from workflows.messages import CaseInput, SentAct

FormT = TypeVar("FormT", CaseInput, SentAct)

FILE = "unwritten.jsonl"


@dataclass(frozen=True, slots=True)
class Answered:
    """One act: no words of it, only who did what to which case, and under which id. `at`: when it
    was answered, in UTC."""

    case: str
    command_id: str
    kind: str
    person: str
    at: str

    @classmethod
    def of(cls, act: Act, case: str) -> "Answered":
        """An act of this moment."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return cls(case, act.command_id, act.what.kind, act.actor.person, now)


def keep_in_mind(data: Path, act: Answered) -> None:
    """A line for it, one that a power cut leaves there. A folder that takes none is no reason to
    say no to an act that was accepted."""
    line = json.dumps(asdict(act), ensure_ascii=False) + "\n"
    with suppress(OSError):
        fd = os.open(data / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(fd, line.encode())
            os.fsync(fd)
        finally:
            os.close(fd)


def in_mind(data: Path) -> list[Answered]:
    """All that has a line; half a line, of a full disk, is left out."""
    found = []
    with suppress(FileNotFoundError):
        for line in (data / FILE).read_text("utf-8", "replace").splitlines():
            with suppress(ValueError, TypeError):
                found.append(Answered(**json.loads(line)))
    return found


def not_on_record(session: Session, acts: Iterable[Answered]) -> list[Answered]:
    """Those whose command left no event of their case; each once, in the order of the answers."""
    once = {(act.case, act.command_id): act for act in acts}
    left = [a for a in once.values() if not queries.has_command(session, a.case, a.command_id)]
    return sorted(left, key=lambda act: (act.at, act.case))


async def answered_by(client: Client, run: WorkflowExecution) -> Sequence[Answered]:
    """The acts that this run has answered, and those it took over unwritten, from its history."""
    acts: dict[str, Answered] = {}
    done: list[Answered] = []
    handle = client.get_workflow_handle(run.id, run_id=run.run_id)
    async for event in handle.fetch_history_events():
        at = event.event_time.ToJsonString()
        if event.HasField("workflow_execution_started_event_attributes"):
            begun = event.workflow_execution_started_event_attributes.input.payloads
            done += _taken_over(_read(begun, CaseInput), at)
        if event.HasField("workflow_execution_update_accepted_event_attributes"):
            request = event.workflow_execution_update_accepted_event_attributes.accepted_request
            act = _read(request.input.args.payloads, SentAct)
            if act is not None:
                acts[request.meta.update_id] = Answered(
                    run.id, act.command_id, act.what.kind, act.actor.person, at
                )
        if event.HasField("workflow_execution_update_completed_event_attributes"):
            end = event.workflow_execution_update_completed_event_attributes
            if end.outcome.HasField("success") and end.meta.update_id in acts:
                done.append(acts[end.meta.update_id])
    return done


def _taken_over(start: CaseInput | None, at: str) -> Iterable[Answered]:
    if start is None or start.carried is None:
        return
    for event in start.carried.unwritten:
        if event.command_id is not None:
            yield Answered(start.id, event.command_id, event.what.kind, event.person, at)


def _read(payloads: Iterable[Payload], form: type[FormT]) -> FormT | None:
    """None for a message of another kind, or one that this program can't read."""
    try:
        found: FormT = data_converter.payload_converter.from_payloads(list(payloads), [form])[0]
    except (ValueError, RuntimeError):
        return None
    return found
