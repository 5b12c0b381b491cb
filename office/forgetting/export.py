"""A case as an archive can read it without us (`ExportContent`): as a folder that is whole, or not
there; or as one file for whoever works in a browser."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from domain.case.people import AskedBy
from domain.case.reading import CasePart
from domain.errors import Code, InputError
from office.access.reading import permit
from office.files import made
from office.forgetting.export_content import FORM, MANIFEST, ExportContent
from office.settings import Settings
from register.engine import Register


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many files in all, and the hash of the last entry."""

    folder: Path
    files: int
    bytes: int
    head: str


def export_case(
    settings: Settings, register: Register, case: str, to: Path, *, by: str
) -> Exported:
    """Write the case into the new folder `to`. Whoever calls has seen that `by` may read it all.

    InputError: unknown_case, file_exists, export_inside_data, file_not_writable.
    Refusal(words_destroyed). Unreachable: file_lost, key_…, register_….
    """
    to = to.expanduser().absolute()
    if to.resolve().is_relative_to(settings.data.resolve()):
        raise InputError(Code.EXPORT_INSIDE_DATA, folder=to, data=settings.data)
    if to.exists():
        raise InputError(Code.FILE_EXISTS, file=to)
    content = ExportContent(settings, register, case, by)
    begun = to.with_name(f".{to.name}.unfinished")
    try:
        shutil.rmtree(begun, ignore_errors=True)  # ours, broken off
        begun.mkdir(mode=0o700, parents=True)
        for name, pieces in content.files():
            _write(begun / name, pieces)
        os.sync()  # before the name says that it is whole
        begun.rename(to)
    except OSError as error:
        detail = error.strerror or str(error)
        raise InputError(Code.FILE_NOT_WRITABLE, file=to, detail=detail) from error
    finally:
        shutil.rmtree(begun, ignore_errors=True)
    size = sum(line["bytes"] for line in content.lines.values())
    return Exported(to, len(content.lines), size, content.head)


def _write(file: Path, pieces: Iterable[bytes]) -> None:
    """For their own account only."""
    file.parent.mkdir(mode=0o700, exist_ok=True)
    with made(file) as out:
        for piece in pieces:
            out.write(piece)


def handed_export(
    settings: Settings, register: Register, user: str, case: str, asked_by: AskedBy
) -> tuple[str, Iterator[bytes]]:
    """The same as a ZIP for somebody who may read it all: its name and bytes, made as they are
    asked for, never on a disk in plain; that it went out is in the access log first. One that was
    broken off lacks its list of contents, so nobody takes it for whole. Raises what `permit` does
    and what `ExportContent` does."""
    name = f"{case}.zip"
    permit(register, user, CasePart.EXPORT, case, name, asked_by)
    return name, _zipped(ExportContent(settings, register, case, user))


def _zipped(content: ExportContent) -> Iterator[bytes]:
    out = _Passing()
    with ZipFile(out, "w") as archive:
        for name, pieces in content.files():
            entry = ZipInfo(name, content.at.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece)
                    yield out.taken()
    yield out.taken()


class _Passing:
    """What was written since it was last taken; nothing to go back in."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, piece: bytes) -> int:
        self._written += piece
        return len(piece)

    def flush(self) -> None:
        """There is nothing behind it."""

    def close(self) -> None:
        """Nor to be closed."""

    def taken(self) -> bytes:
        written = bytes(self._written)
        self._written.clear()
        return written


def is_export_of(folder: Path, case: str, head: str) -> bool:
    """Whether a whole export of the case up to the entry of that hash lies there, every byte as its
    manifest says."""
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if (said["form"], said["case"], said["head"]) != (FORM, case, head):
            return False
        return all(_same(folder / name, line["sha256"]) for name, line in said["files"].items())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _same(file: Path, digest: str) -> bool:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == digest
