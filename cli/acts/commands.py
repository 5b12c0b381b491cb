"""The commands that send one act: options from the fact, help from the catalogue."""

import asyncio
import inspect
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from cli.acts.confirmation import confirm
from cli.acts.fact_options import build, fact, options
from cli.acts.prospect import show_prospect
from cli.acts.question import agreed
from cli.acts.table import ACT_COMMANDS, ActCommand
from cli.frame import params
from cli.frame.asking import after_asking
from cli.frame.command import Command
from cli.frame.session import acting_user, open_desk, settings
from domain.case.act import Evidence
from domain.case.facts import OfficeFact
from domain.errors import Code, Refusal
from domain.remedies.proceeding import Document
from office.acts.forms.corrections import Amendment, RightReceipt
from office.acts.forms.model import Asks
from office.files import Incoming
from speech.names import names

if TYPE_CHECKING:
    from domain.case.state import CaseState
    from office.desk import Desk, Reading

COMMON_OPTIONS: dict[str, tuple[Any, Any]] = {
    "as_user": (params.AsUser, None),
    "on": (params.On, None),
    "done_by": (params.DoneBy, None),
    "after_entry": (params.AfterEntry, None),
    "evidence": (params.EvidenceText, None),
    "file": (params.EvidenceFile, None),
    "yes": (params.Yes, False),
    "dry_run": (params.DryRun, False),
    "expected_seq": (params.ExpectedSeq, None),
    "command_id": (params.CommandIdOption, None),
}


def commands() -> Iterator[Command]:
    """One command per act."""
    for row in ACT_COMMANDS:
        yield Command(row.name, row.panel, _runner(row), row.group)


def _runner(row: ActCommand) -> Any:
    def run(**given: Any) -> None:
        common = {name: given.pop(name) for name in ("case", *COMMON_OPTIONS)}
        asyncio.run(_act(row, given, **common))

    keyword = inspect.Parameter.KEYWORD_ONLY
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter("case", keyword, annotation=params.CaseId),
            *options(row),
            *(
                inspect.Parameter(name, keyword, annotation=hint, default=default)
                for name, (hint, default) in COMMON_OPTIONS.items()
            ),
        ]
    )
    return run


async def _act(
    row: ActCommand,
    given: dict[str, Any],
    *,
    case: str,
    as_user: str | None,
    on: date | None,
    done_by: str | None,
    after_entry: int | None,
    evidence: list[str] | None,
    file: list[Path] | None,
    yes: bool,
    dry_run: bool,
    expected_seq: int | None,
    command_id: str | None,
) -> None:
    user = acting_user(as_user)
    from office.access.attempts import logged
    from office.acts.order import Order, new_command_id, repeatable, send_act
    from office.acts.prospect import prospect_of
    from office.people.names import person_id
    from register.reads import queries
    from register.reads.words import opened

    command = command_id or new_command_id()
    incoming = Incoming(settings().largest_file)
    with repeatable(command):
        async with open_desk() as desk:
            async with logged(desk, user, row.kind, case, command):
                user = await desk.read(lambda session: with_ids(session, case, user, given))
                if done_by is not None:
                    done_by = await desk.read(lambda s: person_id(s, str(done_by)))
                await _complete(desk, row, case, given, incoming, command_id, on)
                if row.kind == "signed":
                    seen = given.pop("seq")
                    expected_seq = seen if expected_seq is None else expected_seq
                order = Order(
                    case=case,
                    user=user,
                    what=await _fact(desk, row, case, given, on),
                    effective_on=None if row.form.fact is Amendment else on,
                    done_by=done_by,
                    after=after_entry,
                    evidence=tuple(await proofs(incoming, evidence, file)),
                    expected_seq=expected_seq,
                    command_id=command,
                )
                if dry_run:
                    found = await prospect_of(desk, order)
                    show_prospect(case, found, await desk.read(names))
                    return
                unasked = await agreed(desk, order, yes=yes)
            sent = await send_act(after_asking(desk), order, incoming)
            known = await desk.read(names)
            recorded = await desk.read(
                lambda s: opened(s, queries.event(s, sent.case, sent.answer.seq))
            )
    confirm(sent, known, recorded, unasked)


async def _fact(
    desk: "Desk", row: ActCommand, case: str, given: dict[str, Any], on: date | None
) -> OfficeFact:
    """The fact that the options mean; of a correction, with what stands on record."""
    from office.acts.correcting import amendment, right_receipt

    filled = fact(row, given)
    if isinstance(filled, RightReceipt):
        receipt, confirmed = filled.receipt, filled.confirmed_on
        return await right_receipt(desk, case, receipt, confirmed, filled.reason)
    if isinstance(filled, Amendment):
        return await amendment(desk, case, filled.seq, filled.values, on, filled.reason)
    return cast(OfficeFact, filled)


async def _complete(
    desk: "Desk",
    row: ActCommand,
    case: str,
    given: dict[str, Any],
    incoming: Incoming,
    command_id: str | None,
    on: date | None,
) -> None:
    """Put what was left out, and files by their hashes, into `given`."""
    from office.acts.forms.ordering import complete
    from office.running.asking import case_view

    async def seen() -> "CaseState":
        return (await case_view(desk, case)).state

    await complete(desk, row.form, case, given, on, command_id, seen)
    for field in row.form.fields:
        name, value = field.name, given.get(field.name)
        if field.asks is Asks.FILE and value is not None:
            given[field.fills[0]] = await asyncio.to_thread(incoming.add, given.pop(name))
        elif field.asks is Asks.PAPERS:
            given[name] = await asyncio.to_thread(papers, incoming, value or ())
    if row.kind == "signed":
        state = await seen()
        if not state.released:
            raise Refusal(Code.NOTHING_TO_SIGN, case=state.id)
        given |= {"items": state.released, "seq": state.seq}


def with_ids(session: "Reading", case: str, user: str, given: dict[str, Any]) -> str:
    """Put ids for names of department and handler into `given`; the id of who acts."""
    from office.people.names import acting_id, department_id, organ_of, person_id

    if given.get("department"):
        organ = organ_of(session, case)
        given["department"] = department_id(session, given["department"], organ)
    if given.get("handler"):
        given["handler"] = person_id(session, given["handler"])
    return acting_id(session, user)


async def proofs(
    incoming: Incoming, texts: list[str] | None, paths: list[Path] | None
) -> list[Evidence]:
    """Evidence as given on the line, with the hashes of its files."""
    found = [build(Evidence, {"text": text}) for text in texts or ()]
    for path in paths or ():
        digest = await asyncio.to_thread(incoming.add, path)
        found.append(Evidence(sha256=digest, name=path.name))
    return found


def papers(incoming: Incoming, given: Iterable[str]) -> list[Document]:
    """Papers of a proceeding, each as `TITLE=PATH` or a path alone, with their hashes."""
    found = []
    for word in given:
        title, sign, place = word.partition("=")
        if not sign or Path(word).exists():
            title, place = Path(word).name, word
        digest = incoming.add(Path(place))
        found.append(build(Document, {"title": title, "sha256": digest}))
    return found
