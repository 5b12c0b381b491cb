"""The registers of released states, each as text: NAME.sql, a dump, and NAME.json, how the cases in
it stood when it was made."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from domain.case.state import CaseState
from register.reads.lists import Filter, case_lines
from register.reads.states import state_of

FOLDER = Path(__file__).parent / "states"

Stood = Mapping[str, Any]
"""A case as it stood: status, who has to move, last day, and its state. Without its law, calendar
and settings, which stand in its start, and without a value that nothing has set."""


def names() -> list[str]:
    """The released states there are, oldest first."""
    return sorted(path.stem for path in FOLDER.glob("*.sql"))


def dump(database: Path, name: str, stood: Mapping[str, Stood]) -> None:
    """Write down what the SQLite file holds."""
    with closing(sqlite3.connect(database)) as kept:
        lines = [*kept.iterdump()]
    (FOLDER / f"{name}.sql").write_text("\n".join(lines) + "\n", encoding="utf-8")
    said = json.dumps(stood, ensure_ascii=False, indent=1) + "\n"
    (FOLDER / f"{name}.json").write_text(said, encoding="utf-8")


def load(name: str, database: Path) -> dict[str, Stood]:
    """Make `database` the register of that state; how its cases stood."""
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript((FOLDER / f"{name}.sql").read_text(encoding="utf-8"))
        connection.commit()
    found: dict[str, Stood] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


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
