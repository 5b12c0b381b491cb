"""`yishen case ID`: one case as its workflow knows it, or as the register has it."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.acts.confirmation import summary_fields
from cli.case.proof import days_of
from cli.case.trouble import as_json as troubles_as_json
from cli.case.trouble import print_troubles, troubles
from cli.case.view import Record, legal_day, print_case, running
from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.fail import message
from cli.frame.names import names
from cli.frame.session import open_desk
from cli.remedies.for_machines import as_json
from domain.errors import Unreachable

if TYPE_CHECKING:
    from office.desk import Desk, Reading
    from workflows.messages import CaseView


PATIENCE = timedelta(seconds=4)
"""How long the case itself is waited for, before the register is shown."""


def commands() -> Iterator[Command]:
    """The one case."""
    yield Command("case", "look", case)


def case(
    case: params.CaseId,
    why: Annotated[bool, typer.Option("--why")] = False,
) -> None:
    asyncio.run(_case(case, why))


async def _case(case_id: str, why: bool) -> None:

    async with open_desk() as desk:
        view, trouble = await live(desk, case_id)
        # After the view, so that "not yet in the register" is never said of what is there.
        record = await desk.read(lambda session: record_of(session, case_id))
    if show.wants_json():
        show.emit(_json(record, view, trouble))
    else:
        print_case(record, view, trouble, why=why)
        print_troubles(record.troubles)


async def live(desk: "Desk", case_id: str) -> "tuple[CaseView | None, str]":
    """The case as it says itself, or why it did not."""
    from office.asking import case_view

    try:
        return await case_view(desk, case_id, start=False, within=PATIENCE), ""
    except Unreachable as error:
        return None, message(error)


def record_of(session: "Reading", case_id: str) -> Record:
    """What the register has of it."""
    from register.reads import queries

    return Record(
        row=queries.case(session, case_id),
        events=queries.events(session, case_id),
        deadlines=queries.deadlines(session, case_id),
        names=names(session),
        troubles=troubles(session, case_id),
    )


def _json(record: Record, view: "CaseView | None", trouble: str) -> dict[str, Any]:
    line = record.row.line
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
    }
    events = [event.model_dump(mode="json") for event in record.events]
    if view is not None or record.events:
        body["remedies"] = as_json(view.state if view else record.state)
    if view is None:
        body |= {k: v for k, v in asdict(line).items() if k != "id"}
        body["deadlines"] = [asdict(d) for d in record.deadlines if running(d)]
        body["days"] = _days(record, None)
        body["superseded"] = _superseded(record)
        return body | {"note": trouble, "timeline": events}
    state = view.state.model_dump(mode="json")
    body |= {"seq": view.state.seq, **summary_fields(view.summary)}
    body |= {
        "now": view.now,
        "unwritten": view.unwritten,
        "behind": max(0, view.state.seq - len(record.events)),
    }
    for part in ("items", "consultations", "signatures", "reply", "extension", "fee", "timeline"):
        body[part] = state[part]
    body["deadlines"] = [
        asdict(d) | {"ledger": [s._asdict() for s in d.ledger]} for d in view.deadlines
    ]
    body["days"] = _days(record, view)
    body["superseded"] = _superseded(record)
    return body


def _days(record: Record, view: "CaseView | None") -> dict[str, Any] | None:
    """Days taken, left and late, in the unit of the statute."""
    state = view.state if view else record.state if record.events else None
    days = days_of(state, legal_day(record, view)) if state else None
    return asdict(days) if days else None


def _superseded(record: Record) -> list[dict[str, Any]]:
    """Days that limits once had, each with the event that moved or ended it."""
    kinds = {event.seq: event.what.kind for event in record.events}
    return [
        asdict(d) | {"superseded_by": kinds.get(d.superseded_by_seq or 0)}
        for d in record.deadlines
        if d.due is not None and d.superseded_by_seq is not None
    ]
