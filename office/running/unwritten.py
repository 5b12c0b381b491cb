"""Acts that a case has answered and that were not on record when their command stopped waiting.

Whoever sent one was told that the register follows. If the engine is lost before it does, nobody
else knows of it; so the command leaves a line in the data folder. The line goes once the act is on
record; one that never came there stays, and rebuilding names it.
"""

import asyncio
import fcntl
import json
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from domain.case.act import Act
from office.desk import Desk
from register.reads import queries

FILE = "unwritten.jsonl"


@dataclass(frozen=True, slots=True)
class Answered:
    """One act: no words of it, only who did what to which case, and under which id. `at`: when it
    was answered, in UTC."""

    case: str
    command_id: str
    kind: str
    person: str
    at: str

    @classmethod
    def of(cls, act: Act, case: str) -> "Answered":
        """An act of this moment."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return cls(case, act.command_id, act.what.kind, act.actor.person, now)

    @property
    def command(self) -> tuple[str, str]:
        """What tells it from every other."""
        return self.case, self.command_id


def keep_in_mind(data: Path, act: Answered) -> None:
    """A line for it, one that a power cut leaves there. A folder that takes none is no reason to
    say no to an act that was accepted."""
    line = json.dumps(asdict(act), ensure_ascii=False) + "\n"
    with suppress(OSError), _alone(data / FILE) as fd:
        size = os.fstat(fd).st_size
        if size and os.pread(fd, 1, size - 1) != b"\n":  # half a line, of a full disk
            line = f"\n{line}"
        os.write(fd, line.encode())
        os.fsync(fd)


def in_mind(data: Path) -> list[Answered]:
    """All that has a line; half a line is left out."""
    found = []
    with suppress(FileNotFoundError):
        for line in (data / FILE).read_text("utf-8", "replace").splitlines():
            with suppress(ValueError, TypeError):
                found.append(Answered(**json.loads(line)))
    return found


def not_on_record(session: Session, acts: Iterable[Answered]) -> list[Answered]:
    """Those whose command left no event of their case; each once, in the order of the answers."""
    once = {act.command: act for act in acts}
    there = queries.recorded_commands(session, [act.command_id for act in once.values()])
    left = [act for act in once.values() if act.command not in there]
    return sorted(left, key=lambda act: (act.at, act.case))


async def forget_written(desk: Desk) -> None:
    """Take away the lines of what has come on record meanwhile. Raises Unreachable."""
    data = desk.settings.data
    if not (data / FILE).exists():
        return
    acts = await asyncio.to_thread(in_mind, data)
    left = {act.command for act in await desk.read(partial(not_on_record, acts=acts))}
    await asyncio.to_thread(forget, data, {act.command for act in acts} - left)


def forget(data: Path, commands: Collection[tuple[str, str]]) -> None:
    """Take away the lines of `commands`; without any other line the file goes. Broken off at any
    point, all lines are there or all but these."""
    path, other = data / FILE, data / f"{FILE}.new"
    with suppress(OSError), _alone(path):
        left = [act for act in in_mind(data) if act.command not in commands]
        if not left:
            path.unlink()
            return
        with open(os.open(other, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.writelines(
                f"{json.dumps(asdict(act), ensure_ascii=False)}\n".encode() for act in left
            )
            file.flush()
            os.fsync(file.fileno())
        other.replace(path)


@contextmanager
def _alone(path: Path) -> Iterator[int]:
    """The file, made where there is none, with nobody else at it."""
    while True:
        fd = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX)
            if _is_at(fd, path):
                yield fd
                return
        finally:
            os.close(fd)


def _is_at(fd: int, path: Path) -> bool:
    """Whether nobody has put another file there, or none, while we waited for this one."""
    try:
        return os.path.samestat(os.fstat(fd), path.stat())
    except FileNotFoundError:
        return False
