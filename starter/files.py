"""Evidence and record items, kept by SHA-256: one file per content, never written twice."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from domain.errors import Code, InputError

CHUNK = 1 << 20


def keep(source: Path, folder: Path) -> str:
    """Copy `source` into `folder` under its SHA-256; the hash.

    Atomic: a name is there with its whole content or not at all, also after a power cut.
    InputError(file_unreadable) when the source can't be read.
    """
    try:
        given = source.open("rb")
    except OSError as error:
        raise _unreadable(source, error) from error
    with given:
        return _keep(_chunks(source, given), folder)


def keep_bytes(content: bytes, folder: Path) -> str:
    """The same for what is at hand."""
    return _keep((content,), folder)


def _chunks(source: Path, given: BinaryIO) -> Iterator[bytes]:
    try:
        while chunk := given.read(CHUNK):
            yield chunk
    except OSError as error:
        raise _unreadable(source, error) from error


def _unreadable(source: Path, error: OSError) -> InputError:
    detail = error.strerror or str(error)
    return InputError(Code.FILE_UNREADABLE, file=source, detail=detail)


def _keep(chunks: Iterable[bytes], folder: Path) -> str:
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
        if target.exists():
            part.unlink()
        else:
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
