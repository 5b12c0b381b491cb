"""Files that come from a browser: sealed while they come, kept by their case once its act is sent.

Nothing of them is ever plain on disk. What nobody sends on is swept after a day (`sweep`).
"""

import hashlib
import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from domain.errors import Code, InputError, Unreachable
from domain.words import ACROSS, LINE_LENGTH
from keys.cipher import Tampered
from keys.data_key import DataKey
from keys.uploads import UploadSealer, new_name, uploaded
from office.files import made
from office.running.key_store import key_of
from office.settings import Settings

PLACE = ".uploads"
LONGEST = timedelta(days=1)

_NAME = re.compile(r"[0-9a-f]{64}")
_FORM = re.compile(r"([0-9a-f]{64}):([0-9a-f]{64}):(\d{1,15}):(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Upload:
    """One that has come: `id` names it until its act is sent, `sha256` of its content, `size` in
    bytes, `name` as its sender has it."""

    id: str
    sha256: str
    size: int
    name: str

    @property
    def text(self) -> str:
        """The same as one field of a form."""
        return f"{self.id}:{self.sha256}:{self.size}:{self.name}"

    @classmethod
    def read(cls, text: str) -> "Upload":
        """From the field of a form. InputError(upload_gone)."""
        found = _FORM.fullmatch(text)
        if found is None:
            raise InputError(Code.UPLOAD_GONE, file=text[:40])
        return cls(found[1], found[2], int(found[3]), found[4])


class Uploads:
    """Uploads for one case; without one, for a request that is being registered. Raises
    Refusal(words_destroyed), Unreachable(key_…)."""

    def __init__(self, settings: Settings, case: str | None = None) -> None:
        self._settings = settings
        self._case = case or ACROSS

    def begin(self, name: str) -> "UploadWriter":
        """Where the pieces of a file go; `name` as its sender has it."""
        return UploadWriter(self._place, self._key, _plain_name(name), self._settings.largest_file)

    def source(self, upload: Upload) -> "UploadedFile":
        """Its content, for whoever keeps it."""
        return UploadedFile(self._place / upload.id, self._key, upload)

    def there(self, upload: Upload) -> bool:
        """Whether nobody has sent it on or swept it."""
        return (self._place / upload.id).exists()

    def drop(self, upload: Upload) -> None:
        """It is kept elsewhere, or nobody wants it."""
        (self._place / upload.id).unlink(missing_ok=True)

    @property
    def _place(self) -> Path:
        return self._settings.files / PLACE

    @property
    def _key(self) -> DataKey:
        return key_of(self._settings, self._case)


class UploadWriter:
    """Seals a file that is coming. Either `end` or `drop` comes last."""

    def __init__(self, place: Path, key: DataKey, name: str, limit: int) -> None:
        self._id = new_name()
        self._path = place / self._id
        self._name = name
        self._limit = limit
        self._size = 0
        self._digest = hashlib.sha256()
        self._sealer = UploadSealer(key, self._id)
        try:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._out = made(self._path)
            self._out.write(self._sealer.head)
        except OSError as error:
            raise _not_kept(place, error) from error

    def write(self, piece: bytes) -> None:
        """The next piece. InputError(file_too_large), Unreachable(file_not_kept)."""
        self._size += len(piece)
        if self._size > self._limit:
            raise InputError(Code.FILE_TOO_LARGE, file=self._name, limit=self._limit >> 20)
        self._digest.update(piece)
        try:
            self._out.write(self._sealer.piece(piece))
        except OSError as error:
            raise _not_kept(self._path.parent, error) from error

    def end(self) -> Upload:
        """It has come whole. InputError(upload_empty), Unreachable(file_not_kept)."""
        if not self._size:
            raise InputError(Code.UPLOAD_EMPTY, file=self._name)
        try:
            with self._out as out:
                out.write(self._sealer.end())
                out.flush()
                os.fsync(out.fileno())
        except OSError as error:
            raise _not_kept(self._path.parent, error) from error
        return Upload(self._id, self._digest.hexdigest(), self._size, self._name)

    def drop(self) -> None:
        """It was broken off, or is refused."""
        with suppress(OSError):  # a full disk: what was not written yet is nobody's any more
            self._out.close()
        self._path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """The content of an upload, as `office.files.Incoming` takes it."""

    path: Path
    key: DataKey
    upload: Upload

    def chunks(self, limit: int) -> Iterator[bytes]:
        """Piece by piece. InputError(upload_gone, file_too_large)."""
        if self.upload.size > limit:
            raise InputError(Code.FILE_TOO_LARGE, file=self.upload.name, limit=limit >> 20)
        try:
            with self.path.open("rb") as file:
                yield from uploaded(self.key, self.upload.id, file)
        except (OSError, Tampered) as error:
            raise InputError(Code.UPLOAD_GONE, file=self.upload.name) from error

    def __str__(self) -> str:
        return self.upload.name


def sweep(settings: Settings) -> None:
    """Away with what nobody sent on for a day. Raises OSError."""
    oldest = time.time() - LONGEST.total_seconds()
    for path in (settings.files / PLACE).glob("*"):
        with suppress(FileNotFoundError):  # sent on, or dropped, at this moment
            if _NAME.fullmatch(path.name) and path.stat().st_mtime < oldest:
                path.unlink()


def _plain_name(name: str) -> str:
    """The last part of what a browser says, without what is no letter of a name."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in last if c.isprintable()).strip()
    return (kept or "-")[:LINE_LENGTH]


def _not_kept(place: Path, error: OSError) -> Unreachable:
    return Unreachable(Code.FILE_NOT_KEPT, folder=place, detail=error.strerror or str(error))
