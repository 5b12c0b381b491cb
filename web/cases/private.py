"""What of a case is read apart from its page, each reading written down before it is shown: the
applicant, the files, and what is handed out of it."""

from collections.abc import Iterator
from itertools import chain

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from office.acts.forms import form_of
from office.answers.papers import Asked, Format, issue
from office.cases.case_files import file_name
from office.cases.private import applicant_of, opened_file
from office.forgetting.export import handed_export
from speech.words import spoken
from web.acts.fields import label_of
from web.frame.asked import CaseCalled
from web.frame.gate import ByWhom, Who
from web.frame.pages import page

router = APIRouter()

TYPES: dict[Format, str] = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}


@router.get("/cases/{case}/applicant")
async def applicant(request: Request, who: ByWhom, case: CaseCalled) -> Response:
    """Who asked; that this was read is in the access log first."""
    register, asked_by = who.process.register, who.session.asked_by
    found = await who.process.write(lambda: applicant_of(register, who.id, case, asked_by))
    asked = form_of("registered").fields
    details = [
        (label_of(field), said)
        for field in asked
        if (said := found.details.get(field.name)) is not None
    ]
    return page(request, "cases/applicant.html", line=found.line, applicant=found, details=details)


@router.get("/cases/{case}/files/{ref:path}")
async def file(who: ByWhom, case: CaseCalled, ref: str) -> Response:
    """A file as it is kept, to be saved; that it was opened is in the access log first."""

    def open_it() -> tuple[str, Iterator[bytes]]:
        process = who.process
        found, pieces = opened_file(
            process.settings, process.register, who.id, case, ref, asked_by=who.session.asked_by
        )
        head = next(pieces, b"")  # what is lost is said so, before anything is sent
        return file_name(case, found, head), chain((head,), pieces)

    name, pieces = await who.process.write(open_it)
    return StreamingResponse(
        pieces, media_type="application/octet-stream", headers=_attachment(name)
    )


@router.get("/cases/{case}/export")
async def export(who: ByWhom, case: CaseCalled) -> Response:
    """All of the case as one file for an archive; that it went out is in the access log first."""

    def begin() -> tuple[str, Iterator[bytes]]:
        process, asked_by = who.process, who.session.asked_by
        return handed_export(process.settings, process.register, who.id, case, asked_by)

    name, pieces = await who.process.write(begin)
    return StreamingResponse(pieces, media_type="application/zip", headers=_attachment(name))


@router.get("/cases/{case}/evidence")
async def evidence(
    who: ByWhom, case: CaseCalled, limit: str = "reply", form: Format = "pdf"
) -> Response:
    """The evidence sheet of a limit: made once, handed out again afterwards."""
    asked = _asked(who, case, limit, form)
    process = who.process
    issued = await process.render(lambda: issue(process.settings, process.register, asked))
    line = issued.line
    name = f"{case}-{line.subject.replace(':', '-')}-{line.seq}.{form}"
    return Response(issued.content, media_type=TYPES[form], headers=_attachment(name))


def _asked(who: Who, case: str, limit: str, form: Format) -> Asked:
    return Asked(
        case=case,
        user=who.id,
        limit=limit,
        lang=spoken(),
        format=form,
        asked_by=who.session.asked_by,
    )


def _attachment(name: str) -> dict[str, str]:
    """To be saved under a name of letters and digits; browsers don't guess what it is."""
    return {"content-disposition": f'attachment; filename="{name}"'}
