"""A paper is entered once; the first stays."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from register.engine import Register
from register.reads import papers
from register.writes.papers import enter
from tests.register.office import registered

LINE = papers.PaperLine(
    case_id="",
    kind="evidence",
    subject="reply",
    seq=1,
    lang="zh",
    format="pdf",
    sha256="ab" * 32,
    content_sha256="cd" * 32,
    issued_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
    issued_by=None,
)


def test_the_paper_that_was_entered_first_stays(register: Register) -> None:
    line = replace(LINE, case_id=registered(register).id)
    other = replace(line, sha256="ef" * 32)
    with register.writing() as session:
        assert enter(session, line) == line
    with register.writing() as session:
        assert enter(session, other) == line
        assert enter(session, replace(other, lang="en")).sha256 == other.sha256
    with register.reading() as session:
        assert [p.lang for p in papers.papers(session, line.case_id)] == ["en", "zh"]


@pytest.mark.parametrize(
    "change", ["UPDATE issued_papers SET seq = 2", "DELETE FROM issued_papers"]
)
def test_an_entered_paper_is_never_changed(register: Register, change: str) -> None:
    line = replace(LINE, case_id=registered(register).id)
    with register.writing() as session:
        enter(session, line)
    with pytest.raises(DBAPIError, match="append-only"), register.engine.begin() as connection:
        connection.execute(text(change))
