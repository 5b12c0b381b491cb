"""Counts of cases by what they have in common, over the index that holds it. Each is of a filter,
which finds its cases."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from register.models import Request
from register.reads.lists import Filter, also, conditions, counted_by, grouped_by
from register.reads.paging import Unsought

Common = tuple[Any, ...]
"""The values of the columns that were counted by."""


def counts_by(
    session: Session,
    wanted: Filter,
    *columns: str,
    seen: ColumnElement[bool] | None = None,
    parts: Mapping[str, Filter] | None = None,
) -> dict[Common, dict[str, int]]:
    """How many of the cases that the filter finds have the same in these columns of `requests`,
    as "all", and of these each of the `parts` by its name; real cases only, in one pass. `seen`:
    what somebody may read."""
    wanted = replace(wanted, training=False, limit=None, after=None)
    by, groups = counted_by(wanted), grouped_by(wanted)
    # In the order of no other index than that of the filter, whichever would group by itself.
    values = [getattr(Request, name) for name in columns]
    common = [value if value.name in groups else Unsought(value) for value in values]
    sums = [_how_many(part) for part in (parts or {}).values()]
    counted = select(*common, func.count(), *sums).where(*conditions(wanted, by), *also(seen))
    names = ("all", *(parts or {}))
    found: dict[Common, dict[str, int]] = {}
    for row in session.execute(counted.group_by(*common) if common else counted):
        counts = zip(names, row[len(columns) :], strict=True)
        found[tuple(row[: len(columns)])] = {name: count or 0 for name, count in counts}
    return found


def _how_many(part: Filter) -> ColumnElement[int]:
    holds = and_(*conditions(replace(part, training=False), frozenset()))
    return func.sum(case((holds, 1), else_=0))
