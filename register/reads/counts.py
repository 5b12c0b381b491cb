"""Counts of cases by what they have in common, over the index that holds it. Each is of a filter,
which finds its cases."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, select, union_all
from sqlalchemy.orm import Session

from register.models import Request
from register.reads.filter import OWED, Filter, also, conditions, counted_by, grouped_by
from register.reads.paging import Unsought

Common = tuple[Any, ...]
"""The values of the columns that were counted by."""

FromTo = tuple[date, date]
"""First and last day."""


def counts_by(
    session: Session,
    wanted: Filter,
    *columns: str,
    seen: ColumnElement[bool] | None = None,
    parts: Mapping[str, Filter] | None = None,
) -> dict[Common, dict[str, int]]:
    """How many of the cases that the filter finds have the same in these columns of `requests`,
    as "all", and of these each of the `parts` by its name, in one pass; real cases only, and open
    ones where there are parts. `seen`: what somebody may read."""
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
        found[tuple(row[: len(columns)])] = dict(zip(names, row[len(columns) :], strict=True))
    return found


def counts_between(
    session: Session,
    wanted: Filter,
    column: str,
    spans: Sequence[FromTo],
    seen: ColumnElement[bool] | None = None,
) -> list[int]:
    """How many of the cases that the filter finds have the day of that column of `requests` in each
    of the spans, which follow one another; real cases only. Of organs each is a walk along an index
    that asks nothing of the case."""
    wanted = replace(wanted, training=False, limit=None, after=None)
    each = (select(literal(a).label("first"), literal(b).label("last")) for a, b in spans)
    span = union_all(*each).cte("spans").c
    day, by = getattr(Request, column), {"organ", "training", column}
    where = (day >= span.first, day <= span.last, *conditions(wanted, by), *also(seen))
    count = select(func.count()).select_from(Request).where(*where).scalar_subquery()
    return [n for _, n in session.execute(select(span.first, count).order_by(span.first))]


def _how_many(part: Filter) -> ColumnElement[int]:
    """Of cases that are open and real: asked of each of very many, so no more than is needed."""
    asked = conditions(replace(part, training=False), frozenset(), real=False)
    holds = [condition for condition in asked if condition is not OWED]
    return func.count().filter(and_(*holds)) if holds else func.count()
