"""`yishen whatif ID EVENT=DATE …`: when would it be due if this happened. Nothing is recorded."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.case.ledger_table import print_ledger
from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.readings import print_readings
from cli.frame.session import open_desk
from cli.frame.words import say
from domain.errors import Code, InputError
from speech.refusals import message
from speech.whatif import difference, last_day_words
from speech.words import limit as limit_name
from speech.words import spoken, term

if TYPE_CHECKING:
    from datetime import date

    from domain.case.answers.whatif import Shift
    from domain.clock import ClockEvent
    from office.cases.whatif import Supposed


def commands() -> Iterator[Command]:
    """The one command."""
    yield Command("whatif", "look", whatif, reads=True)


def whatif(
    case: params.CaseId,
    events: Annotated[list[str], typer.Argument(metavar="EVENT=DATE")],
    why: Annotated[bool, typer.Option("--why")] = False,
    as_user: params.AsUser = None,
) -> None:
    asked = [_event(text, n) for n, text in enumerate(events)]
    asyncio.run(_whatif(case, str(as_user), asked, why))


def _event(text: str, place: int) -> "ClockEvent":
    """An event as `yishen due --event` takes it. InputError: usage, bad_field."""
    from cli.due.command import Options, event_entry
    from office.due.request import read_event

    try:
        entry = event_entry(text, Options(spoken()))
    except InputError as error:
        if error.code is Code.USAGE:
            error.params["help"] = "yishen whatif --help"
        raise
    return read_event(entry, f"events[{place}]")


async def _whatif(case: str, user: str, events: "list[ClockEvent]", why: bool) -> None:
    from office.cases.whatif import suppose

    async with open_desk() as desk:
        supposed = await suppose(desk, case, user, events)
    if show.wants_json():
        _emit(case, supposed)
    else:
        _print(supposed, why)


def _emit(case: str, supposed: "Supposed") -> None:
    from office.due.in_words import in_words

    found = supposed.found
    show.emit(
        {
            "case": case,
            "number": supposed.number,
            "source": "register" if supposed.trouble else "case",
            "as_of": found.as_of,
            "reply": asdict(found.reply),
            "limits": [asdict(shift) for shift in found.others],
            "warnings": list(found.warnings),
            "now": _plain(in_words(found.readings_now)),
            "then": _plain(in_words(found.readings)),
        }
    )


def _plain(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "ok"}


def _print(supposed: "Supposed", why: bool) -> None:
    from domain.case.answers.explain import explain
    from office.answers.readings import sourced

    found = supposed.found
    if supposed.trouble is not None:
        show.note(say("whatif.from_register", detail=message(supposed.trouble)))
    show.line(say("whatif.title", number=supposed.number))
    show.fields(
        [
            (say("whatif.now"), last_day_words(found.now)),
            (say("whatif.then"), last_day_words(found.then)),
            (say("whatif.difference"), difference(found.reply) or say("whatif.unknown")),
        ]
    )
    for warning in found.warnings:
        show.line(say("act.warning", warning=term("warning", warning)))
    if found.others:
        show.line()
        headings = [say(f"column.{c}") for c in ("limit", "was", "would_be", "difference")]
        show.table(headings, [_row(shift) for shift in found.others])
    print_readings(spoken(), [asdict(r) for r in sourced(found.readings)])
    if why:
        show.line()
        proof = found.proof.own
        if proof.ledger:
            show.line(say("whatif.ledger", base=proof.day_zero, due=proof.due))
            if proof is not found.then:
                show.line(say("whatif.as_if_answered", day=proof.as_of))
            print_ledger(explain(proof.ledger, supposed.state, found.proof))
        else:
            show.line(say("whatif.no_ledger"))


def _row(shift: "Shift") -> list[str]:
    name = limit_name(shift.name, shift.ref)
    difference = "" if shift.working_days is None else f"{shift.working_days:+d}"
    return [name, _iso(shift.was), _iso(shift.due), difference]


def _iso(value: "date | None") -> str:
    return value.isoformat() if value else ""
