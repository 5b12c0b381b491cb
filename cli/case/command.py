"""`yishen case ID`: one case as its workflow knows it, or as the register has it."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.acts.confirmation import summary_fields
from cli.case.proof import readings_of
from cli.case.retention import print_retention
from cli.case.trouble import as_json as troubles_as_json
from cli.case.trouble import print_troubles
from cli.case.view import print_case
from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.session import open_desk
from cli.remedies.for_machines import as_json
from domain.periods.ledger import spans_to_json
from speech.names import names
from speech.refusals import message

if TYPE_CHECKING:
    from office.cases.record import Record


def commands() -> Iterator[Command]:
    """The one case."""
    yield Command("case", "look", case, reads=True)


def case(
    case: params.CaseId,
    why: Annotated[bool, typer.Option("--why")] = False,
    as_user: params.AsUser = None,
) -> None:
    asyncio.run(_case(case, why, str(as_user)))


async def _case(case_id: str, why: bool, user: str) -> None:
    from office.cases.record import look

    async with open_desk() as desk:
        record = await look(desk, case_id, user)
        known = await desk.read(names)
    if show.wants_json():
        show.emit(_json(record))
    else:
        print_case(record, known, why=why)
        print_troubles(record.troubles)
        print_retention(record, known)


def _json(record: "Record") -> dict[str, Any]:
    line, view = record.row.line, record.view
    body: dict[str, Any] = {
        "case": line.id,
        "number": line.number,
        "organ": line.organ,
        "subject": line.subject,
        "statute": line.statute,
        "training": line.training,
        "started": record.row.started_at is not None,
        "source": "register" if view is None else "case",
        "troubles": troubles_as_json(record.troubles),
        "hold": asdict(record.hold) if record.hold else None,
        "forgotten": asdict(record.forgotten) if record.forgotten else None,
    }
    events = [event.model_dump(mode="json") for event in record.events]
    if record.begun:
        body["remedies"] = as_json(record.state, record.today)
    if view is None:
        body |= {k: v for k, v in asdict(line).items() if k != "id"}
        body["deadlines"] = [asdict(limit) for limit in record.limits if limit.runs]
        note = message(record.unanswered) if record.unanswered else ""
        return body | _counted(record) | {"note": note, "timeline": events}
    state = view.state.model_dump(mode="json")
    body |= {"seq": view.state.seq, **summary_fields(view.summary)}
    body |= {
        "now": view.now,
        "unwritten": view.unwritten,
        "behind": record.behind,
    }
    for part in ("items", "consultations", "signatures", "reply", "extension", "fee", "timeline"):
        body[part] = state[part]
    body["deadlines"] = [asdict(d) | {"ledger": spans_to_json(d.ledger)} for d in view.deadlines]
    return body | _counted(record)


def _counted(record: "Record") -> dict[str, Any]:
    """Days taken, left and late; days that limits once had, with the event that moved or ended
    each."""
    kinds = {event.seq: event.what.kind for event in record.events}
    return {
        "days": asdict(record.days) if record.days else None,
        "readings": readings_of(record) if record.begun else [],
        "superseded": [
            asdict(limit) | {"superseded_by": kinds.get(limit.superseded_by_seq or 0)}
            for limit in record.superseded
        ],
    }
