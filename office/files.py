"""Files as people name them: plain ones of a bounded size, since a device or a pipe has no end."""

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from domain.errors import Code, InputError

CHUNK = 1 << 20
LIMIT = 500 << 20
"""Bytes of one file unless the settings say otherwise."""

TEXT_LIMIT = 200 << 20


class Source(Protocol):
    """Where a file comes from; its text names it."""

    def chunks(self, limit: int) -> Iterator[bytes]:
        """Its content, piece by piece; of no more than `limit` bytes. InputError(file_…)."""
        ...


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A file somebody named."""

    path: Path

    def chunks(self, limit: int) -> Iterator[bytes]:
        """Its content, piece by piece. InputError as for `opened`."""
        return chunks(self.path, limit)

    def __str__(self) -> str:
        return str(self.path)


class Incoming:
    """Files named in an act: their hashes first, the files once the act may be done.

    So a refused act leaves nothing behind, and an accepted one never points nowhere. Whoever keeps
    them: `office.folder.CaseFolder`.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit
        self._seen: dict[str, Source] = {}

    def add(self, source: Path) -> str:
        """The hash of `source`, which is not kept yet. InputError as for `opened`."""
        digest = hashlib.sha256()
        for chunk in chunks(source, self.limit):
            digest.update(chunk)
        self._seen[digest.hexdigest()] = PlainFile(source)
        return digest.hexdigest()

    def take(self, digest: str, source: "Source") -> None:
        """Something of that hash, which is looked at when it is kept."""
        self._seen[digest] = source

    def __bool__(self) -> bool:
        return bool(self._seen)

    def __iter__(self) -> Iterator[tuple[str, "Source"]]:
        """Each hash, and what had it."""
        return iter(self._seen.items())


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


def made(target: Path) -> BinaryIO:
    """A new file, for its own account only. Raises OSError, also where there is one."""
    return os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def text_of(source: Path) -> str:
    """A text file somebody wrote for us, in UTF-8. InputError as for `opened`, and
    file_unreadable where it is no UTF-8."""
    try:
        with opened(source, TEXT_LIMIT) as given:
            return given.read().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(source, error) from error


def chunks(source: Path, limit: int = LIMIT) -> Iterator[bytes]:
    """The content of a plain file, piece by piece. InputError as for `opened`."""
    size = 0
    with opened(source, limit) as given:
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
