"""What stands behind a figure of the year: its cases, or the proceedings that it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain.figures.disputes import Dispute
from law.files import load_policy, load_statutes
from register.reads.annual import figure_cases, row_disputes
from register.reads.lists import CaseLine, lines_of
from register.reads.outcomes import cell_disputes
from register.reads.proceedings import ProceedingLine, Wanted, proceeding_lines

Behind = list[tuple[ProceedingLine, Dispute]]
"""Disputes, each with the line of its last instance, the nearest limit first."""


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """A row of the report: its cases; `disputes` None where it counts cases alone."""

    cases: list[CaseLine]
    disputes: Behind | None


def behind_row(
    session: Session, year: int, row: str, organ: str | None, now: datetime
) -> OpenedRow:
    """What the row (its code or name) of the report of `year` counts; `now`: the real instant.
    InputError(unknown_figure, unknown_organ)."""
    statutes, policy = load_statutes(), load_policy()
    counted = figure_cases(session, year, row, statutes, organ, policy=policy)
    cases = lines_of(session, counted)
    found = row_disputes(session, year, row, statutes, organ, policy=policy)
    return OpenedRow(cases, None if found is None else _with_lines(session, found, now))


def behind_result(
    session: Session,
    year: int,
    code: str,
    organ: str | None,
    now: datetime,
    *,
    training: bool = False,
) -> Behind:
    """What a figure of the table of results counts. InputError(unknown_figure, unknown_organ)."""
    policy = load_policy()
    found = cell_disputes(session, year, code, organ, training=training, policy=policy)
    return _with_lines(session, found, now, training=training)


def _with_lines(
    session: Session,
    found: Sequence[tuple[str, Dispute]],
    now: datetime,
    *,
    training: bool = False,
) -> Behind:
    last = {(case, dispute.steps[-1]): dispute for case, dispute in found}
    wanted = Wanted(ended=True, training=training, refs=[*last])
    lines = proceeding_lines(session, wanted, now)
    return [(line, last[line.case_id, line.ref]) for line in lines]
