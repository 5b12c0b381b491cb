"""Bringing requests in: `yishen register`, `yishen history`."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.acts.confirmation import print_standing, summary_fields
from cli.acts.fact_options import build
from cli.frame import params, show
from cli.frame.asking import after_asking, ask
from cli.frame.command import Command
from cli.frame.session import acting_user, open_desk
from cli.frame.words import say
from domain.case.facts import ApplicantDetails, ApplicantKind
from domain.errors import Code, InputError
from domain.statute import Channel
from speech.names import NameBook, names
from speech.refusals import message
from speech.words import term

if TYPE_CHECKING:
    from office.acts.doubts import Doubt
    from office.cases.application import Application
    from office.cases.intake import NewCase
    from office.cases.moving_in import Moved
    from office.desk import Desk, Reading


LONGEST_OFFSET = 40 * 366 * 86_400
"""Seconds: a training case lives within the years the law's data know."""


def commands() -> Iterator[Command]:
    """The two ways in."""
    yield Command("register", "intake", register)
    yield Command("history", "intake", history)


def register(
    channel: Annotated[Channel, typer.Option("--channel")],
    applicant: Annotated[str, typer.Option("--applicant", metavar="NAME")],
    subject: Annotated[str, typer.Option("--subject", metavar="TEXT")],
    received: Annotated[str | None, typer.Option("--received", metavar="DATE")] = None,
    applicant_kind: Annotated[ApplicantKind, typer.Option("--applicant-kind")] = "natural",
    contact: Annotated[str | None, typer.Option("--contact", metavar="TEXT")] = None,
    detail: Annotated[list[str] | None, typer.Option("--detail", metavar="NAME=VALUE")] = None,
    form_wished: Annotated[str | None, typer.Option("--form-wished", metavar="TEXT")] = None,
    organ: Annotated[str | None, typer.Option("--organ", metavar="ID")] = None,
    as_user: params.AsUser = None,
    clock_offset: Annotated[
        int | None,
        typer.Option("--clock-offset", metavar="SECONDS", min=-LONGEST_OFFSET, max=LONGEST_OFFSET),
    ] = None,
    file: params.EvidenceFile = None,
    yes: params.Yes = False,
    command_id: params.CommandIdOption = None,
) -> None:
    asyncio.run(
        _register(
            channel=channel,
            received=received,
            applicant={"kind": applicant_kind, "name": applicant, "contact": contact}
            | _details(detail or ()),
            subject=subject,
            form_wished=form_wished,
            organ=organ,
            user=acting_user(as_user),
            clock_offset=_of_training(clock_offset),
            files=tuple(file or ()),
            yes=yes,
            command_id=command_id,
        )
    )


def _details(given: Sequence[str]) -> dict[str, object]:
    """What is known of the applicant beside name and contact, each NAME=VALUE."""
    pairs = [word.partition("=") for word in given]
    wrong = next((name for name, sign, _ in pairs if not sign), None)
    known = tuple(ApplicantDetails.model_fields)
    unknown = wrong or next((name for name, _, _ in pairs if name not in known), None)
    if unknown is not None:
        listed = ", ".join(known)
        raise InputError(Code.BAD_FIELD, field="--detail", detail="one_of", known=listed)
    return {"details": {name: value for name, _, value in pairs}} if pairs else {}


def _of_training(seconds: int | None) -> int:
    """The offset of a training case; none given: 0, a real one. Whoever writes 0 means training
    and would take a number of the real series."""
    if seconds == 0:
        raise InputError(Code.BAD_FIELD, field="--clock-offset", detail="training_offset")
    return seconds or 0


