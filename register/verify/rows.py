"""The rows of cases as they stand in the register, a portion of cases at a time."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, Table, select
from sqlalchemy.orm import Session

from register.models import (
    Applicant,
    Base,
    CaseEvent,
    CaseStart,
    Notice,
    PinnedLaw,
    Request,
    TaskRow,
)
from register.reads.starts import law_texts
from register.writes.project import PROJECTED, RowValues
from register.writes.remedies import REMEDY_TABLES

OF_A_CASE: tuple[type[Base], ...] = (
    CaseStart,
    Applicant,
    CaseEvent,
    *PROJECTED,
    TaskRow,
    *REMEDY_TABLES,
    Notice,
)
"""Every table that a case's record is compared with, beside its line in `requests`."""

OF_A_SUMMARY: tuple[type[Base], ...] = (TaskRow, *REMEDY_TABLES)
"""What follows from the summary alone, with the line in `requests`."""

Rows = dict[type[Base], list[RowValues]]


def table_of(model: type[Base]) -> Table:
    """The table of a model."""
    found = model.__table__
    assert isinstance(found, Table)
    return found


def key_of(model: type[Base], row: RowValues) -> str:
    """Which row it is, by its key beside the case."""
    return "/".join([str(row[name]) for name in _key_beside(model)])


@cache
def _key_beside(model: type[Base]) -> tuple[str, ...]:
    return tuple(c.name for c in table_of(model).primary_key if c.name != "case_id")


def rows_of(
    session: Session, cases: Sequence[str], models: Sequence[type[Base]] = OF_A_CASE
) -> dict[str, Rows]:
    """All rows of each of `cases` in `models`; those of `requests` too, and with its start its law.
    Raises what a damaged value raises."""
    all_of_it: tuple[type[Base], ...] = (Request, PinnedLaw, *models)
    found: dict[str, Rows] = {case: {model: [] for model in all_of_it} for case in cases}
    for model in models:
        of = table_of(model)
        query = select(of).where(of.c.case_id.in_(cases)).order_by(of.c.case_id, *of.primary_key)
        for row in _values(session, query):
            found[row["case_id"]][model].append(row)
    of = table_of(Request)
    for row in _values(session, select(of).where(of.c.id.in_(cases))):
        found[row["id"]][Request].append(row)
    kept = {case: rows[CaseStart] for case, rows in found.items() if rows.get(CaseStart)}
    starts = {case: rows[0]["input"] for case, rows in kept.items()}
    texts = law_texts(session, starts.values())
    for case, start in starts.items():
        if (name := start.get("law")) in texts:
            found[case][PinnedLaw].append({"hash": name, "body": texts[name]})
    return found


def _values(session: Session, query: Select[Any]) -> Iterator[RowValues]:
    rows = session.execute(query)
    names = tuple(rows.keys())
    for row in rows:  # not `mappings`, which look every value up by its name
        yield dict(zip(names, row, strict=True))
