"""Evidence and record items, kept by SHA-256: one file per content, never written twice."""

import hashlib
import os
import tempfile
from pathlib import Path

from domain.errors import Code, InputError

CHUNK = 1 << 20


def keep(source: Path, folder: Path) -> str:
    """Copy `source` into `folder` under its SHA-256; the hash.

    Atomic: a name is there with its whole content or not at all, also after a power cut.
    InputError(file_unreadable) when the source can't be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    handle, name = tempfile.mkstemp(dir=folder, prefix=".part-")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            try:
                with source.open("rb") as given:
                    while chunk := given.read(CHUNK):
                        digest.update(chunk)
                        out.write(chunk)
            except OSError as error:
                detail = error.strerror or str(error)
                raise InputError(Code.FILE_UNREADABLE, file=source, detail=detail) from error
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
