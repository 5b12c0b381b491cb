"""Kept files, and papers as issued: which bytes; they lie in the folder of their case."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from register.models.base import Base


class KeptFile(Base):
    """One file of a case: inserted, never changed.

    `sha256` of its content names it in events, signatures and papers; `sealed_sha256` of what lies
    in the folder of the case names it there, and proves it without a key.
    """

    __tablename__ = "kept_files"

    case_id: Mapped[str] = mapped_column(ForeignKey("requests.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    sealed_sha256: Mapped[str]


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
