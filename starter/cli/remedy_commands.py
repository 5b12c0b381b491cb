"""`yishen remedies ID`: what is open to the applicant of a case, and its proceedings."""

import asyncio
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from starter.cli import params, show
from starter.cli.case_command import live, record_of
from starter.cli.case_proof import print_proofs
from starter.cli.case_view import legal_day, running
from starter.cli.command import Command
from starter.cli.remedy_json import as_json
from starter.cli.remedy_view import print_remedies
from starter.cli.session import settings
from starter.cli.words import say


def commands() -> Iterator[Command]:
    """The one command."""
    yield Command("remedies", "look", remedies)


def remedies(
    case: params.CaseId,
    why: Annotated[bool, typer.Option("--why")] = False,
) -> None:
    asyncio.run(_remedies(case, why))


async def _remedies(case_id: str, why: bool) -> None:
    from starter.desk import open_desk

    async with open_desk(settings()) as desk:
        view, trouble = await live(desk, case_id)
        record = await desk.read(lambda session: record_of(session, case_id))
    line = record.row.line
    state = view.state if view else record.state
    today = legal_day(record, view)
    found: Any = view.deadlines if view else [d for d in record.deadlines if running(d)]
    limits = [d for d in found if _of_remedies(d.name, d.ref, {p.ref for p in state.proceedings})]
    if show.wants_json():
        source = {"source": "register" if view is None else "case", "as_of": today}
        body = {"case": line.id, "number": line.number, **source, **as_json(state)}
        if why:
            body["ledgers"] = [_ledger(d) for d in limits]
        show.emit(body)
        return
    if view is None:
        show.note(say("case.from_register", detail=trouble, seq=line.seq))
    mark = say("list.training_mark") if line.training else ""
    print_remedies(state, f"{line.number}{mark}  {line.subject}", today)
    if why:
        print_proofs(state, limits, today)


def _of_remedies(name: str, ref: str | None, proceedings: set[str]) -> bool:
    return name.startswith("remedy_") or (ref or "").partition("/")[0] in proceedings


def _ledger(deadline: Any) -> dict[str, Any]:
    spans = [s if isinstance(s, dict) else s._asdict() for s in deadline.ledger]
    names = ("name", "ref", "base", "due", "article", "provisional")
    return {name: getattr(deadline, name) for name in names} | {"ledger": spans}