async def _register(
    *,
    channel: Channel,
    received: str | None,
    applicant: dict[str, object],
    subject: str,
    form_wished: str | None,
    organ: str | None,
    user: str,
    clock_offset: int,
    files: tuple[Path, ...],
    yes: bool,
    command_id: str | None,
) -> None:
    from domain.case.facts import NewApplicant
    from office.acts.order import new_command_id, repeatable
    from office.cases import intake
    from office.cases.application import Application
    from office.legal_time import legal_now
    from office.running.runs import start_missing

    if not subject.strip():
        raise InputError(Code.BAD_FIELD, field="--subject", detail="empty")
    application = Application(
        user=user,
        command_id=command_id or new_command_id(),
        receipt=params.arrival(channel, received, clock_offset),
        applicant=build(NewApplicant, applicant),
        subject=subject.strip(),
        form_wished=form_wished,
        organ=organ,
        clock_offset=clock_offset,
        files=files,
    )
    with repeatable(application.command_id):
        async with open_desk() as desk:
            application = await desk.read(lambda s: _with_ids(s, application))
            unasked: list[str] = []

            def doubtful(doubts: "Sequence[Doubt]") -> "Desk":
                unasked.extend(ask(doubts, yes=yes))
                return after_asking(desk)

            done = await intake.register(desk, application, doubtful)
            started = await start_missing(after_asking(desk))
            known = await desk.read(names)
    _report(done, started, known, unasked, legal_now(clock_offset))


def _with_ids(session: "Reading", application: "Application") -> "Application":
    """The same with ids for names."""
    from office.people.names import acting_id

    organ = _organ_id(session, application.organ)
    return replace(application, user=acting_id(session, application.user), organ=organ)


def _organ_id(session: "Reading", given: str | None) -> str | None:
    from office.people.names import organ_id

    return organ_id(session, given) if given else None


def _report(
    done: "NewCase", started: list[str], known: NameBook, unasked: list[str], now: datetime
) -> None:
    warnings = [*done.warnings, *unasked]
    if show.wants_json():
        show.emit(
            {
                "case": done.id,
                "number": done.number,
                "act": "registered",
                "seq": done.events,
                "command_id": done.command_id,
                "repeated": done.repeated,
                "warnings": warnings,
                "register": "written" if done.written else "follows",
                "started_missing": started,
                **summary_fields(done.summary),
            }
        )
        return
    key = "act.registered_before" if done.repeated else "act.registered"
    show.line(say(key, number=done.number, id=done.id))
    print_standing(done.summary, warnings, known, now, written=done.written)
    if started:
        show.note(say("act.started_missing", n=len(started), ids=", ".join(started)))


def history(
    history_file: Annotated[Path, typer.Argument(metavar="FILE")],
    second: Annotated[str, typer.Option("--second", metavar="USER")],
    as_user: params.AsUser = None,
    organ: Annotated[str | None, typer.Option("--organ", metavar="ID")] = None,
) -> None:
    code = asyncio.run(_history(history_file, acting_user(as_user), second, organ))
    if code:
        raise typer.Exit(code)


async def _history(path: Path, user: str, second: str, organ: str | None) -> int:
    from office.cases.moving_in import move_in, read_entries
    from office.people.names import acting_id, organ_id

    entries = read_entries(path)
    moved = []
    async with open_desk() as desk:
        user, second, organ = await desk.read(
            lambda s: (acting_id(s, user), acting_id(s, second), organ and organ_id(s, organ))
        )
        async for result in move_in(
            desk, entries, user=user, second=second, organ=organ, folder=path.parent
        ):
            moved.append(result)
            if not show.wants_json():
                _report_moved(result)
    refused = [result for result in moved if result.error is not None]
    if show.wants_json():
        show.emit({"ok": not refused, "cases": [_moved_json(result) for result in moved]})
    else:
        show.line(say("history.total", done=len(moved) - len(refused), refused=len(refused)))
    return max((r.error.exit_code for r in refused if r.error is not None), default=0)


def _report_moved(result: "Moved") -> None:
    if result.error is not None:
        sentence = message(result.error)
        show.note(
            say("history.refused", line=result.line, code=result.error.code, message=sentence)
        )
    elif result.done is not None:
        key = "history.repeated" if result.done.repeated else "history.done"
        status = term("status", result.done.summary.status)
        show.line(
            say(
                key,
                line=result.line,
                number=result.done.number,
                status=status,
                events=result.done.events,
            )
        )


def _moved_json(result: "Moved") -> dict[str, object]:
    if result.error is not None:
        error = {"code": str(result.error.code), "message": message(result.error)}
        if result.error.article:
            error["article"] = result.error.article
        return {"line": result.line, "ok": False, "error": error}
    done = result.done
    assert done is not None
    return {
        "line": result.line,
        "ok": True,
        "case": done.id,
        "number": done.number,
        "repeated": done.repeated,
        "events": done.events,
        **summary_fields(done.summary),
    }
