"""The yearly table of results: reconsideration; suits direct; suits after reconsideration."""

from dataclasses import dataclass

from domain.figures.disputes import Dispute
from domain.remedies.terms import ProceedingKind, Result, Route


@dataclass(frozen=True, slots=True)
class Disputed:
    """A dispute in years: `filed`; `done` when its end took effect (None: pending), with
    `result`."""

    kind: str
    route: str | None
    filed: int
    done: int | None
    result: str

    @classmethod
    def of(cls, dispute: Dispute) -> "Disputed":
        """Of a dispute as the record has it."""
        done = dispute.done.year if dispute.done else None
        return cls(dispute.kind, dispute.route, dispute.filed.year, done, dispute.result.value)


GROUPS: dict[str, tuple[ProceedingKind, Route | None]] = {
    "reconsideration": (ProceedingKind.RECONSIDERATION, None),
    "litigation_direct": (ProceedingKind.LITIGATION, Route.DIRECT),
    "litigation_after": (ProceedingKind.LITIGATION, Route.AFTER_RECONSIDERATION),
}
"""Parts of the yearly table of results."""

COLUMNS = ("upheld", "corrected", "other", "pending", "total")
"""Its columns in the national form."""


def in_group(dispute: Disputed, group: str) -> bool:
    """Whether the dispute counts in that part of the table."""
    kind, route = GROUPS[group]
    return dispute.kind == kind and route in (None, dispute.route)


def in_column(dispute: Disputed, column: str, year: int) -> bool:
    """Whether it counts in that column for `year`: a result, pending at its end, total; beside
    the form: new, carried_over, done."""
    pending = dispute.filed <= year and (dispute.done is None or dispute.done > year)
    match column:
        case "pending":
            return pending
        case "done":
            return dispute.done == year
        case "total":
            return pending or dispute.done == year
        case "new":
            return dispute.filed == year
        case "carried_over":
            return dispute.filed < year and (dispute.done is None or dispute.done >= year)
        case _:
            return dispute.done == year and dispute.result == Result(column)
