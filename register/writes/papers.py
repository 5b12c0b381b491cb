"""Entering issued papers in their book."""

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from register.models import IssuedPaper
from register.reads.papers import Paper, PaperLine, issued


def enter(session: Session, line: PaperLine) -> PaperLine:
    """Enter a paper; one that was entered meanwhile stays, and is returned. Needs a writing
    session."""
    values = {name: getattr(line, name) for name in PaperLine.__dataclass_fields__}
    try:
        with session.begin_nested():
            session.execute(insert(IssuedPaper), [values])
    except IntegrityError:
        fields = Paper.__dataclass_fields__
        there = issued(session, Paper(**{name: getattr(line, name) for name in fields}))
        if there is None:
            raise
        return there
    return line
