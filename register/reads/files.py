"""The kept files that the record names, by the hash that is their name."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from register.models import CaseEvent, IssuedPaper

# The text of an event is canonical (`register.chain`): a search is as sure as reading it, and the
# whole record is read here.
_NAMED = re.compile(r'"(?:released_)?sha256":"([0-9a-f]{64})"')


def named_files(session: Session) -> dict[str, str]:
    """Hash of every version of an item, every evidence, every paper; and one case that names it."""
    found: dict[str, str] = {}
    for case, body in session.execute(
        select(CaseEvent.case_id, CaseEvent.body).where(CaseEvent.body.contains("sha256"))
    ):
        found.update(dict.fromkeys(_NAMED.findall(body), case))
    papers = select(IssuedPaper.case_id, IssuedPaper.sha256, IssuedPaper.content_sha256)
    for case, sha256, content in session.execute(papers):
        found |= {sha256: case, content: case}
    return found
