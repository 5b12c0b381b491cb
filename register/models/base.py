"""What all tables share: names of constraints, and column types that mean one thing everywhere."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Date, DateTime, Integer, MetaData, Numeric, String
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


BIG = BigInteger().with_variant(Integer, "sqlite")
"""Surrogate keys; SQLite counts up only in a column of type INTEGER."""


ONLY = "only"
"""In `Index.info`."""


def only(condition: str) -> dict[str, Any]:
    """What an index says that has those rows alone of which the condition holds: the migrations
    make it so. Said in the words of each database, it would load both for every process."""
    return {"info": {ONLY: condition}}


class Instant(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database. A naive one is a bug and refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        moment = value.astimezone(UTC)
        # SQLite has no zones: all its instants are UTC without saying so.
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: String,
        date: Date,
        datetime: Instant,
        Decimal: Numeric(9, 2),
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }
