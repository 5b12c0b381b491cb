"""The form of an act: opened, checked, sent."""

from collections.abc import Mapping
from contextlib import suppress

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.case.reading import CasePart
from domain.errors import Code, InputError, Problem, Refusal, Unreachable, YishenError
from office.access.reading import permit
from office.acts.doubts import of_act
from office.acts.drafts import pending_of
from office.acts.forms.filling import Filled, fill
from office.acts.forms.ordering import ordered
from office.acts.order import (
    Order,
    as_act,
    new_command_id,
    repeatable,
    resolved,
    send_act,
)
from office.acts.prospect import prospect_from_record
from office.cases.record import Record
from office.desk import Reading
from office.signing_in.entering import renew
from speech.doubts import doubted
from speech.prospect import consequences
from speech.refusals import message, messages
from web.acts.fields import (
    COMMAND,
    DROP,
    EDIT,
    KEEP,
    SEND,
    STEP,
    Given,
    label_of,
    one_file_each,
    problems_of,
    wrong,
)
from web.acts.keeping import BegunForm, begun, draft, given_of, keep, keep_late, sent_on, unanswered
from web.acts.opened import OpenedAct, about, asking_code, opened_act, opened_for, seen_in
from web.acts.pages import ActPages
from web.frame.asked import CaseCalled
from web.frame.errors import status_of
from web.frame.gate import ByWhom, ByWhomLately, Who, sign_in_first
from web.frame.pages import page
from web.frame.uploads import drop, given_files, incoming, sent_with_files
from web.replies.pages import ReplyPages
from web.review.pages import ReviewPages

router = APIRouter()

CODE, CHECKED = "_code", "_checked"
"""The second factor; and that what the act brings about was shown on a page of its own."""

OWN: Mapping[str, ActPages] = {"item_reviewed": ReviewPages(), "reply_drafted": ReplyPages()}
"""Acts with pages of their own."""

FACTOR = (Code.SECOND_FACTOR_NEEDED, Code.CODE_WRONG, Code.TOO_MANY_ATTEMPTS)


@router.get("/cases/{case}/acts/{kind}")
async def form(
    request: Request,
    who: ByWhom,
    case: CaseCalled,
    kind: str,
    seq: int | None = None,
    ref: str = "",
    reviewed: bool = False,
) -> Response:
    """The form, with what stands there first; `seq`: of an amendment, which entry; `ref`: what the
    act is about; `reviewed`: one comes from the review before."""
    opened = await opened_for(who, case, kind, seq)
    if opened.tells_applicant:
        await who.process.write(
            lambda: permit(
                who.process.register, who.id, CasePart.APPLICANT, case, kind, who.session.asked_by
            )
        )
    pages = pages_of(kind)
    given = pages.first(opened, ref)
    before = await begun(who, case, pages.draft(opened, given)) if opened.form else None
    if before is None:
        return await _form(request, who, opened, given, new_command_id(), reviewed=reviewed)
    command, given = before.draft.command_id, before.there
    return await _form(request, who, opened, given, command, kept=before, reviewed=reviewed)


@router.post("/cases/{case}/acts/{kind}")
async def send(
    request: Request, who: ByWhomLately, case: CaseCalled, kind: str, seq: int | None = None
) -> Response:
    """Check what was filled in and show what it would bring about; sent once that was agreed to,
    or where it was shown with the form."""
    if who.over:
        await _keep_alone(request, who, case, kind, seq)
        raise sign_in_first(request)
    came = await sent_with_files(request, who, case)
    given = Given(came.texts, came.files)
    command = given.one(COMMAND) or new_command_id()
    opened, before = await _sent(who, case, kind, seq, command)
    if opened is None:
        return RedirectResponse(f"/cases/{case}?done={before}", 303)
    if opened.form is None:
        return await _form(request, who, opened, Given.first(None), command)
    pages, given = pages_of(kind), one_file_each(opened.form, given)
    mine = draft(who, case, pages.draft(opened, given), command, given, seen_in(given))
    step = given.one(STEP)
    if step == DROP:
        await sent_on(who, command)
        return RedirectResponse(request.url.path + "?" + request.url.query, 303)
    await keep(who, mine)
    if step == KEEP:
        return Response(status_code=204)
    if step == EDIT or came.refused:
        return await _form(request, who, opened, given, command, came.problems)
    if opened.act.refused is not None and before is None:
        return await _form(request, who, opened, given, command, {}, opened.act.refused)
    filled = fill(opened.form, came.texts, opened.record.today, given_files(given.files))
    found = filled.problems
    if opened.late and filled.on is None and not any(one.field == "on" for one in found):
        found = (*found, Problem("on", "missing"))
    if found:
        return await _form(request, who, opened, given, command, problems_of(opened.form, found))
    try:
        order = await _order(who, opened, filled, given, command)
        if step != SEND or _unseen(opened, filled, given):
            return await _check(request, who, opened, given, command, order, filled)
        await _show_factor(who, given.one(CODE))
        with repeatable(command):
            done = await send_act(who.desk(), order, incoming(who, case, given.files))
    except InputError as error:
        problems = problems_of(opened.form, error.problems)
        return await _form(request, who, opened, given, command, problems, error)
    except Refusal as no:
        if no.code in FACTOR:
            return _factor(request, opened, given, command, no)
        return await _form(request, who, opened, given, command, {}, no)
    except Unreachable as away:
        await unanswered(who, mine)
        return _unsent(request, opened, given, command, away)
    await drop(who, case, came.files)
    await sent_on(who, command)
    return RedirectResponse(await pages.onward(who, opened, given, done.answer.seq), 303)


