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
from domain.errors import Code, InputError, YishenError
from speech.files import file_title
from speech.words import spoken, term
from texts import text

if TYPE_CHECKING:
    from office.cases.case_files import CaseFile
    from register.engine import Register

VIEWED, LOOKED_AT = "yishen-open-", 3600.0
"""Folders of what a viewer shows, and how many seconds they stay at least."""

VIEWERS = ("xdg-open", "open")


def commands() -> Iterator[Command]:
    """The two commands."""
    yield Command("applicant", "look", applicant)
    yield Command("open", "look", open_file)


def applicant(case: params.CaseId, as_user: params.AsUser = None) -> None:
    from office.cases.private import applicant_of

    with _as_reader(as_user) as (register, user):
        found = applicant_of(register, user, case)
    line, said = found.line, asdict(found)
    del said["line"]
    if show.wants_json():
        show.emit({"case": line.id, "number": line.number, "applicant": said})
        return
    show.line(f"{line.number}  {line.subject}")
    said["kind"] = term("applicant_kind", found.kind)
    details = said.pop("details")
    told = [(say(f"applicant.{name}"), value or "-") for name, value in said.items()]
    more = [(text(spoken(), f"forms.label.{name}"), v) for name, v in details.items()]
    show.fields([*told, *more])


def open_file(
    case: params.CaseId,
    item: Annotated[str | None, typer.Argument(metavar="[ITEM]")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE")] = None,
    original: Annotated[bool, typer.Option("--original")] = False,
    as_user: params.AsUser = None,
) -> None:
    from office.cases.private import files_for, opened_file

    with _as_reader(as_user) as (register, user):
        if item is None:
            _list(case, files_for(register, user, case, original=original))
            return
        file, pieces = opened_file(settings(), register, user, case, item, original=original)
        _hand_over(case, file, pieces, out)


@contextmanager
def _as_reader(given: str | None) -> "Iterator[tuple[Register, str]]":
    """Register, and the id of who reads."""
    from office.people.names import acting_id

    user = acting_user(given)
    with open_register() as register:
        with register.reading() as session:
            user = acting_id(session, user)
        yield register, user


def _list(case: str, files: "list[CaseFile]") -> None:
    if show.wants_json():
        show.emit({"case": case, "files": [asdict(file) for file in files]})
    elif not files:
        show.line(say("open.none"))
    else:
        rows = [[file.ref, file_title(file), file.sha256] for file in files]
        show.table([say(f"column.{c}") for c in ("ref", "title", "sha256")], rows)


def _hand_over(case: str, file: "CaseFile", pieces: Iterable[bytes], out: Path | None) -> None:
    """Write the file where it was asked for, or show it. InputError(no_viewer)."""
    from office.cases.case_files import file_name

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
        with shown.open("rb") as given:
            name = file_name(case, file, given.read(8))
        shown = shown.rename(shown.with_name(name))
    if out is None and viewer is not None:
        subprocess.Popen([viewer, str(shown)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if show.wants_json():
        show.emit({"case": case, "file": shown, **asdict(file)})
        return
    show.line(say("open.done", ref=file.ref, title=file_title(file), file=shown))
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
