"""What a proof of the record finds."""

from dataclasses import dataclass
from typing import Any

OFFICE = "-"
"""The place of a case where the fault is of no case."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that is not as it should be. `key`: which row, by its key beside the case;
    `field` `row`: the whole row is missing (recorded None) or too many (rebuilt None)."""

    case: str
    table: str
    key: str
    field: str
    recorded: Any
    rebuilt: Any


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at, and what was found."""

    cases: int
    events: int
    differences: tuple[Mismatch, ...]

    @property
    def holds(self) -> bool:
        """Nothing was found."""
        return not self.differences


def missing(case: str, table: str, key: str, what: str) -> Mismatch:
    """A row that should be there."""
    return Mismatch(case, table, key, "row", None, what)


def surplus(case: str, table: str, key: str, what: object) -> Mismatch:
    """A row that nothing accounts for."""
    return Mismatch(case, table, key, "row", what, None)


def unreadable(
    case: str, table: str, key: str, error: Exception, field: str = "unreadable"
) -> Mismatch:
    """Something that can't be read at all, and why."""
    words = " ".join(str(error).split())
    return Mismatch(case, table, key, field, f"{type(error).__name__}: {words}"[:300], None)
