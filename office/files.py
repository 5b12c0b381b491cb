"""Evidence and record items, kept by SHA-256: one file per content, whole, and still the same.

Only plain files of a bounded size are taken: a device or a pipe has no end. What is kept is
compared with its name at every use, since whoever can write to the folder can change it.
"""

import hashlib
import logging
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from domain.errors import Code, InputError, Unreachable

CHUNK = 1 << 20
LIMIT = 500 << 20
"""Bytes of one file unless the settings say otherwise."""

TEXT_LIMIT = 200 << 20

# To standard error: a command that answers machines keeps its output clean.
log = logging.getLogger(__name__)


class Incoming:
    """Files named in an act: their hashes first, the files once the act may be done.

    So a refused act leaves nothing behind, and an accepted one never points nowhere.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        self._folder = folder
        self._limit = limit
        self._seen: dict[str, Path] = {}

    def add(self, source: Path) -> str:
        """The hash of `source`, which is not kept yet. InputError as for `keep`."""
        digest = hashlib.sha256()
        with opened(source, self._limit) as given:
            for chunk in _chunks(source, given, self._limit):
                digest.update(chunk)
        self._seen[digest.hexdigest()] = source
        return digest.hexdigest()

    def __bool__(self) -> bool:
        return bool(self._seen)

    def keep(self) -> None:
        """Keep them all. InputError(file_changed) where one is not what it was."""
        for digest, source in self._seen.items():
            if keep(source, self._folder, self._limit) != digest:
                raise InputError(Code.FILE_CHANGED, file=source)


def opened(source: Path, limit: int = LIMIT) -> BinaryIO:
    """A plain file, opened for reading.

    InputError: file_unreadable (also for a folder, device or pipe), file_too_large.
    """
    try:
        # Without O_NONBLOCK opening a pipe waits for somebody who writes.
        handle = os.open(source, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise _unreadable(source, error) from error
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        os.close(handle)
        raise InputError(Code.FILE_NOT_PLAIN, file=source)
    if found.st_size > limit:
        os.close(handle)
        raise _too_large(source, limit)
    return os.fdopen(handle, "rb")


def text_of(source: Path) -> str:
    """A text file somebody wrote for us, in UTF-8. InputError as for `opened`, and
    file_unreadable where it is no UTF-8."""
    try:
        with opened(source, TEXT_LIMIT) as given:
            return given.read().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(source, error) from error


def keep(source: Path, folder: Path, limit: int = LIMIT) -> str:
    """Copy `source` into `folder` under its SHA-256; the hash.

    Atomic: a name is there with its whole content or not at all, also after a power cut. A kept
    file that was changed is put aside as `NAME.damaged` and replaced by the true one.
    InputError: file_unreadable, file_not_plain, file_too_large. Unreachable(file_not_kept).
    """
    with opened(source, limit) as given:
        return _keep(_chunks(source, given, limit), folder)


def keep_bytes(content: bytes, folder: Path) -> str:
    """The same for what is at hand."""
    return _keep((content,), folder)


def content_of(folder: Path, digest: str) -> bytes:
    """The kept bytes, compared with their name. Unreachable(file_lost): gone, or not the same."""
    try:
        content = (folder / digest).read_bytes()
    except OSError as error:
        detail = error.strerror or str(error)
        raise Unreachable(Code.FILE_LOST, file=digest, detail=detail) from error
    _compare(digest, hashlib.sha256(content).hexdigest())
    return content


def check_kept(folder: Path, digest: str) -> None:
    """That the kept file is there and the same, without holding it. Unreachable(file_lost)."""
    try:
        found = _hash_of(folder / digest)
    except OSError as error:
        detail = error.strerror or str(error)
        raise Unreachable(Code.FILE_LOST, file=digest, detail=detail) from error
    _compare(digest, found)


def _compare(digest: str, found: str) -> None:
    if found != digest:
        raise Unreachable(Code.FILE_LOST, file=digest, detail=f"SHA-256 {found}")


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _chunks(source: Path, given: BinaryIO, limit: int) -> Iterator[bytes]:
    size = 0
    try:
        while chunk := given.read(CHUNK):
            size += len(chunk)
            if size > limit:  # it grew
                raise _too_large(source, limit)
            yield chunk
    except OSError as error:
        raise _unreadable(source, error) from error


def _unreadable(source: Path, error: Exception) -> InputError:
    detail = getattr(error, "strerror", None) or str(error)
    return InputError(Code.FILE_UNREADABLE, file=source, detail=detail)


def _too_large(source: Path, limit: int) -> InputError:
    return InputError(Code.FILE_TOO_LARGE, file=source, limit=limit >> 20)


def _keep(chunks: Iterable[bytes], folder: Path) -> str:
    try:
        return _kept(chunks, folder)
    except OSError as error:
        detail = error.strerror or str(error)
        raise Unreachable(Code.FILE_NOT_KEPT, folder=folder, detail=detail) from error


def _kept(chunks: Iterable[bytes], folder: Path) -> str:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    handle, name = tempfile.mkstemp(dir=folder, prefix=".part-")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in chunks:
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        target = folder / digest.hexdigest()
        if target.exists() and _hash_of(target) == target.name:
            part.unlink()
        else:
            if target.exists():
                aside = target.with_name(f"{target.name}.damaged")
                target.replace(aside)
                values = {"file": target, "aside": aside}
                log.warning("%(file)s was changed: %(aside)s", values, extra={"key": "changed"})
            part.replace(target)
            _sync(folder)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def _sync(folder: Path) -> None:
    """Make the new name itself durable; not every system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
