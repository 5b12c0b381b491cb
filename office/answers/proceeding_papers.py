"""The papers of proceedings across cases: what came from courts and reconsideration organs, and
what the office handed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import get_args

from domain.case import facts as f
from domain.case.facts import outcomes, proceedings
from domain.case.reading import CasePart, Viewer
from office.cases.case_files import CaseFile, files_of
from office.cases.record import Record
from office.cases.seen import seen_case
from office.desk import Reading
from register.reads.received import ReceivedProceeding, received_proceedings
from register.reads.visible import visible_to
from register.reads.words import shown

SENT = (f.AnswerSubmitted, f.EvidenceListed)
"""What the office hands in, paper by paper."""

OF_PROCEEDINGS = get_args(proceedings.ByOffice) + get_args(outcomes.ByOffice)


@dataclass(frozen=True, slots=True)
class ProceedingPaper:
    """One paper: `act` by which it is on record, on which day, and who did that; `title` where it
    has its own; `ref` of its file, None: none is kept, or none that the person may open."""

    day: date
    act: str
    person: str
    title: str
    ref: str | None


@dataclass(frozen=True, slots=True)
class PapersOfProceeding:
    """A proceeding with its papers, as they came and went; `closed`: the words of its case are
    gone."""

    of: ReceivedProceeding
    papers: tuple[ProceedingPaper, ...]
    closed: bool


def proceeding_papers(
    session: Reading, who: Viewer, after: str | None = None, limit: int = 10
) -> tuple[list[PapersOfProceeding], str | None]:
    """The proceedings of cases that the person may see, the latest first, with their papers;
    `after`: what follows that place. With the place after which more follow.
    InputError(bad_cursor)."""
    found = received_proceedings(session, seen=visible_to(who), after=after, limit=limit + 1)
    following = found[limit - 1].place_in_list if len(found) > limit else None
    records: dict[str, Record] = {}
    for line in found[:limit]:
        if line.case_id not in records:
            records[line.case_id] = seen_case(session, who, line.case_id)
    papers = [_of(line, records[line.case_id]) for line in found[:limit]]
    return shown(session, papers), following


def _of(line: ReceivedProceeding, record: Record) -> PapersOfProceeding:
    papers = tuple(_papers(line.ref, record)) if record.begun else ()
    return PapersOfProceeding(line, papers, record.forgotten is not None)


def _papers(ref: str, record: Record) -> Iterator[ProceedingPaper]:
    state = record.state
    opens = CasePart.FILES in record.sight and record.forgotten is None
    files = {file.ref: file for file in files_of(state, record.events)}
    proceeding = state.proceeding(ref)
    listed = iter(enumerate(proceeding.documents if proceeding else (), 1))
    for entry in state.happened:
        what = entry.what
        if not isinstance(what, OF_PROCEEDINGS) or getattr(what, "ref", None) != ref:
            continue
        there: list[tuple[str, CaseFile | None]] = []
        for _ in what.documents if isinstance(what, SENT) else ():
            n, document = next(listed)
            there.append((document.title, files.get(f"{ref}/{n}")))
        there += [(file.title, file) for file in files.values() if file.entry == entry.seq]
        for title, file in there:
            named = file.ref if opens and file is not None else None
            yield ProceedingPaper(entry.effective_on, entry.kind, entry.doer, title, named)