async def _keep_alone(request: Request, who: Who, case: str, kind: str, seq: int | None) -> None:
    """What a form brings whose session has ended: its person finds it there once signed in."""
    with suppress(YishenError):
        came = await sent_with_files(request, who, case)
        given = Given(came.texts, came.files)
        command = given.one(COMMAND) or new_command_id()
        opened, _ = await _sent(who, case, kind, seq, command)
        if opened is not None and opened.form is not None:
            form = pages_of(kind).draft(opened, given)
            await keep_late(who, case, form, came, command, given, seen_in(given))


@router.get("/unanswered/{command}")
async def unanswered_form(request: Request, who: ByWhom, command: str) -> Response:
    """What was sent and not answered, to be sent again under the same id. Once it is on record one
    is led to its case."""
    found = next((d for d in await pending_of(who.desk(), who.id) if d.command_id == command), None)
    if found is None or found.case is None:
        return RedirectResponse("/", 303)
    case = found.case
    kind, _, about_it = found.form.partition(":")
    seq = int(about_it) if about_it and kind == "entry_amended" else None
    opened = await opened_for(who, case, kind, seq)
    return _unsent(request, opened, given_of(found), command, None, found.seq)


async def _sent(
    who: Who, case: str, kind: str, seq: int | None, command: str
) -> tuple[OpenedAct | None, int | None]:
    """The form, and the entry that the command left before: the second click, the back button. No
    form where that entry is why it opens no more, or only as of a day of then."""

    def read(session: Reading, record: Record) -> tuple[OpenedAct | None, int | None]:
        entries = record.state.timeline
        before = next((one.seq for one in entries if one.command_id == command), None)
        try:
            opened = opened_act(session, record, who.actor, kind, seq)
        except Refusal:
            if before is None:
                raise
            return None, before
        return (None if opened.late and before is not None else opened), before

    opened, before = await who.read_case(case, read)
    return opened and await asking_code(who, opened), before


async def _order(who: Who, opened: OpenedAct, filled: Filled, given: Given, command: str) -> Order:
    state = opened.record.state
    seen = seen_in(given)
    expected = state.seq if seen is None else seen
    return await ordered(who.desk(), state, who.id, filled, command, expected)


def pages_of(kind: str) -> ActPages:
    """Those of an act."""
    return OWN.get(kind) or ActPages()


def _unseen(opened: OpenedAct, filled: Filled, given: Given) -> bool:
    """Whether nobody has seen yet what this comes to: the form said what it would bring about
    today, not on the day that is given, nor the amount that is computed."""
    shown = opened.effect is not None and not given.one(CHECKED)
    another_day = filled.on not in (None, opened.record.today)
    return shown and (another_day or bool(filled.computed))


async def _show_factor(who: Who, code: str) -> None:
    """The second factor, where one was typed in. Refusal(code_wrong, too_many_attempts)."""
    if code:
        process = who.process
        await process.write(lambda: renew(process.settings, process.register, who.session, code))


async def _form(
    request: Request,
    who: Who,
    opened: OpenedAct,
    given: Given,
    command: str,
    problems: Mapping[str, str] | None = None,
    error: YishenError | None = None,
    kept: BegunForm | None = None,
    *,
    reviewed: bool = False,
) -> Response:
    """The form, with what is wrong; after a change in between it rests on what is there now."""
    pages = pages_of(opened.act.kind)
    given = pages.shown(opened, given)
    return page(
        request,
        pages.form,
        reviewed=reviewed,
        **await pages.beside(who, opened, given),
        **wrong(problems, error),
        **about(opened, command),
        given=given,
        kept=kept,
        changed=error is not None and error.code is Code.CHANGED_MEANWHILE,
        proof_asked=(error is not None and error.code is Code.EVIDENCE_NEEDED)
        or (opened.effect is not None and opened.effect.needs is not None),
        effect=list(consequences(opened.effect)) if opened.effect else None,
    )


async def _check(
    request: Request,
    who: Who,
    opened: OpenedAct,
    given: Given,
    command: str,
    order: Order,
    filled: Filled,
) -> Response:
    """What was filled in, what it would bring about, and what is worth a second look."""
    desk, record = who.desk(), opened.record
    found = await prospect_from_record(desk, order)
    if found.needs is not None and not order.evidence:
        raise Refusal(Code.EVIDENCE_NEEDED, act=order.what.kind, need=found.needs)
    actor, order = await resolved(desk, order)
    doubts = of_act(record.state, as_act(desk, order, actor), record.now)
    pages = pages_of(opened.act.kind)
    return page(
        request,
        pages.check,
        **await pages.beside(who, opened, given),
        **about(opened, command),
        given=given,
        computed=[(label_of(f), str(getattr(order.what, f.name))) for f in filled.computed],
        effect=list(consequences(found)),
        doubts=[doubted(doubt) for doubt in doubts],
    )


def _factor(
    request: Request, opened: OpenedAct, given: Given, command: str, no: Refusal
) -> Response:
    """The act waits for the second factor, with all that was filled in."""
    return page(
        request,
        "acts/factor.html",
        status=status_of(no),
        **about(opened, command),
        given=given,
        lines=messages(no) if no.code is not Code.SECOND_FACTOR_NEEDED else [],
    )


def _unsent(
    request: Request,
    opened: OpenedAct,
    given: Given,
    command: str,
    away: Unreachable | None,
    seen: int | None = None,
) -> Response:
    shown = {**about(opened, command), "seen": seen}
    why = message(away) if away else None
    status = 503 if away else 200
    return page(request, "acts/unsent.html", status=status, **shown, given=given, why=why)
