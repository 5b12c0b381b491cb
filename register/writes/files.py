"""Entering what was kept in the folder of a case."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import text
from sqlalchemy.orm import Session

from register.reads.files import KeptLine

ENTER = text(
    "INSERT INTO kept_files (case_id, sha256, sealed_sha256) "
    "VALUES (:case_id, :sha256, :sealed_sha256) ON CONFLICT DO NOTHING"
)


def enter(session: Session, lines: Sequence[KeptLine]) -> None:
    """Enter kept files; those that are there stay. Needs a writing session."""
    if lines:
        session.execute(ENTER, [asdict(line) for line in lines])
