"""The registers of released states, each as text: NAME.sql, a dump, NAME.json, how the cases in it
stood when it was made, and NAME.keys.sql, the keys of its words, wrapped by `MASTER`. A state from
before words were sealed has no keys."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy.orm import Session

from domain.case.state import CaseState
from office.settings import Settings
from register.reads.filter import Filter
from register.reads.lists import case_lines
from register.reads.states import state_of

FOLDER = Path(__file__).parent / "states"

MASTER = "00" * 32
"""The master key of every state: what it opens is invented."""

KEYS = ".keys.sql"
"""What the file of the keys ends in."""

Stood = Mapping[str, Any]
"""A case as it stood: status, who has to move, last day, and its state. Without its law, calendar
and settings, which stand in its start, and without a value that nothing has set."""


def names() -> list[str]:
    """The released states there are, oldest first."""
    return sorted(path.stem for path in FOLDER.glob("*.sql") if not path.name.endswith(KEYS))


def settings_of(data: Path, timeout: float) -> Settings:
    """Those by which a state in that folder is made and opened."""
    return Settings(
        data=data,
        YISHEN_REGISTER=None,
        YISHEN_KEYS=None,
        master_key=SecretStr(MASTER),
        timeout=timeout,
        row_wait=timeout,
    )


def dump(data: Path, name: str, stood: Mapping[str, Stood], folder: Path = FOLDER) -> None:
    """Write down what the register and the key store of the data folder hold."""
    _write(data / "register.db", folder / f"{name}.sql")
    _write(data / "keys" / "keys.db", folder / f"{name}{KEYS}")
    said = json.dumps(stood, ensure_ascii=False, indent=1) + "\n"
    (folder / f"{name}.json").write_text(said, encoding="utf-8")


def _write(database: Path, file: Path) -> None:
    with closing(sqlite3.connect(database)) as kept:
        lines = [*kept.iterdump()]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def restore(name: str, data: Path, folder: Path = FOLDER) -> dict[str, Stood]:
    """Make the data folder that of the state, with its keys; how its cases stood."""
    found = load(name, data / "register.db", folder)
    if (keys := folder / f"{name}{KEYS}").exists():
        (data / "keys").mkdir(mode=0o700, exist_ok=True)
        _read(keys, data / "keys" / "keys.db")
    return found


def load(name: str, database: Path, folder: Path = FOLDER) -> dict[str, Stood]:
    """Make `database` the register of that state; how its cases stood."""
    _read(folder / f"{name}.sql", database)
    found: dict[str, Stood] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return found


def _read(file: Path, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(file.read_text(encoding="utf-8"))
        connection.commit()


def stands(session: Session) -> dict[str, Stood]:
    """How every case stands, rebuilt from its events alone."""
    found: dict[str, Stood] = {}
    for line in case_lines(session, Filter(training=True, limit=None)):
        found[line.id] = {
            "number": line.number,
            "status": line.status,
            "mover": line.mover,
            "due": line.due and line.due.isoformat(),
            "state": said(state_of(session, line.id)),
        }
    return dict(sorted(found.items()))


def said(state: CaseState) -> dict[str, Any]:
    """The state of a case in plain JSON, without its law."""
    found: dict[str, Any] = state.model_dump(mode="json", exclude={"law"}, exclude_defaults=True)
    return found
