"""What a history holds, read without running it: acts taken, batches written."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from temporalio.api.common.v1 import Payloads
from temporalio.client import WorkflowHistory

from domain.case import facts as f
from domain.case.act import Act, Event
from domain.case.summary import Summary
from workflows.activity_names import RECORD_EVENTS, RecordBatch
from workflows.converter import data_converter
from workflows.messages import CaseInput, Revision, SentAct

HISTORIES = Path(__file__).parent / "histories"


def names() -> list[str]:
    """The golden cases; a case with several runs has one file for each."""
    return sorted({path.name.split(".")[0] for path in HISTORIES.glob("*.history.json")})


def runs(name: str) -> list[WorkflowHistory]:
    """The histories of a case, one for each run."""
    files = sorted(HISTORIES.glob(f"{name}.*.history.json"))
    return [WorkflowHistory.from_json(name, path.read_text(encoding="utf-8")) for path in files]


def expected(name: str) -> dict[str, Any]:
    """What a person checked it for."""
    text = (HISTORIES / f"{name}.expected.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def started(history: WorkflowHistory) -> CaseInput:
    """The input of a run."""
    found: CaseInput = _one(
        history.events[0].workflow_execution_started_event_attributes.input, CaseInput
    )
    return found


def orders(history: WorkflowHistory) -> list[Act | Revision]:
    """The acts and revisions a run took, in order."""
    found: list[Act | Revision] = []
    for event in history.events:
        if event.HasField("workflow_execution_update_accepted_event_attributes"):
            taken = event.workflow_execution_update_accepted_event_attributes.accepted_request.input
            found.append(_one(taken.args, SentAct if taken.name == "act" else Revision))
    return found


def written(history: WorkflowHistory) -> list[RecordBatch]:
    """The arguments of the activities that write to the register."""
    found = []
    for event in history.events:
        if event.HasField("activity_task_scheduled_event_attributes"):
            scheduled = event.activity_task_scheduled_event_attributes
            if scheduled.activity_type.name == RECORD_EVENTS:
                found.append(_one(scheduled.input, RecordBatch))
    return found


def _one(payloads: Payloads, kind: type[Any]) -> Any:
    return data_converter.payload_converter.from_payloads(payloads.payloads, [kind])[0]


def told(batches: Iterable[RecordBatch], rules: int) -> dict[str, Any]:
    """A case as a person would check it: no instant of recording, no ids of commands."""
    lines = list(batches)
    events = [event for batch in lines for event in batch.events]
    return {
        "rules": rules,
        "outcome": _outcome(lines[-1].summary),
        "events": [
            f"{e.seq} {e.effective_on} {e.what.kind} {e.person}" + _warned(e) for e in events
        ],
        "deadlines": [_deadline(e, change) for e in events for change in e.deadlines],
        "alarms": [_alarm(e.what) for e in events if isinstance(e.what, f.AlarmRaised)],
    }


def _outcome(summary: Summary) -> dict[str, Any]:
    return {
        "status": summary.status.value,
        "mover": summary.mover.value,
        "reply_kind": summary.reply_kind,
        "due": str(summary.due),
        "in_time": summary.dispatch.in_time if summary.dispatch else None,
        "ended": summary.ending.how.value if summary.ending else None,
        "next_alarm": str(summary.next_alarm),
        "tasks": [f"{t.kind} {t.role.value} {t.person or '-'}" for t in summary.tasks],
    }


def _warned(event: Event) -> str:
    return f" ({', '.join(event.warnings)})" if event.warnings else ""


def _deadline(event: Event, change: Any) -> str:
    name = f"{change.name}/{change.ref}" if change.ref else change.name
    mark = " provisional" if change.provisional else ""
    return f"{event.seq} {name}: {change.was} -> {change.due}{mark} ({change.why})"


def _alarm(alarm: f.AlarmRaised) -> str:
    name = f"{alarm.limit}/{alarm.ref}" if alarm.ref else alarm.limit
    to = f"{alarm.to} {alarm.person or '-'}"
    passed = f" ({alarm.passed} passed since {alarm.since:%F})" if alarm.passed else ""
    return f"{alarm.instant.isoformat()} {name} {alarm.step} -> {to}: {alarm.delivery}{passed}"
