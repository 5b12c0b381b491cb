"""The rows of cases as they stand in the register, a portion of cases at a time."""

from collections.abc import Iterator, Sequence
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

Rows = dict[type[Base], list[RowValues]]


def table_of(model: type[Base]) -> Table:
    """The table of a model."""
    found = model.__table__
    assert isinstance(found, Table)
    return found


def key_of(model: type[Base], row: RowValues) -> str:
    """Which row it is, by its key beside the case."""
    names = [column.name for column in table_of(model).primary_key if column.name != "case_id"]
    return "/".join(str(row[name]) for name in names)


def rows_of(session: Session, cases: Sequence[str]) -> dict[str, Rows]:
    """All rows of each of `cases`; those of `requests` too, and its law. Raises what a damaged
    value raises."""
    all_of_it: tuple[type[Base], ...] = (Request, PinnedLaw, *OF_A_CASE)
    found: dict[str, Rows] = {case: {model: [] for model in all_of_it} for case in cases}
    for model in OF_A_CASE:
        of = table_of(model)
        query = select(of).where(of.c.case_id.in_(cases)).order_by(of.c.case_id, *of.primary_key)
        for row in _values(session, query):
            found[row["case_id"]][model].append(row)
    of = table_of(Request)
    for row in _values(session, select(of).where(of.c.id.in_(cases))):
        found[row["id"]][Request].append(row)
    starts = {case: rows[CaseStart][0]["input"] for case, rows in found.items() if rows[CaseStart]}
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
