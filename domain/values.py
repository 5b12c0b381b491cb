"""Base of every value of the domain: frozen, strict about unknown fields, plain JSON outside."""

from datetime import timedelta, timezone

from pydantic import BaseModel, ConfigDict

OFFICE_ZONE = timezone(timedelta(hours=8), "UTC+08:00")
"""The zone of legal days in China (no summer time since 1991)."""


class Value(BaseModel):
    """An immutable value; a field nobody knows is an error, not a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid")
