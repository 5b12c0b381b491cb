"""Papers as issued: which bytes, about what, when; the bytes lie in the folder of files."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from register.models.base import Base


class IssuedPaper(Base):
    """One rendering of one paper: inserted, never changed, never rendered again.

    `subject`: what the paper is about (a limit, with its ref where it has one), as of event `seq`.
    `lang` and `format` of the rendering; the content itself stands under format `json` without a
    language, and all renderings of it share `content_sha256`. `sha256` names the file.
    """

    __tablename__ = "issued_papers"

    case_id: Mapped[str] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    lang: Mapped[str] = mapped_column(primary_key=True)
    format: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    content_sha256: Mapped[str]
    issued_at: Mapped[datetime]
    issued_by: Mapped[str | None]
