"""Issuing the evidence sheet of a limit: computed from the register, kept as bytes, made once.

The content is fixed the first time a limit is asked for as of an event, and both languages and all
formats are renderings of it. What was issued is handed out again from the folder of its case and
never rendered again. The engine is not asked.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Literal

from domain.case.answers.proof import Proof, limits_of, prove
from domain.case.people import AskedBy
from domain.case.reading import CasePart
from domain.clock.readings import said
from domain.errors import Code, InputError, Unreachable
from domain.values import legal_day
from office.access.reading import allow, went_out
from office.answers.checked import of_limits
from office.answers.readings import sourced
from office.folder import CaseFolder
from office.legal_time import legal_now
from office.settings import Settings
from papers.evidence import ATTACHED, evidence_sheet
from papers.sheet import EvidenceSheet, OfReading
from register.engine import Register
from register.reads import papers, queries, roster
from register.reads.states import begun
from register.reads.words import opened
from register.writes.papers import enter

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from domain.case.act import Event

KIND = "evidence"
Format = Literal["json", "html", "pdf"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which sheet: of `limit` (NAME or NAME:REF), as of event `seq`, or of the last one recorded
    by the end of `as_of`, or of the last there is; `user`: who asks, `asked_by`: by which way
    (None: at the command line)."""

    case: str
    user: str
    limit: str = "reply"
    seq: int | None = None
    as_of: date | None = None
    lang: str = "zh"
    format: Format = "pdf"
    asked_by: AskedBy | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """A sheet as handed out. `again`: it had been issued before, these are the same bytes."""

    line: papers.PaperLine
    sheet: EvidenceSheet
    content: bytes
    again: bool


def issue(settings: Settings, register: Register, asked: Asked) -> Issued:
    """The sheet asked for, from the book of papers or made now; who got it is in the access log.

    Refusal: unknown_user, case_not_visible. InputError: unknown_case, unknown_limit, which_ref,
    unknown_entry. Unreachable: register_… (also where the log can't be written),
    pdf_unavailable, glyphs_missing, paper_lost.
    """
    allow(register, asked.user, CasePart.PAGE, asked.case, asked.asked_by)
    folder = CaseFolder(settings, register, asked.case)
    issued = _issued(register, folder, asked)
    line = issued.line
    detail = f"{line.subject} {line.seq} {line.format} {line.sha256}"
    went_out(register, asked.user, "evidence_issued", asked.case, detail, asked.asked_by)
    return issued


def _issued(register: Register, folder: CaseFolder, asked: Asked) -> Issued:
    with register.reading() as session:
        row = queries.case(session, asked.case)
        events = _until(asked, opened(session, queries.events(session, asked.case)))
        name, ref = chosen(asked, events)
        subject = name if ref is None else f"{name}:{ref}"
        seq = events[-1].seq
        wanted = papers.Paper(asked.case, KIND, subject, seq, asked.lang, asked.format)
        content = papers.Paper(asked.case, KIND, subject, seq, "", "json")
        if asked.format == "json":
            wanted = content
        known = papers.issued(session, wanted)
        fixed = papers.issued(session, content)
        if fixed is None:
            sheet = _computed(session, row, events, name, ref)
    if fixed is None:
        fixed = _enter(register, folder, content, sheet.canonical(), sheet.sha256, asked.user)
    # Another process may have been first with a content of its own date: the kept one counts.
    sheet = EvidenceSheet.model_validate_json(kept(folder, fixed))
    if known is not None:
        return Issued(known, sheet, kept(folder, known), True)
    if wanted == content:
        return Issued(fixed, sheet, kept(folder, fixed), False)
    made = _rendered(sheet, asked)
    line = _enter(register, folder, wanted, made, fixed.content_sha256, asked.user)
    return Issued(line, sheet, kept(folder, line), False)


def _computed(
    session: "Session",
    row: queries.CaseRow,
    events: "list[Event]",
    name: str,
    ref: str | None,
) -> EvidenceSheet:
    names = {organ.id: organ.name for organ in roster.organs(session)}
    proof = prove(begun(row.start_input), events, name, ref)
    limit = (name, proof.standing.article)
    return evidence_sheet(
        proof,
        organ=names.get(row.line.organ, row.line.organ),
        number=row.line.number,
        record_sha256=papers.record_hash(session, row.line.id, events[-1].seq),
        issued_on=legal_now().date(),
        unchecked=of_limits(proof.state.law.statute, proof.reckoning, [limit]),
        readings=readings_of(proof),
    )


def readings_of(proof: Proof) -> tuple[OfReading, ...]:
    """The last days of the reply by other choices of settings, as a sheet has them."""
    found = sourced(proof.readings) if proof.name == "reply" else ()
    return tuple(
        OfReading(due=r.due, name=r.setting, value=said(r.value), source=r.source, chosen=r.chosen)
        for r in found
    )


def _until(asked: Asked, events: "list[Event]") -> "list[Event]":
    """The events up to the one asked for. InputError(unknown_entry)."""
    found = events
    if asked.seq is not None:
        found = [e for e in events if e.seq <= asked.seq] if asked.seq <= len(events) else []
    elif asked.as_of is not None:
        found = [e for e in events if _day(e) <= asked.as_of]
    if not found:
        given = asked.seq if asked.seq is not None else asked.as_of or "-"
        first = _day(events[0]) if events else "-"
        raise InputError(
            Code.UNKNOWN_ENTRY, case=asked.case, given=given, last=len(events), first_day=first
        )
    return found


def _day(event: "Event") -> date:
    return legal_day(event.at)


def chosen(asked: Asked, events: "list[Event]") -> tuple[str, str | None]:
    """The limit asked for, by name and ref. InputError: unknown_limit, which_ref."""
    known = limits_of(events)
    name, _, ref = asked.limit.partition(":")
    found = [key for key in known if key[0] == name and (not ref or key[1] == ref)]
    if len(found) == 1:
        return found[0]
    if found:
        refs = ", ".join(f"{limit}:{given}" for limit, given in found)
        raise InputError(Code.WHICH_REF, case=asked.case, refs=refs)
    listed = ", ".join(f"{limit}:{given}" if given else limit for limit, given in known) or "-"
    raise InputError(Code.UNKNOWN_LIMIT, case=asked.case, limit=asked.limit, known=listed)


def _rendered(sheet: EvidenceSheet, asked: Asked) -> bytes:
    from papers.page import evidence_page

    page = evidence_page(sheet, asked.lang)
    if asked.format == "html":
        return page.encode()
    from papers.pdf import pdf

    return pdf(page, {ATTACHED: sheet.canonical()})


def _enter(
    register: Register,
    folder: CaseFolder,
    paper: papers.Paper,
    content: bytes,
    content_sha256: str,
    user: str | None,
) -> papers.PaperLine:
    """Keep the bytes, then enter them: a line in the book never points nowhere."""
    line = papers.PaperLine(
        case_id=paper.case_id,
        kind=paper.kind,
        subject=paper.subject,
        seq=paper.seq,
        lang=paper.lang,
        format=paper.format,
        sha256=folder.keep_bytes(content),
        content_sha256=content_sha256,
        issued_at=datetime.now(UTC),
        issued_by=user,
    )
    with register.writing() as session:
        return enter(session, line)


def kept(folder: CaseFolder, line: papers.PaperLine) -> bytes:
    """The bytes of an issued paper. Unreachable(paper_lost) where they are gone or not the same."""
    try:
        return folder.content(line.sha256)
    except Unreachable as error:
        detail = error.params.get("detail", "")
        raise Unreachable(Code.PAPER_LOST, file=line.sha256, detail=detail) from error
