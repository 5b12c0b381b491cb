"""A notice loaded: filled in, previewed, applied; what the run across the cases has done since."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.calendar.file import CalendarFile
from domain.calendar.model import Calendar
from domain.case.reading import CasePart, readers
from domain.errors import Code, InputError, Problem, Refusal, Unreachable, YishenError
from office import calendar_change as changing
from office.access.attempts import logged
from office.access.door import require_admin
from office.answers.calendars import packaged
from office.calendar_notice import DAYS, WORDS, notice_of
from office.desk import Reading
from office.legal_time import legal_now
from register.reads.calendars import held_days
from speech.calendar_moves import calendar_preview
from speech.calendars import calendar_text, expected, result_rows, worst_first
from speech.names import NameBook, names
from speech.refusals import messages
from web.frame.errors import status_of
from web.frame.forms import sent, texts_of
from web.frame.gate import ByWhom, Who
from web.frame.pages import page, say

router = APIRouter()

FIELDS = (*WORDS, *DAYS, "year", "issued")
LABELS = {"organ": "calendar.organ"}
"""Texts of fields that are called what they are called elsewhere."""

EDITION, STEP, FILE = "_edition", "_step", "file"
"""What the preview rests on, which button was pressed, and the text of a file that was given
instead of a form."""

MOST = 200
"""Cases named under one heading: a notice may touch every open case of a country."""


@router.get("/calendar/load")
async def form(request: Request, who: ByWhom) -> Response:
    """The form of a notice. Refusal(not_an_admin)."""
    await who.process.read(lambda session: require_admin(session, who.id))
    return await _form(request, who, {"kind": "year", "year": str(legal_now().year + 1)})


@router.post("/calendar/load")
async def load(request: Request, who: ByWhom) -> Response:
    """Preview what was filled in; applied once that was agreed to."""
    given = dict(texts_of(await sent(request, who)))
    filled = {name: given[name] for name in FIELDS if given.get(name, "").strip()}
    fields = {FILE: given[FILE]} if given.get(FILE, "").strip() else filled
    if given.get(STEP) == "edit":
        return await _form(request, who, fields)
    desk = who.desk()
    async with logged(desk, who.id, "calendar_loaded"):
        await who.process.read(lambda session: require_admin(session, who.id))
    try:
        plan = await who.process.read(lambda session: _plan(session, fields))
    except changing.WrongFileError as wrong:
        if FILE in fields:
            return await _form(request, who, fields, error=wrong)
        return await _form(request, who, fields, _problems(wrong))
    except InputError as error:
        return await _form(request, who, fields, error=error)
    changed = given.get(EDITION, "") not in ("", str(plan.before.edition))
    if given.get(STEP) != "apply" or changed:
        return await _preview(request, who, fields, plan, changed=changed)
    from office.running import revision_run

    try:
        async with logged(desk, who.id, "calendar_loaded"):
            await desk.client()  # nothing is kept while there is no engine to bring it to the cases
            await changing.load(desk, plan, who.id)
            await revision_run.start(desk, plan.version)
    except (Refusal, InputError, Unreachable) as error:
        return await _preview(request, who, fields, plan, error=error)
    return RedirectResponse(f"/calendar/versions/{plan.version}", 303)


@router.post("/calendar/load/file")
async def load_file(request: Request, who: ByWhom) -> Response:
    """The same of a file: previewed, then applied like a form."""
    form = await sent(request, who, files=1)
    await who.process.read(lambda session: require_admin(session, who.id))
    given = form.get(FILE)
    name = (given.filename if isinstance(given, UploadFile) else "") or FILE
    try:
        content = await given.read() if isinstance(given, UploadFile) else b""
        fields = {FILE: content.decode("utf-8-sig")}
        plan = await who.process.read(lambda session: _plan(session, fields, Path(name)))
    except UnicodeDecodeError:
        wrong = changing.WrongFileError(Path(name), [Problem("file", "utf8")])
        return await _form(request, who, {}, error=wrong)
    except InputError as error:
        return await _form(request, who, {}, error=error)
    return await _preview(request, who, fields, plan)


@router.get("/calendar/versions/{version}")
async def result(request: Request, who: ByWhom, version: str) -> Response:
    """What a version did so far, from the register: the run goes on without the page."""

    def read(session: Reading) -> tuple[changing.LoadedVersion, NameBook]:
        return changing.loaded_version(session, version, legal_now()), names(session)

    found, known = await who.process.read(read)
    return page(
        request,
        "calendar/version.html",
        found=found,
        line=found.line,
        known=known,
        rows=list(result_rows(found.results)),
        linked=_opens_cases(who),
        word=calendar_text,
    )


def _opens_cases(who: Who) -> bool:
    """Whether the person has a role that opens cases: an administrator alone opens none."""
    return who.holds(*readers(CasePart.PAGE))


def _plan(
    session: Reading, fields: Mapping[str, str], path: Path = changing.FILLED_IN
) -> changing.Plan:
    """Raises WrongFileError, InputError(bad_law_file, calendar_changes_nothing)."""
    today = legal_now().date()
    file: CalendarFile | Calendar
    if FILE in fields:
        file = changing.file_of(fields[FILE], path)
    else:
        calendar: Calendar = held_days(session).calendar or packaged()
        file = notice_of(fields, calendar.weekend, today)
    plan = changing.plan_of(file, path, session, today)
    if plan.changes.region is None and not plan.reaches and not plan.known:
        raise InputError(Code.CALENDAR_CHANGES_NOTHING, file=plan.version)
    return plan


def _problems(wrong: changing.WrongFileError) -> dict[str, str]:
    """By field of the form; of a list, each of its problems."""
    found: dict[str, list[str]] = {}
    for problem in wrong.problems:
        name = problem.field.partition("[")[0]
        field = "year" if name == "years" else name if name in FIELDS else "kind"
        found.setdefault(field, []).append(expected(problem))
    return {name: " ".join(dict.fromkeys(words)) for name, words in found.items()}


async def _form(
    request: Request,
    who: Who,
    given: Mapping[str, str],
    problems: Mapping[str, str] | None = None,
    error: YishenError | None = None,
) -> Response:
    known = await who.process.read(names)
    return page(
        request,
        "calendar/load.html",
        status=422 if problems or error else 200,
        given=given,
        problems=problems or {},
        lines=messages(error) if error else [],
        labels={name: say(LABELS.get(name, f"calendar.field.{name}")) for name in problems or {}},
        known=known,
    )


async def _preview(
    request: Request,
    who: Who,
    fields: Mapping[str, str],
    plan: changing.Plan,
    *,
    changed: bool = False,
    error: YishenError | None = None,
) -> Response:
    def read(session: Reading) -> tuple[list[changing.TouchedCase], NameBook]:
        return changing.preview(session, plan, legal_now()), names(session)

    touched, known = await who.process.read(read)
    shown = [case for case in touched if not case.training]
    values: dict[str, Any] = {
        "word": calendar_text,
        "shown": calendar_preview(worst_first(shown), known, legal_now().date()),
        "most": MOST,
        "linked": _opens_cases(who),
        "touched": len(shown),
        "moved": sum(any(move.moved for move in case.moves) for case in shown),
        "training": len(touched) - len(shown),
    }
    return page(
        request,
        "calendar/preview.html",
        status=status_of(error) if error else 200,
        **values,
        plan=plan,
        fields=fields,
        changed=changed,
        lines=messages(error) if error else [],
    )
