"""By what cases are found again, without saying what that is."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from register.models.base import Base


class SearchToken(Base):
    """A keyed hash of something the case is found by; `field` says what of it.

    An index, no part of the record: it is in no backup, a crash of PostgreSQL may empty it, and it
    is made anew from the words. The row without a case says that it is whole, and is lost with it.
    """

    __tablename__ = "search_tokens"
    __table_args__ = (Index("ix_search_tokens_case_id", "case_id"), {"sqlite_with_rowid": False})

    field: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[bytes] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(primary_key=True)
