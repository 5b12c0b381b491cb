"""Items taken in: files are chosen, given their titles and sent, each as an act of its own."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.errors import Problem, Unreachable, YishenError
from domain.words import LINE_LENGTH
from office.acts.forms.filling import Filled, fill
from office.acts.forms.model import ActForm
from office.acts.items import ItemResult, NewItem, add_items
from office.acts.order import new_command_id
from office.uploads import Upload
from speech.prospect import consequences
from speech.refusals import messages
from speech.words import cited
from web.acts.fields import COMMAND, DROP, KEEP, SEND, STEP, Given, label_of, problems_of
from web.acts.keeping import BegunForm, begun, draft, keep, keep_late, sent_on, unanswered
from web.acts.opened import OpenedAct, about, opened_for, seen_in
from web.frame.asked import CaseCalled
from web.frame.gate import ByWhom, ByWhomLately, Who, sign_in_first
from web.frame.pages import page, say
from web.frame.uploads import drop, given_files, incoming, sent_with_files
from web.items.rows import (
    COMMON,
    DOCUMENT,
    MORE,
    ItemRow,
    given_of_rows,
    rows_of,
    sifted,
    submitted_of,
)

router = APIRouter()

KIND = "item_added"


@dataclass(frozen=True, slots=True)
class Intake:
    """How far it has come. `rows`: what is still to be added; `added`: what is there now; `left`:
    what the case has already; `refused`: files that could not be taken, in words;
    `seen`: the last entry that the page knows of."""

    rows: Sequence[ItemRow] = ()
    added: Sequence[tuple[ItemRow, ItemResult]] = ()
    left: Sequence[ItemRow] = ()
    refused: Sequence[str] = ()
    seen: int = 0


@router.get("/cases/{case}/acts/item_added")
async def form(request: Request, who: ByWhom, case: CaseCalled) -> Response:
    """Where files are chosen; with what was begun before."""
    opened = await opened_for(who, case, KIND)
    before = await begun(who, case, KIND)
    if before is None:
        return _page(request, opened, new_command_id(), Given({}), Intake())
    command = before.draft.command_id
    found = rows_of(before.given, command)
    rows, left = sifted([r for r in found if r.file not in before.gone], opened.record.state)
    titles = {r.upload.name: r.title for r in found if r.upload and r.file in before.gone}
    told = [say("items.lost", name=n, title=titles[n]) if n in titles else n for n in before.lost]
    kept = replace(before, lost=tuple(told))
    return _page(request, opened, command, before.there, Intake(rows, left=left), kept=kept)


@router.post("/cases/{case}/acts/item_added")
async def send(request: Request, who: ByWhomLately, case: CaseCalled) -> Response:
    """Take the files, show their titles, add them."""
    if who.over:
        await _keep_alone(request, who, case)
        raise sign_in_first(request)
    came = await sent_with_files(request, who, case)
    opened = await opened_for(who, case, KIND)
    given = Given(came.texts, came.files)
    command, step = given.one(COMMAND) or new_command_id(), given.one(STEP)
    if step == DROP:
        await sent_on(who, command)
        return RedirectResponse(request.url.path, 303)
    rows, left = sifted(rows_of(given, command), opened.record.state)
    await drop(who, case, {DOCUMENT: [row.upload for row in left if row.upload]})
    seen, given = seen_in(given), given_of_rows(rows, given)
    await keep(who, draft(who, case, KIND, command, given, seen))
    if step == KEEP:
        return Response(status_code=204)
    refused = _said(came.refused.get(DOCUMENT, [])) + _said(came.refused.get(MORE, []))
    problems = {name: w for name, w in came.problems.items() if name not in (DOCUMENT, MORE)}
    if not rows and not left and not refused:
        problems[MORE] = say("items.choose_some")
    intake = Intake(rows, left=left, refused=refused)
    if step != SEND or refused or problems or not rows:
        return _page(request, opened, command, given, intake, problems)
    assert opened.form is not None
    filled = [_filled(opened.form, opened, row, given) for row in rows]
    if opened.late and not given.one("on").strip():
        on = problems_of(opened.form, [Problem("on", "missing")])
        return _page(request, opened, command, given, intake, on)
    if any(each.problems for each in filled):
        wrong = [replace(row, wrong=_wrong(each)) for row, each in zip(rows, filled, strict=True)]
        common = [p for each in filled for p in each.problems if p.field in COMMON]
        intake = replace(intake, rows=wrong)
        return _page(request, opened, command, given, intake, problems_of(opened.form, common))
    return await _add(
        request, who, opened, command, given, list(zip(rows, filled, strict=True)), seen
    )


async def _keep_alone(request: Request, who: Who, case: str) -> None:
    """What the form brings whose session has ended: its person finds it there once signed in."""
    with suppress(YishenError):
        came = await sent_with_files(request, who, case)
        await opened_for(who, case, KIND)
        given = Given(came.texts, came.files)
        command = given.one(COMMAND) or new_command_id()
        rows = given_of_rows(rows_of(given, command), given)
        await keep_late(who, case, KIND, came, command, rows, seen_in(given))


def _said(errors: Sequence[YishenError]) -> list[str]:
    return [line for error in errors for line in messages(error)]


def _filled(asked: ActForm, opened: OpenedAct, row: ItemRow, given: Given) -> Filled:
    files = given_files(_files(row, given))
    return fill(asked, submitted_of(row, given), opened.record.today, files)


def _wrong(filled: Filled) -> tuple[str, ...]:
    said = problems_of(filled.form, [p for p in filled.problems if p.field not in COMMON])
    labels = {field.name: label_of(field) for field in filled.form.fields}
    return tuple(say("form.wrong_at", field=labels[name], words=w) for name, w in said.items())


async def _add(
    request: Request,
    who: Who,
    opened: OpenedAct,
    command: str,
    given: Given,
    rows: Sequence[tuple[ItemRow, Filled]],
    seen: int | None,
) -> Response:
    state, case = opened.record.state, opened.record.state.id
    wanted = [
        NewItem(filled, row.command, incoming(who, case, _files(row, given)))
        for row, filled in rows
    ]
    last = state.seq if seen is None else seen
    results = await add_items(who.desk(), state, who.id, wanted, last)
    both = [(row, result) for (row, _), result in zip(rows, results, strict=True)]
    kept = [row.upload for row, result in both if result.kept and row.upload]
    await drop(who, case, {DOCUMENT: kept})
    seqs = [result.seq for result in results if result.seq is not None]
    last = max([last, *seqs])
    remain = [replace(row, wrong=_why(result)) for row, result in both if result.ref is None]
    if not remain:
        await drop(
            who, case, {name: many for name, many in given.files.items() if name != DOCUMENT}
        )
        await sent_on(who, command)
        return RedirectResponse(f"/cases/{case}?done={last}&since={min(seqs)}", 303)
    given = given_of_rows(remain, given)
    await sent_on(who, command)
    if any(isinstance(result.error, Unreachable) for result in results):
        command = remain[-1].command  # once that one is on record, so are those before it
        await unanswered(who, draft(who, case, KIND, command, given, last))
    else:
        await keep(who, draft(who, case, KIND, command, given, last))
    added = [(row, result) for row, result in both if result.ref is not None]
    return _page(request, opened, command, given, Intake(remain, added, seen=last))


def _files(row: ItemRow, given: Given) -> dict[str, Sequence[Upload]]:
    proofs = {name: many for name, many in given.files.items() if name != DOCUMENT}
    return {**proofs, DOCUMENT: [row.upload] if row.upload else []}


def _why(result: ItemResult) -> tuple[str, ...]:
    """Why it is no item yet."""
    error = result.error
    if error is None:
        return (say("items.not_reached"),)
    said = messages(error)
    if isinstance(error, Unreachable):
        said = [say("items.unanswered"), *said]
    if error.article:
        said.append(say("frame.by_article", article=cited(error.article)))
    return tuple(said)


def _page(
    request: Request,
    opened: OpenedAct,
    command: str,
    given: Given,
    intake: Intake,
    problems: Mapping[str, str] | None = None,
    kept: BegunForm | None = None,
) -> Response:
    wrong = problems or intake.refused or any(row.wrong for row in intake.rows)
    shown = about(opened, command)
    seen = max(intake.seen, opened.record.state.seq)
    effect = opened.effect and list(consequences(opened.effect))
    return page(
        request,
        "items/add.html",
        status=409 if intake.added else 422 if wrong else 200,
        **{**shown, "seen": seen},
        given=given,
        intake=intake,
        problems=problems or {},
        effect=effect,
        kept=kept,
        longest=LINE_LENGTH,
    )
