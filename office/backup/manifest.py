"""What a backup says of itself: whose it is, how far the register had come, and every file in it.

It is written last, so a folder without it is no backup. It carries its own hash.
"""

import hashlib
import json
import re
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, BinaryIO, Literal

from pydantic import StringConstraints, ValidationError

from domain.errors import Code, InputError
from domain.values import Value
from office.files import CHUNK, made, opened, text_of
from register.chain import canonical_text

NAME = "manifest.json"

IN_PLACE = r"^(register\.(db|dump)|files/(T?\d{4}-\d{4,}/)?[0-9a-f]{64})$"

FileName = Annotated[str, StringConstraints(pattern=IN_PLACE)]
"""Where a file lies in the backup, and nothing else: what is put back lands in its place alone."""


def is_name(given: str) -> bool:
    """Whether a file of that name belongs into a backup."""
    return re.fullmatch(IN_PLACE, given) is not None


class FileLine(Value):
    """One file; `size` in bytes."""

    sha256: str
    size: int


class Manifest(Value):
    """`revision` of the register's tables; `installation`, `epoch`: its bond (None: nobody ever
    drove it); `newest`: when its last entry was written; `last_numbers`: the last number of each
    year."""

    form: Literal[1] = 1
    made_at: datetime
    revision: str
    installation: str | None
    epoch: int | None
    newest: datetime | None
    last_numbers: Mapping[int, int]
    cases: int
    events: int
    files: Mapping[FileName, FileLine]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(line.size for line in self.files.values())


class _Sealed(Value):
    """The manifest and the hash of its text."""

    manifest: dict[str, object]
    sha256: str


def write(manifest: Manifest, folder: Path) -> None:
    """Into the folder of the backup. Raises OSError."""
    said = manifest.model_dump(mode="json")
    whole = {"manifest": said, "sha256": _digest(said)}
    with made(folder / NAME) as out:
        out.write(json.dumps(whole, ensure_ascii=False, indent=1).encode())


def read(folder: Path) -> Manifest:
    """That of a backup. InputError: no_backup, backup_damaged, backup_newer."""
    if not (folder / NAME).is_file():
        raise InputError(Code.NO_BACKUP, folder=folder)
    try:
        whole = _Sealed.model_validate_json(text_of(folder / NAME))
    except ValidationError as error:
        raise damaged(folder, NAME) from error
    if whole.sha256 != _digest(whole.manifest):
        raise damaged(folder, NAME)
    try:
        return Manifest.model_validate(whole.manifest)
    except ValidationError as error:  # whole, and yet not of our form
        raise InputError(Code.BACKUP_NEWER, folder=folder) from error


def damaged(folder: Path, name: str) -> InputError:
    """The error that names the file."""
    return InputError(Code.BACKUP_DAMAGED, folder=folder, file=name)


def _digest(said: Mapping[str, object]) -> str:
    return hashlib.sha256(canonical_text(said).encode()).hexdigest()


def line_of(file: Path) -> FileLine:
    """The file as it is. Raises OSError, InputError(file_unreadable, file_not_plain)."""
    return _through(file, None)


def copied(source: Path, target: Path) -> FileLine:
    """A copy for its own account only, and what was copied. Raises OSError, InputError
    (file_unreadable, file_not_plain)."""
    with made(target) as out:
        return _through(source, out)


def _through(source: Path, out: BinaryIO | None) -> FileLine:
    digest, size = hashlib.sha256(), 0
    with opened(source, sys.maxsize) as given:
        while chunk := given.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            if out is not None:
                out.write(chunk)
    return FileLine(sha256=digest.hexdigest(), size=size)
