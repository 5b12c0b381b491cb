"""One engine per data folder: two servers on one SQLite file would both start and both serve.

The lock is `flock` on an open file. The server child inherits that file, so the folder stays
locked until the server too is gone, even when its parent was killed.
"""

import fcntl
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from domain.errors import Code, InputError


class FolderLock:
    """Holds `path` locked from construction to `release()`; refuses at once when it is held.

    Raises InputError(data_folder_in_use) naming the holder.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not _lock_briefly(self._fd):
            os.close(self._fd)
            raise InputError(
                Code.DATA_FOLDER_IN_USE, folder=path.parent, holder=describe_holder(path)
            )
        words = {"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
        os.ftruncate(self._fd, 0)
        os.pwrite(self._fd, json.dumps(words).encode(), 0)

    @property
    def fd(self) -> int:
        """To be passed to the server child, which then holds the lock too."""
        return self._fd

    def release(self) -> None:
        """Let go. The file stays: removing it would let two processes lock two different files."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def __enter__(self) -> "FolderLock":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _lock_briefly(fd: int) -> bool:
    """Lock, trying for a moment: `is_held` of another command holds it for microseconds."""
    end = time.monotonic() + 0.2
    while True:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                return False
            time.sleep(0.01)
        else:
            return True


def describe_holder(path: Path) -> str:
    """Who wrote the lock last, for people: `pid 4711, since 2026-03-02T01:00:00+00:00`."""
    try:
        words = json.loads(path.read_text())
        return f"pid {words['pid']}, since {words['since']}"
    except (OSError, ValueError, KeyError):
        return "pid ?"


def is_held(path: Path) -> bool:
    """Whether some process holds the lock now. Takes it for a moment to find out."""
    try:
        fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(fd)
    return False
