"""`yishen hold`, `yishen export`, `yishen retention …`: cases held, exported, forgotten."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.session import acting_user, open_desk, open_register, settings
from cli.frame.words import say
from domain.case.reading import CasePart
from domain.errors import Code, InputError
from office.legal_time import legal_now
from speech.names import NameBook, names
from speech.refusals import message
from speech.words import cited, joined, term

if TYPE_CHECKING:
    from office.forgetting.carrying_out import CarriedOut
    from office.forgetting.due import RetentionLine
    from register.reads.forgetting import RetentionList

ListNumber = Annotated[int, typer.Argument(metavar="LIST", min=1)]


def commands() -> Iterator[Command]:
    """Two commands about one case, and those about what is due."""
    yield Command("hold", "legal", hold)
    yield Command("export", "look", export)
    yield Command("due", "office", due, group="retention", reads=True)
    yield Command("list", "office", show_lists, group="retention")
    yield Command("propose", "office", propose, group="retention")
    yield Command("sign", "office", sign, group="retention")
    yield Command("carry-out", "office", carry_out, group="retention")


def hold(
    case: params.CaseId,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT")] = None,
    lift: Annotated[bool, typer.Option("--lift")] = False,
    as_user: params.AsUser = None,
) -> None:
    from office.forgetting.holds import place, release

    _one_of("hold", {"--reason": reason is not None, "--lift": lift})
    user = acting_user(as_user)
    with open_register() as register:
        if reason is None:
            release(settings(), register, user, case)
        else:
            place(settings(), register, user, case, reason)
    if show.wants_json():
        show.emit({"case": case, "held": reason is not None})
    else:
        show.line(say("retention.lifted" if lift else "retention.now_held", case=case))


def export(
    case: params.CaseId,
    to: Annotated[Path, typer.Argument(metavar="TO")],
    as_user: params.AsUser = None,
) -> None:
    from office.access.reading import permit
    from office.forgetting.export import export_case
    from office.people.names import acting_id

    with open_register() as register:
        with register.reading() as session:
            user = acting_id(session, acting_user(as_user))
        permit(register, user, CasePart.EXPORT, case, str(to))
        done = export_case(settings(), register, case, to, by=user)
    if show.wants_json():
        show.emit({"case": case} | asdict(done))
    else:
        size = f"{done.bytes / 1e6:.1f}"
        show.line(say("retention.exported", case=case, folder=to, files=done.files, size=size))


def due(
    as_of: Annotated[
        date | None, typer.Option("--as-of", metavar="DATE", parser=params.day)
    ] = None,
    as_user: params.AsUser = None,
) -> None:
    from law.files import load_retention
    from office.forgetting.due import DueState, retention_for
    from register.reads.visible import viewer_of
    from register.reads.words import opened

    day = as_of or legal_now().date()
    with open_register() as register, register.reading() as session:
        lines, known = (
            opened(session, retention_for(session, viewer_of(session, str(as_user)), day)),
            names(session),
        )
    unread = load_retention().unchecked
    if show.wants_json():
        said = [_for_machines(line) for line in lines]
        show.emit({"as_of": day, "cases": said, "unread": unread})
        return
    shown = [line for line in lines if line.standing is not DueState.LATER]
    if shown:
        columns = ("case", "standing", "rule", "over", "may_forget", "article", "hold")
        heads = [say(f"retention.column.{name}") for name in columns]
        show.table(heads, [_row(line, known) for line in shown])
    else:
        show.line(say("retention.none_due", day=day))
    if unread:
        rules = joined([say(f"retention.rule.{name}") for name in unread])
        show.line(say("retention.unread", rules=rules))


def _for_machines(line: "RetentionLine") -> dict[str, Any]:
    said = asdict(line)
    return {**said.pop("retention"), **said}


def _row(line: "RetentionLine", known: NameBook) -> list[str]:
    kept, held = line.retention, line.hold
    why = ""
    if held is not None:
        who = known.person(held.by)
        why = say("retention.held_by", person=who, since=held.since.date(), reason=held.reason)
    return [
        line.case,
        say(f"retention.standing.{line.standing}"),
        say(f"retention.rule.{kept.rule}"),
        str(kept.over or "-"),
        str(kept.due or "-"),
        cited(kept.article),
        why,
    ]


def show_lists(
    number: Annotated[int | None, typer.Argument(metavar="[LIST]", min=1)] = None,
    as_user: params.AsUser = None,
) -> None:
    from office.forgetting.lists import known_lists

    with open_register() as register:
        found = known_lists(register, acting_user(as_user))
        with register.reading() as session:
            known = names(session)
    if number is not None:
        found = [one for one in found if one.number == number]
        if not found:
            raise InputError(Code.UNKNOWN_LIST, list=number, known="-")
    if show.wants_json():
        show.emit({"lists": [asdict(one) for one in found]})
        return
    for one in found:
        _tell(one, known, whole=number is not None)
    if not found:
        show.line(say("retention.no_lists"))


def _tell(of: "RetentionList", known: NameBook, *, whole: bool) -> None:
    by = joined([known.person(s.person) + _in_role(s.role) for s in of.signatures]) or "-"
    show.line(
        say(
            "retention.list",
            list=of.number,
            day=of.as_of,
            cases=len(of.cases),
            person=known.person(of.proposed_by),
            signed=by,
        )
    )
    if whole:
        columns = ("case", "rule", "over", "may_forget", "head")
        rows = [
            [c.case, say(f"retention.rule.{c.rule}"), str(c.over), str(c.due), c.head]
            for c in of.cases
        ]
        show.table([say(f"retention.column.{name}") for name in columns], rows)


def _in_role(role: str) -> str:
    return say("retention.in_role", role=term("role", role))


def propose(
    organ: Annotated[str | None, typer.Option("--organ", metavar="ID")] = None,
    as_user: params.AsUser = None,
) -> None:
    from office.forgetting.lists import propose as draw_up

    with open_register() as register:
        made = draw_up(register, acting_user(as_user), organ)
        _answer(register, made)


def sign(number: ListNumber, as_user: params.AsUser = None) -> None:
    from office.forgetting.lists import sign as put_name

    with open_register() as register:
        signed = put_name(register, acting_user(as_user), number)
        _answer(register, signed)


def _answer(register: Any, of: "RetentionList") -> None:
    if show.wants_json():
        show.emit(asdict(of))
        return
    with register.reading() as session:
        _tell(of, names(session), whole=True)


def carry_out(
    number: ListNumber,
    to: Annotated[Path | None, typer.Option("--export", metavar="FOLDER")] = None,
    without_export: Annotated[bool, typer.Option("--without-export")] = False,
    as_user: params.AsUser = None,
) -> None:
    _one_of("retention carry-out", {"--export": to is not None, "--without-export": without_export})
    done = asyncio.run(_carry_out(acting_user(as_user), number, to))
    refused = [line for line in done if line.refused is not None]
    if show.wants_json():
        show.emit({"ok": not refused, "list": number, "cases": [_one(line) for line in done]})
    else:
        for line in done:
            if line.refused is not None:
                show.line(say("retention.left", case=line.case, why=message(line.refused)))
            else:
                key = "retention.gone_before" if line.before else "retention.gone"
                show.line(say(key, case=line.case))
    if refused:
        raise typer.Exit(1)


async def _carry_out(user: str, number: int, to: Path | None) -> "list[CarriedOut]":
    from office.forgetting.carrying_out import carry_out as forget

    async with open_desk() as desk:
        return await forget(desk, user, number, to)


def _one(line: "CarriedOut") -> dict[str, Any]:
    said: dict[str, Any] = {"case": line.case, "forgotten": line.forgotten, "before": line.before}
    if line.refused is not None:
        said["error"] = {"code": str(line.refused.code), "message": message(line.refused)}
    return said


def _one_of(command: str, given: dict[str, bool]) -> None:
    if sum(given.values()) != 1:
        detail = say("usage.one_of", options=", ".join(given))
        raise InputError(Code.USAGE, detail=detail, help=f"yishen {command} --help")
