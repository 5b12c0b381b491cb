"""`yishen remedies ID`: what is open to the applicant of a case, and its proceedings."""

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.case.proof import print_proofs
from cli.case.view import from_register
from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.session import open_desk
from cli.frame.words import say
from cli.remedies.for_machines import as_json
from cli.remedies.view import print_remedies
from domain.periods.ledger import spans_to_json

if TYPE_CHECKING:
    from domain.periods.running import Running


def commands() -> Iterator[Command]:
    """The one command."""
    yield Command("remedies", "look", remedies, reads=True)


def remedies(
    case: params.CaseId,
    why: Annotated[bool, typer.Option("--why")] = False,
    as_user: params.AsUser = None,
) -> None:
    asyncio.run(_remedies(case, why, str(as_user)))


async def _remedies(case_id: str, why: bool, user: str) -> None:
    from office.cases.record import look

    async with open_desk() as desk:
        record = await look(desk, case_id, user)
    line, state = record.row.line, record.state
    if show.wants_json():
        source = "register" if record.view is None else "case"
        body = {"case": line.id, "number": line.number, "source": source, "as_of": record.today}
        body |= as_json(state, record.today)
        if why:
            body["ledgers"] = [_ledger(run) for run in record.of_remedies]
        show.emit(body)
        return
    if record.view is None:
        show.note(from_register(record))
    mark = say("list.training_mark") if line.training else ""
    print_remedies(state, f"{line.number}{mark}  {line.subject}", record.today)
    if why:
        print_proofs(record, record.of_remedies)


def _ledger(run: "Running") -> dict[str, Any]:
    names = ("name", "ref", "base", "due", "article", "provisional")
    return {name: getattr(run, name) for name in names} | {"ledger": spans_to_json(run.ledger)}
