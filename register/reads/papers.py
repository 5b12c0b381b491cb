"""The book of issued papers: what went out is found again by what it is about, never made twice."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from register.models import CaseEvent, IssuedPaper
from register.reads.lists import rows_as


@dataclass(frozen=True, slots=True)
class Paper:
    """Which paper: a kind, its subject, as of event `seq`, in a language and a format."""

    case_id: str
    kind: str
    subject: str
    seq: int
    lang: str
    format: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One issued paper."""

    case_id: str
    kind: str
    subject: str
    seq: int
    lang: str
    format: str
    sha256: str
    content_sha256: str
    issued_at: datetime
    issued_by: str | None


def issued(session: Session, paper: Paper) -> PaperLine | None:
    """The paper as it was issued, None when it never was."""
    names = Paper.__dataclass_fields__
    key: dict[str, Any] = {name: getattr(paper, name) for name in names}
    row = session.get(IssuedPaper, key)
    if row is None:
        return None
    return PaperLine(**{name: getattr(row, name) for name in PaperLine.__dataclass_fields__})


def papers(session: Session, case_id: str) -> list[PaperLine]:
    """Every paper issued about a case, in the order of issue."""
    where = IssuedPaper.case_id == case_id
    order = (IssuedPaper.issued_at, IssuedPaper.subject, IssuedPaper.lang, IssuedPaper.format)
    return rows_as(session, PaperLine, IssuedPaper, where, *order)


def record_hash(session: Session, case_id: str, seq: int) -> str:
    """The hash of event `seq` in the chain of its case: it names all that came before."""
    where = (CaseEvent.case_id == case_id, CaseEvent.seq == seq)
    return session.execute(select(CaseEvent.hash).where(*where)).scalar_one()
