"""What other commands read to find the engine of a data folder."""

import json
import os
import tempfile
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from starter.engine.lock import is_held
from starter.engine.paths import DataFolder


class Way(StrEnum):
    """How the engine was found or made; the order is the order of trying."""

    CONFIGURED = "configured"
    ON_PATH = "on_path"
    CACHED = "cached"
    DOWNLOADED = "downloaded"
    BUILT = "built"


class EngineRecord(BaseModel):
    """`engine.json`: the engine that serves this data folder now."""

    model_config = ConfigDict(frozen=True)

    address: str
    namespace: str
    way: Way
    pid: int
    """Of the server process; the process that started it holds the lock."""
    time_skipping: bool = False
    tls: bool = False
    """Its ports ask for the certificate; a dev server's can't."""
    started: datetime


class Origin(BaseModel):
    """`engine-origin.json`: what made the database. It is opened the same way again."""

    model_config = ConfigDict(frozen=True)

    way: Way
    version: str


def write_atomically(path: Path, text: str) -> None:
    """Readers see the old file or the whole new one."""
    fd, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(fd, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def find_running(data_dir: Path) -> EngineRecord | None:
    """The engine that serves `data_dir` now, else None.

    A record left by a killed parent is not believed: the folder's lock must be held (it is held
    as long as parent or server live) and the server's process must exist.
    """
    folder = DataFolder.at(data_dir)
    record = read_record(folder.running)
    if record is None or not is_held(folder.lock) or not process_exists(record.pid):
        return None
    return record


def read_record(path: Path) -> EngineRecord | None:
    """The record as written, stale or not; None when there is none that can be read."""
    try:
        return EngineRecord.model_validate_json(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValidationError):
        return None


def read_origin(path: Path) -> Origin | None:
    """What made the database; None when unknown."""
    try:
        return Origin.model_validate_json(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValidationError):
        return None


def dump(model: BaseModel) -> str:
    """The model as readable JSON."""
    return json.dumps(model.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def process_exists(pid: int) -> bool:
    """Whether a process of this id lives (a finished one not yet waited for counts as gone)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        # Linux: state is the first field after the name in parentheses; Z is a zombie.
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return True
    return state != "Z"
