"""`yishen evidence ID`: the evidence sheet of a limit, as a file for the record or for a court."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import texts
from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.session import open_register, settings
from cli.frame.words import say
from domain.errors import Code, InputError
from speech.words import limit as limit_name
from speech.words import spoken

if TYPE_CHECKING:
    from office.answers.papers import Issued

FORMATS: dict[str, Literal["json", "html", "pdf"]] = {
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
}


def commands() -> Iterator[Command]:
    """The one command."""
    yield Command("evidence", "look", evidence, reads=True)


def evidence(
    case: params.CaseId,
    limit_name: Annotated[str, typer.Option("--limit", metavar="NAME")] = "reply",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE")] = None,
    as_of: Annotated[
        date | None, typer.Option("--as-of", metavar="DATE", parser=params.day)
    ] = None,
    seq: Annotated[int | None, typer.Option("--seq", metavar="N", min=1)] = None,
    as_user: params.AsUser = None,
) -> None:
    from office.answers.papers import Asked, issue

    if as_of is not None and seq is not None:
        options = "--as-of, --seq"
        raise InputError(
            Code.USAGE, detail=say("usage.one_of", options=options), help="yishen evidence --help"
        )
    # A machine that names no file wants the content; a person wants the paper.
    wanted = ("json" if show.wants_json() else "pdf") if out is None else _format(out)
    with open_register() as register:
        asked = Asked(case, str(as_user), limit_name, seq, as_of, spoken(), wanted)
        issued = issue(settings(), register, asked)
    if out is None and not show.wants_json():
        out = Path(f"evidence-{case}-{issued.line.subject.replace(':', '-')}-{issued.line.seq}.pdf")
    if out is not None:
        write_whole(out, (issued.content,))
    if show.wants_json():
        _emit(issued, out)
    else:
        _report(issued, out)


def _format(out: Path) -> Literal["json", "html", "pdf"]:
    found = FORMATS.get(out.suffix.lower())
    if found is None:
        known = say("usage.choices", choices=", ".join(f"FILE{suffix}" for suffix in FORMATS))
        detail = say("usage.bad", option="--out", detail=known)
        raise InputError(Code.USAGE, detail=detail, help="yishen evidence --help")
    return found


def write_whole(out: Path, content: Iterable[bytes]) -> None:
    """The whole file or none, also where `content` breaks off. InputError(file_not_writable)."""
    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=".part-")
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.writelines(content)
        part.replace(out)
    except OSError as error:
        detail = error.strerror or str(error)
        raise InputError(Code.FILE_NOT_WRITABLE, file=out, detail=detail) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def _emit(issued: "Issued", out: Path | None) -> None:
    line = issued.line
    show.emit(
        {
            "case": line.case_id,
            "limit": issued.sheet.limit,
            "ref": issued.sheet.ref,
            "seq": line.seq,
            "lang": line.lang or None,
            "format": line.format,
            "file": out,
            "sha256": line.sha256,
            "content_sha256": line.content_sha256,
            "issued_on": issued.sheet.issued_on,
            "again": issued.again,
            "same": issued.sheet.same,
            "content": issued.sheet,
        }
    )


def _report(issued: "Issued", out: Path | None) -> None:
    sheet, line = issued.sheet, issued.line

    def words(key: str, **values: object) -> str:
        return texts.text(spoken(), f"evidence.{key}", **values)

    limit = limit_name(sheet.limit, sheet.ref)
    key = "done.again" if issued.again else "done.issued"
    show.line(words(key, number=sheet.number, limit=limit, seq=sheet.seq))
    verdict = words("check.same" if sheet.same else "check.differs")
    show.fields(
        [
            (words("done.file"), str(out)),
            (words("done.sha256"), line.sha256),
            (words("done.content"), line.content_sha256),
            (words("done.check"), verdict),
        ]
    )
