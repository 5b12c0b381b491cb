"""What people have filled in and not brought on record yet."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from register.models.base import Base


class DraftRow(Base):
    """A form somebody has begun, or sent without hearing of it. `case_id` NULL: a registration;
    `form`: which; `command_id`: under which the act goes, or went; `body`: sealed by the key of
    the case, of a registration by that of the office; `sent_at` NULL: not sent yet."""

    __tablename__ = "drafts"
    __table_args__ = (Index(None, "case_id"), Index(None, "sent_at"))

    person: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    command_id: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("requests.id"))
    form: Mapped[str]
    body: Mapped[str]
    saved_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
