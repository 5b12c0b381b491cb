"""Words that facts of several topics share."""

from typing import Annotated

from pydantic import Field, StringConstraints

from domain.words import Label, Line, Text

__all__ = ["Label", "Line", "Many", "Ref", "Sha256", "Text", "Unless"]

Ref = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

MANY = 200
Many = Field(max_length=MANY)
"""Of a list in one act, and of the items of a case: all of them are signed at once."""

Unless = Field(exclude_if=lambda value: value is None)
"""Not written where it says nothing: as it was before there was the field."""
