"""What stands behind a figure of the year: its cases, or the proceedings that it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain.case.reading import Viewer
from domain.figures.disputes import Dispute
from law.files import load_policy, load_statutes
from register.reads.annual import Report, annual_report, figure_cases, row_disputes
from register.reads.lists import CaseLine, lines_of
from register.reads.outcomes import Outcomes, cell_disputes, outcomes_of
from register.reads.proceedings import ProceedingLine, Wanted, proceeding_lines
from register.reads.visible import among

Behind = list[tuple[ProceedingLine, Dispute]]
"""Disputes, each with the line of its last instance, the nearest limit first."""


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """A row of the report: its cases, as far as the person may see them, and how many more there
    are (`hidden`); `disputes` None where it counts cases alone."""

    cases: list[CaseLine]
    disputes: Behind | None
    hidden: int


def year_report(session: Session, year: int, organ: str | None) -> Report:
    """The report of `year`, of one organ or (None) of all. InputError(unknown_organ)."""
    return annual_report(session, year, load_statutes(), organ, policy=load_policy())


def year_results(
    session: Session, year: int, organ: str | None, *, training: bool = False
) -> Outcomes:
    """The table of results of `year`, and why replies fell. InputError(unknown_organ)."""
    return outcomes_of(session, year, organ, training=training, policy=load_policy())


def behind_row(
    session: Session, who: Viewer, year: int, row: str, organ: str | None, now: datetime
) -> OpenedRow:
    """What the row (its code or name) of the report of `year` counts; `now`: the real instant.
    InputError(unknown_figure, unknown_organ)."""
    statutes, policy = load_statutes(), load_policy()
    counted = figure_cases(session, year, row, statutes, organ, policy=policy)
    seen = among(session, who, counted)
    cases = lines_of(session, [case for case in counted if case in seen])
    found = row_disputes(session, year, row, statutes, organ, policy=policy)
    disputes = None if found is None else _with_lines(session, who, found, now)
    hidden = len(counted) - len(cases) if found is None else len(found) - len(disputes or ())
    return OpenedRow(cases, disputes, hidden)


def behind_result(
    session: Session,
    who: Viewer,
    year: int,
    code: str,
    organ: str | None,
    now: datetime,
    *,
    training: bool = False,
) -> tuple[Behind, int]:
    """What a figure of the table of results counts, as far as the person may see it, and how many
    more. InputError(unknown_figure, unknown_organ)."""
    policy = load_policy()
    found = cell_disputes(session, year, code, organ, training=training, policy=policy)
    lines = _with_lines(session, who, found, now, training=training)
    return lines, len(found) - len(lines)


def _with_lines(
    session: Session,
    who: Viewer,
    found: Sequence[tuple[str, Dispute]],
    now: datetime,
    *,
    training: bool = False,
) -> Behind:
    last = {(case, dispute.steps[-1]): dispute for case, dispute in found}
    wanted = Wanted(who=who, ended=True, training=training, refs=[*last])
    lines = proceeding_lines(session, wanted, now)
    return [(line, last[line.case_id, line.ref]) for line in lines]
