"""The counter: how a request came decides its receipt day, which is shown at once with its last
day; then who asks for what."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.case.act import Evidence
from domain.case.people import Role
from domain.clock import Receipt
from domain.errors import Code, InputError, Refusal, YishenError
from office.acts.forms.choosing import Pick, values_of
from office.acts.forms.filling import Filled, fill
from office.acts.forms.model import PICKED, ActForm
from office.acts.forms.registering import application, registering
from office.acts.order import new_command_id, repeatable
from office.cases.intake import register
from office.cases.receipt_day import ForeseenReceipt, foresee_receipt
from office.desk import Reading
from office.legal_time import legal_now
from office.uploads import Upload
from register.reads import roster
from register.reads.ended import require_not_ended
from speech.doubts import doubted
from speech.readings import other_readings
from speech.refusals import messages
from speech.words import term
from web.acts.fields import (
    COMMAND,
    DROP,
    EDIT,
    KEEP,
    SEND,
    SPOKEN_FIELDS,
    STEP,
    Given,
    label_of,
    problems_of,
    wrong,
)
from web.acts.keeping import BegunForm, begun, draft, keep, keep_late, sent_on
from web.frame.forms import lists_of, sent
from web.frame.gate import ByWhom, ByWhomLately, Who, sign_in_first
from web.frame.pages import page
from web.frame.uploads import drop, given_files, incoming, sent_with_files
from web.registration.earlier import earlier_cases

router = APIRouter()

ORGAN, FILES, NAME = "organ", "files", "applicant"

DRAFT = "registered"
"""By what the draft is found again."""


@router.get("/register")
async def form(request: Request, who: ByWhom) -> Response:
    """The form, with what was begun. Refusal(not_your_role)."""
    today = legal_now().date()
    asked = registering()
    before = await begun(who, None, DRAFT)
    if before is not None:
        command = before.draft.command_id
        return await _form(request, who, asked, before.there, command, kept=before)
    given = Given({**Given.first(asked).submitted, "received": [today.isoformat()]})
    return await _form(request, who, asked, given, new_command_id())


@router.post("/register")
async def send(request: Request, who: ByWhomLately) -> Response:
    """Check what was filled in and show what it comes to; registered once that was agreed to."""
    if who.over:
        await _keep_alone(request, who)
        raise sign_in_first(request)
    came = await sent_with_files(request, who)
    given, asked = Given(came.texts, came.files), registering()
    command, step = given.one(COMMAND) or new_command_id(), given.one(STEP)
    if step == DROP:
        await sent_on(who, command)
        return RedirectResponse("/register", 303)
    await keep(who, draft(who, None, DRAFT, command, given, None))
    if step == KEEP:
        return Response(status_code=204)
    if step == EDIT or came.refused:
        return await _form(request, who, asked, given, command, came.problems)
    filled = fill(asked, came.texts, legal_now().date(), given_files(came.files))
    if filled.problems:
        problems = problems_of(asked, filled.problems)
        return await _form(request, who, asked, given, command, problems)
    try:
        if step != SEND:
            told = await _foreseen(who, filled, given.one(ORGAN))
            return await _check(request, who, asked, given, command, told)
        return await _register(who, filled, given, command, came.files)
    except (InputError, Refusal) as error:
        problems = problems_of(asked, getattr(error, "problems", ()))
        return await _form(request, who, asked, given, command, problems, error)


async def _keep_alone(request: Request, who: Who) -> None:
    """What the form brings whose session has ended: its person finds it there once signed in."""
    with suppress(YishenError):
        came = await sent_with_files(request, who)
        given = Given(came.texts, came.files)
        command = given.one(COMMAND) or new_command_id()
        await keep_late(who, None, DRAFT, came, command, given)


@router.post("/register/foreseen")
async def foreseen(request: Request, who: ByWhom) -> Response:
    """What the channel and the arrival come to, for the form that is being filled in."""
    submitted = lists_of(await sent(request, who))
    asked = registering()
    known = fill(asked, submitted, legal_now().date())
    if {"channel", "received"} <= known.given.keys():
        try:
            told = await _foreseen(who, known, Given(submitted).one(ORGAN))
            return page(request, "registration/foreseen.html", **_told(told))
        except (InputError, Refusal) as error:
            return page(request, "registration/foreseen.html", told=None, remarks=messages(error))
    return page(request, "registration/foreseen.html", told=None, remarks=[])


async def _register(
    who: Who,
    filled: Filled,
    given: Given,
    command: str,
    files: Mapping[str, list[Upload]],
) -> Response:
    papers = tuple(Evidence(sha256=one.sha256, name=one.name) for one in files.get(FILES, ()))
    asked = replace(
        application(filled, who.id, command, given.one(ORGAN) or None),
        papers=papers,
        incoming=incoming(who, None, files),
    )
    with repeatable(command):
        new = await register(who.desk(), asked, engine_may_be_away=True)
    await drop(who, None, files)
    await sent_on(who, command)
    return RedirectResponse(f"/cases/{new.id}?done=1", 303)


async def _foreseen(who: Who, filled: Filled, organ: str) -> ForeseenReceipt:
    receipt = Receipt.model_validate(filled.values["receipt"])
    return await foresee_receipt(who.desk(), who.id, receipt, organ or None)


async def _form(
    request: Request,
    who: Who,
    asked: ActForm,
    given: Given,
    command: str,
    problems: Mapping[str, str] | None = None,
    error: YishenError | None = None,
    kept: BegunForm | None = None,
) -> Response:
    organs = await _organs(who)
    known = fill(asked, given.submitted, legal_now().date())
    told: ForeseenReceipt | None = None
    if {"channel", "received"} <= known.given.keys() and (given.one(ORGAN) or len(organs) == 1):
        try:
            told = await _foreseen(who, known, given.one(ORGAN))
        except (InputError, Refusal):
            told = None
    return page(
        request,
        "registration/form.html",
        **wrong(problems, error),
        **_about(asked, given, command, organs),
        **(_told(told) if told else {"told": None, "remarks": []}),
        kept=kept,
    )


async def _check(
    request: Request,
    who: Who,
    asked: ActForm,
    given: Given,
    command: str,
    told: ForeseenReceipt,
) -> Response:
    organs = await _organs(who)
    return page(
        request,
        "registration/check.html",
        earlier=await earlier_cases(who, given.one(NAME)) if given.one(NAME).strip() else None,
        **_about(asked, given, command, organs),
        **_told(told),
    )


def _about(asked: ActForm, given: Given, command: str, organs: tuple[Pick, ...]) -> dict[str, Any]:
    return {
        **SPOKEN_FIELDS,
        "form": asked,
        "given": given,
        "command": command,
        "uploads": "/register/uploads",
        "organs": organs,
        "picks": {
            field.name: tuple(
                Pick(value, term(field.terms or "", value)) for value in values_of(field)
            )
            for field in asked.fields
            if field.asks in PICKED
        },
        "labels": {field.name: label_of(field) for field in asked.fields},
    }


def _told(told: ForeseenReceipt) -> dict[str, Any]:
    return {
        "told": told,
        "remarks": [doubted(doubt) for doubt in told.doubts],
        "others": list(other_readings(told.readings)),
    }


async def _organs(who: Who) -> tuple[Pick, ...]:
    """Those the person registers for. Refusal(not_your_role, place_ended)."""

    def read(session: Reading) -> tuple[Pick, ...]:
        mine = {g.organ for g in who.actor.grants if g.role is Role.INTAKE}
        held = [organ for organ in roster.organs(session) if organ.id in mine]
        there = [organ for organ in held if organ.ended_on is None]
        if held and not there:
            require_not_ended(held[0])
        return tuple(Pick(organ.id, organ.name) for organ in there)

    found = await who.process.read(read)
    if not found:
        raise Refusal(Code.NOT_YOUR_ROLE, act="registered", roles=Role.INTAKE)
    return found
