"""What is not for everyone: `yishen applicant ID`, `yishen open ID ITEM`. Each reading is permitted
by role and leaves a line in the access log."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.session import acting_user, open_register, settings
from cli.frame.words import say
from cli.papers.evidence import write_whole
from domain.case.reading import CasePart
from domain.errors import Code, InputError, YishenError
from speech.words import term

if TYPE_CHECKING:
    from office.cases.case_files import CaseFile
    from office.cases.record import Record
    from register.engine import Register

VIEWED, LOOKED_AT = "yishen-open-", 3600.0
"""Folders of what a viewer shows, and how many seconds they stay at least."""

VIEWERS = ("xdg-open", "open")
ENDINGS = {b"%PDF": ".pdf", b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"PK\x03\x04": ".docx"}
"""First bytes of what offices keep: a viewer goes by the ending of the name."""


def commands() -> Iterator[Command]:
    """The two commands."""
    yield Command("applicant", "look", applicant)
    yield Command("open", "look", open_file)


@contextmanager
def _at_the_record(case: str, given: str) -> "Iterator[tuple[Register, str, Record]]":
    """Register, who reads, and what it has of the case. InputError(unknown_case)."""
    from office.cases.record import record_of
    from office.people.names import acting_id

    with open_register() as register:
        with register.reading() as session:
            user, record = acting_id(session, given), record_of(session, case)
        yield register, user, record


def applicant(case: params.CaseId, as_user: params.AsUser = None) -> None:
    from office.access.reading import permit

    with _at_the_record(case, acting_user(as_user)) as (register, user, record):
        permit(register, user, CasePart.APPLICANT, case)
    row = record.row
    said = {
        "kind": row.applicant_kind,
        "name": row.applicant_name,
        "contact": row.applicant_contact,
        "form_wished": row.form_wished,
    }
    if show.wants_json():
        show.emit({"case": row.line.id, "number": row.line.number, "applicant": said})
        return
    show.line(f"{row.line.number}  {row.line.subject}")
    said["kind"] = term("applicant_kind", row.applicant_kind)
    show.fields([(say(f"applicant.{name}"), value or "-") for name, value in said.items()])


def open_file(
    case: params.CaseId,
    item: Annotated[str | None, typer.Argument(metavar="[ITEM]")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE")] = None,
    original: Annotated[bool, typer.Option("--original")] = False,
    as_user: params.AsUser = None,
) -> None:
    from office.access.reading import permit
    from office.cases.case_files import files_of, named
    from office.folder import CaseFolder

    with _at_the_record(case, acting_user(as_user)) as (register, user, record):
        files = files_of(record.state, record.events, original=original)
        if item is None:
            _list(case, files)
            return
        file = named(case, files, item)
        permit(register, user, file.right, case, f"{file.ref} {file.sha256}")
        _hand_over(case, file, CaseFolder(settings(), register, case).pieces(file.sha256), out)


def _list(case: str, files: "list[CaseFile]") -> None:
    if show.wants_json():
        show.emit({"case": case, "files": [asdict(file) for file in files]})
    elif not files:
        show.line(say("open.none"))
    else:
        rows = [[file.ref, file.title, file.sha256] for file in files]
        show.table([say(f"column.{c}") for c in ("ref", "title", "sha256")], rows)


def _hand_over(case: str, file: "CaseFile", pieces: Iterable[bytes], out: Path | None) -> None:
    """Write the file where it was asked for, or show it. InputError(no_viewer)."""
    viewer = next((found for name in VIEWERS if (found := shutil.which(name))), None)
    if out is None and (show.wants_json() or viewer is None):
        raise InputError(Code.NO_VIEWER, case=case, ref=file.ref)
    shown = out or _for_a_viewer() / "file"
    try:
        write_whole(shown, pieces)
    except YishenError:
        if out is None:
            shown.parent.rmdir()
        raise
    if out is None:
        shown = shown.rename(shown.with_name(_name(case, file, shown)))
    if out is None and viewer is not None:
        subprocess.Popen([viewer, str(shown)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if show.wants_json():
        show.emit({"case": case, "file": shown, **asdict(file)})
        return
    show.line(say("open.done", ref=file.ref, title=file.title, file=shown))
    show.line(say("open.checked", sha256=file.sha256))


def _for_a_viewer() -> Path:
    """A private folder for one look; those of looks long over go. In memory where the system has
    such a place for an account: what is opened never comes to the disk then."""
    place = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    for before in place.glob(f"{VIEWED}*"):
        with suppress(OSError):
            if time.time() - before.stat().st_mtime > LOOKED_AT:
                shutil.rmtree(before)
    return Path(tempfile.mkdtemp(prefix=VIEWED, dir=place))


def _name(case: str, file: "CaseFile", there: Path) -> str:
    ending = Path(file.title).suffix
    if not ending[1:].isalnum() or len(ending) > 6:
        with there.open("rb") as given:
            content = given.read(8)
        ending = next((e for start, e in ENDINGS.items() if content.startswith(start)), ".txt")
    return f"{case}-{file.ref.replace('/', '-')}{ending}"
