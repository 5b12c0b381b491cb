"""The kept files: which the record names, and where each lies."""

import re
from dataclasses import dataclass

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from register.models import CaseEvent, IssuedPaper, KeptFile
from register.office_chain import FORGOTTEN
from register.reads.forgetting import standing_rows
from register.reads.lists import rows_as

# The text of an event is canonical (`register.chain`): a search is as sure as reading it, and the
# whole record is read here.
_NAMED = re.compile(r'"(?:released_)?sha256":"([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One kept file: the SHA-256 of its content, and that of its sealed bytes, which is its name
    in the folder of the case."""

    case_id: str
    sha256: str
    sealed_sha256: str


def named_files(session: Session) -> set[tuple[str, str]]:
    """Case and hash of every version of an item, every evidence, every paper."""
    found: set[tuple[str, str]] = set()
    for case, body in session.execute(
        select(CaseEvent.case_id, CaseEvent.body).where(CaseEvent.body.contains("sha256"))
    ):
        found.update((case, digest) for digest in _NAMED.findall(body))
    papers = select(IssuedPaper.case_id, IssuedPaper.sha256, IssuedPaper.content_sha256)
    for case, sha256, content in session.execute(papers):
        found |= {(case, sha256), (case, content)}
    return found


def kept_files(session: Session) -> list[KeptLine]:
    """All kept files, by case."""
    return rows_as(session, KeptLine, KeptFile, true(), KeptFile.case_id, KeptFile.sha256)


def places(session: Session) -> dict[tuple[str, str], str | None]:
    """By case and hash of the content, for all that is kept or named: the name under which the case
    keeps it; None: it doesn't. Forgotten cases keep none."""
    kept = {(line.case_id, line.sha256): line.sealed_sha256 for line in kept_files(session)}
    gone = standing_rows(session, FORGOTTEN)
    found = {**dict.fromkeys(sorted(named_files(session))), **kept}
    return {of: name for of, name in found.items() if of[0] not in gone}


def sealed_hash(session: Session, case: str, digest: str) -> str | None:
    """The name under which the case keeps the content of that hash; None: it doesn't."""
    row = session.get(KeptFile, (case, digest))
    return None if row is None else row.sealed_sha256
