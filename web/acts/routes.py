"""The form of an act: opened, checked, sent."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.case.answers.prospect import Prospect
from domain.case.reading import CasePart
from domain.errors import Code, InputError, Refusal, Unreachable, YishenError
from office.access.reading import permit
from office.acts.forms.filling import Filled, fill
from office.acts.forms.ordering import ordered
from office.acts.order import Order, new_command_id, repeatable, send_act
from office.acts.prospect import prospect_from_record
from speech.prospect import consequences
from speech.refusals import message, messages
from speech.words import cited
from web.acts.fields import SPOKEN_FIELDS, Given, label_of, problems_of
from web.acts.opened import OpenedAct, opened_act
from web.frame.errors import status_of
from web.frame.gate import ByWhom, Who
from web.frame.pages import page
from web.frame.uploads import drop, given_files, incoming, sent_with_files

router = APIRouter()

COMMAND, SEEN, STEP = "_command", "_seen", "_step"
"""What a form carries beside its fields: the id of its act, the last entry its page showed, and
which button was pressed."""

SEND, EDIT = "send", "edit"


@router.get("/cases/{case}/acts/{kind}")
async def form(
    request: Request, who: ByWhom, case: str, kind: str, seq: int | None = None
) -> Response:
    """The form, with what stands there first; `seq`: of an amendment, which entry."""
    opened = await who.process.read(lambda s: opened_act(s, who, case, kind, seq))
    if opened.tells_applicant:
        await who.process.write(
            lambda: permit(
                who.process.register, who.id, CasePart.APPLICANT, case, kind, who.session.asked_by
            )
        )
    return _form(request, opened, Given.first(opened.form), new_command_id())


@router.post("/cases/{case}/acts/{kind}")
async def send(
    request: Request, who: ByWhom, case: str, kind: str, seq: int | None = None
) -> Response:
    """Check what was filled in and show what it would bring about; sent once that was agreed to,
    or where it was shown with the form."""
    came = await sent_with_files(request, who, case)
    submitted = came.texts
    opened = await who.process.read(lambda s: opened_act(s, who, case, kind, seq))
    command = _one(submitted, COMMAND) or new_command_id()
    if opened.form is None:
        return _form(request, opened, Given.first(None), command)
    given = Given(submitted, came.files)
    filled = fill(opened.form, submitted, opened.seen.record.today, given_files(came.files))
    if filled.problems:
        return _form(request, opened, given, command, problems_of(opened.form, filled.problems))
    try:
        order = await _order(who, opened, filled, submitted, command)
        step = _one(submitted, STEP)
        if step == EDIT:
            return _form(request, opened, given, command)
        if step != SEND:
            return _check(request, opened, given, command, await prospect_of(who, order))
        with repeatable(command):
            done = await send_act(who.desk(), order, incoming(who, case, came.files))
    except InputError as error:
        problems = problems_of(opened.form, error.problems)
        return _form(request, opened, given, command, problems, error)
    except Refusal as no:
        return _form(request, opened, given, command, {}, no)
    except Unreachable as away:
        who.process.engine.forget()
        return _unsent(request, opened, given, command, away)
    await drop(who, case, came.files)
    return RedirectResponse(f"/cases/{case}?done={done.answer.seq}", 303)


async def _order(
    who: Who, opened: OpenedAct, filled: Filled, submitted: Mapping[str, list[str]], command: str
) -> Order:
    seen = _one(submitted, SEEN)
    state = opened.seen.record.state
    expected = int(seen) if seen.isdecimal() else state.seq
    return await ordered(who.desk(), state, who.id, filled, command, expected)


async def prospect_of(who: Who, order: Order) -> Prospect:
    """What the order would bring about, from the register."""
    return await prospect_from_record(who.desk(), order)


def _form(
    request: Request,
    opened: OpenedAct,
    given: Given,
    command: str,
    problems: Mapping[str, str] | None = None,
    error: YishenError | None = None,
) -> Response:
    """The form, with what is wrong; after a change in between it rests on what is there now."""
    lines = messages(error) if error and not problems else []
    return page(
        request,
        "acts/form.html",
        status=status_of(error) if error else 422 if problems else 200,
        **_about(opened, command),
        given=given,
        problems=problems or {},
        lines=lines,
        article=cited(error.article) if error and error.article else None,
        changed=error is not None and error.code is Code.CHANGED_MEANWHILE,
        effect=list(consequences(opened.effect)) if opened.effect else None,
    )


def _check(
    request: Request, opened: OpenedAct, given: Given, command: str, found: Prospect
) -> Response:
    return page(
        request,
        "acts/check.html",
        **_about(opened, command),
        given=given,
        effect=list(consequences(found)),
    )


def _unsent(
    request: Request, opened: OpenedAct, given: Given, command: str, away: Unreachable
) -> Response:
    return page(
        request,
        "acts/unsent.html",
        status=503,
        **_about(opened, command),
        given=given,
        why=message(away),
    )


def _about(opened: OpenedAct, command: str) -> dict[str, Any]:
    record = opened.seen.record
    refused = opened.act.refused
    return {
        "record": record,
        "line": record.row.line,
        "kind": opened.act.kind,
        "form": opened.form,
        "picks": opened.picks,
        "people": opened.people,
        "known": opened.known,
        **SPOKEN_FIELDS,
        "labels": {f.name: label_of(f) for f in opened.form.fields} if opened.form else {},
        "command": command,
        "refused": messages(refused) if refused else [],
        "refused_by": cited(refused.article) if refused and refused.article else None,
    }


def _one(submitted: Mapping[str, list[str]], name: str) -> str:
    return submitted.get(name, [""])[-1]
