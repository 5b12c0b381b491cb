"""One case, put together for its page: everything is read from the register."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

import texts
from domain.case.answers.day_counts import DayCounts
from domain.case.answers.headline import headline
from domain.case.answers.proof import limits_of
from domain.case.answers.trying import correctable
from domain.case.facts import ReplyDrafted
from domain.case.people import Actor
from domain.case.reading import CasePart
from domain.case.state import CaseState
from office.cases.case_files import CaseFile, files_of
from office.cases.record import Record
from speech.dates import day
from speech.files import file_title
from speech.headline import headline_words
from speech.marks import open_questions
from speech.moved import moved_days
from speech.names import NameBook
from speech.words import joined, spoken, term
from speech.words import limit as limit_name
from speech.words import say as told
from web.cases.acts import offered
from web.cases.limits import limit_lines, other_readings, reply_ledger, unchecked
from web.cases.remedies import remedies_view
from web.cases.strip import StripView, strip_view
from web.cases.timeline import runs
from web.frame.pages import say

MORE_OF_REPLY = ("location", "search_record", "right_agency")
"""What some kinds of reply say beside their reasons."""


UNBROKEN = Markup('<span class="number">{}</span>')


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """The case in a sentence, whose days stay on one line, and what to know beside it: how many
    days of the period are left, or over (`late`); what of it was not counted, and whether its last
    day is provisional."""

    sentence: Markup
    counts: Markup
    late: bool
    lead: tuple[str, ...]


def case_page(record: Record, actor: Actor, known: NameBook) -> dict[str, Any]:
    """What its template shows."""
    state = record.state
    begun = record.begun
    strip = strip_view(record) if begun else None
    law = state.law.statute
    return {
        "record": record,
        "line": record.row.line,
        "state": state,
        "known": known,
        "standing": _standing(record, actor, known, strip),
        "strip": strip,
        "notes": list(_notes(record, known)),
        "acts": offered(record, actor),
        "limits": list(limit_lines(record)),
        "ledger": reply_ledger(record) if begun else None,
        "moved": list(moved_days(record)),
        "readings": list(other_readings(record)) if begun else [],
        "unchecked": unchecked(record) if begun else "",
        "remedies": remedies_view(record) if begun else None,
        "draft": list(draft_words(record)),
        "signed_by": _signatures(record, known),
        "statute": getattr(law.name, spoken()),
        "timeline": list(runs(record, known)) if begun else [],
        "correctable": correctable(state, actor, record.now) if begun else (),
        "movers": _movers(record, known),
        "shows_applicant": CasePart.APPLICANT in record.sight,
        "exports": CasePart.EXPORT in record.sight and record.forgotten is None,
        "files": (files := list(_files(record))),
        "file_title": file_title,
        "version_of": _versions(state),
        "opens": {file.ref for file in files},
        "sheets": list(_sheets(record)),
    }


def _standing(
    record: Record, actor: Actor, known: NameBook, strip: StripView | None
) -> CaseStanding:
    state, today = record.state, record.today
    reply = state.deadline("reply")
    lead = list(strip.spans) if strip else []
    if reply is not None and reply.provisional:
        lead.append(texts.text(spoken(), "evidence.fact.provisional"))
    counts, late = _counts(record.days)
    said = headline(state, today, actor)
    sentence = escape(headline_words(said, known, today))
    for one in filter(None, (said.until, said.on, said.remedies)):
        words = escape(day(one, today))
        sentence = Markup(
            sentence.replace(words, Markup('<span class="number">{}</span>').format(words))
        )
    return CaseStanding(sentence, counts, late, tuple(lead))


def _counts(days: DayCounts | None) -> tuple[Markup, bool]:
    """How many days are left, or over, the number standing out."""
    found = days and (days.late or days.left)
    if days is None or found is None:
        return Markup(), False
    words = told(f"used.{days.unit}", n="\0")
    said = escape(say("case.over" if days.late else "case.left", days=words))
    number = Markup("<strong>{}</strong>").format(found)
    return Markup(str(said).replace("\0", number)), bool(days.late)


def _notes(record: Record, known: NameBook) -> Iterator[str]:
    """What has to be known before anything else."""
    today = record.today
    if record.row.started_at is None and not record.events:
        yield say("case.not_started")
    if (gone := record.forgotten) is not None:
        yield say("case.forgotten", day=day(gone.at.date(), today), person=known.short(gone.by))
    if (hold := record.hold) is not None:
        since = day(hold.since.date(), today)
        yield say("case.held_by", person=known.short(hold.by), day=since, reason=hold.reason)
    if record.troubles:
        yield say("case.in_trouble")
    yield from open_questions(record.state, record.events)


def _versions(state: CaseState) -> Callable[[CaseFile], str]:
    """By file of an item: which of its versions it is, where there are several."""

    def of_file(file: CaseFile) -> str:
        ref, other, _ = file.ref.partition("@")
        item = state.item(ref)
        if item is None:
            return ""
        if file.sha256 == item.sha256:
            return say("case.original") if other else ""
        return say("case.older_version" if other else "case.cleaned_version")

    return of_file


def _signatures(record: Record, known: NameBook) -> Callable[[str], list[str]]:
    """By item: who signed for it, and when."""

    def of_item(ref: str) -> list[str]:
        return [
            say(
                "case.signed",
                role=term("role", one.role),
                person=known.short(one.person),
                day=day(one.on, record.today),
            )
            for one in record.state.signatures
            if any(item.ref == ref for item in one.items)
        ]

    return of_item


def draft_words(record: Record) -> Iterator[tuple[str, str]]:
    """What the present draft says beside its reasons, by the name of the field."""
    drafts = [e.seq for e in record.state.happened if isinstance(e.what, ReplyDrafted)]
    if record.state.reply is None or not drafts:
        return
    seq = drafts[-1]
    draft = next((e.what for e in record.events if e.seq == seq), None)
    for name in MORE_OF_REPLY:
        words = getattr(draft, name, None)
        if words:
            yield name, words


def _files(record: Record) -> Iterator[CaseFile]:
    """The files that this person may open."""
    if record.begun and CasePart.FILES in record.sight and record.forgotten is None:
        for file in files_of(record.state, record.events):
            if file.right in record.sight:
                yield file


def _sheets(record: Record) -> Iterator[tuple[str, str]]:
    """The limits of which an evidence sheet can be had, by name and in words; that of the reply
    first."""
    for name, ref in sorted(limits_of(record.events), key=lambda limit: limit[0] != "reply"):
        yield (name if ref is None else f"{name}:{ref}"), limit_name(name, ref)


def _movers(record: Record, known: NameBook) -> str:
    """Who answers for the past of a case that moved in."""
    entries = record.state.timeline
    people = entries[0].moved_in_by if entries else None
    return joined([known.short(person) for person in people]) if people else ""
