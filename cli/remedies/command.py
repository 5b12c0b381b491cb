"""`yishen remedies ID`: what is open to the applicant of a case, and its proceedings."""

import asyncio
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from cli.case.command import live, record_of
from cli.case.proof import print_proofs
from cli.case.view import legal_day, running
from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.session import open_desk
from cli.frame.words import say
from cli.remedies.for_machines import as_json
from cli.remedies.view import print_remedies


def commands() -> Iterator[Command]:
    """The one command."""
    yield Command("remedies", "look", remedies)


def remedies(
    case: params.CaseId,
    why: Annotated[bool, typer.Option("--why")] = False,
) -> None:
    asyncio.run(_remedies(case, why))


async def _remedies(case_id: str, why: bool) -> None:

    async with open_desk() as desk:
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
