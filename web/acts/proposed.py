"""What waits for a second person, as whoever approves it has to see it: who proposed what, on which
proof, and of an amendment every field that it changes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from domain.case.act import Event
from domain.case.facts import EntryAmended, EntryProposed
from domain.case.people import Actor
from domain.case.state import Validity
from domain.errors import Refusal
from domain.values import legal_day
from office.acts.forms.amending import REASON, amending, tells_applicant, value_of
from office.acts.forms.choosing import Pick, choices
from office.acts.forms.deriving import written
from office.acts.forms.model import ActForm
from office.cases.case_files import files_of
from office.cases.record import Record
from office.desk import Reading
from register.reads import queries
from register.reads.words import opened
from speech.dates import day
from speech.detail import detail
from speech.names import NameBook
from speech.words import spoken, term
from web.acts.fields import Given, label_of, words_of
from web.frame.pages import say

SECONDING = frozenset({"entry_approved", "entry_refused"})
"""Acts that settle a proposal."""


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field of the entry that is amended, with what it was."""

    label: str
    words: str
    was: str


@dataclass(frozen=True, slots=True)
class ProposedEntry:
    """`asked`: the day of proposing; `on`: that on which it happened; `files`: name and ref of the
    proofs that can be opened; `applicant`: it tells who asked."""

    seq: int
    act: str
    person: str
    asked: date
    on: date
    detail: str
    changes: tuple[ChangedField, ...]
    files: tuple[tuple[str, str], ...]
    applicant: bool


def proposed(
    session: Reading, record: Record, actor: Actor, known: NameBook
) -> Iterator[ProposedEntry]:
    """Each entry that waits, the oldest first."""
    state = record.state
    # What a record shows is without the applicant, which the form to compare it with has.
    stated = {event.seq: event for event in queries.events(session, state.id)}
    for event in record.events:
        what, entry = event.what, state.entry(event.seq)
        if not isinstance(what, EntryProposed) or entry.validity is not Validity.COUNTS:
            continue
        changes: tuple[ChangedField, ...] = ()
        applicant = False
        whole = opened(session, stated[event.seq]).what
        if isinstance(whole, EntryProposed) and isinstance(whole.what, EntryAmended):
            with suppress(Refusal):
                form, stands = amending(session, state.id, whole.what.seq, record.sight)
                picks = choices(form, record, session, actor, spoken())
                applicant = tells_applicant(form)
                changes = tuple(_changes(form, picks, whole.what, stands, record.today))
        yield ProposedEntry(
            event.seq,
            term("kind", what.what.kind),
            known.short(entry.doer),
            legal_day(event.at),
            entry.effective_on,
            detail(event, state.organ, known, record.today),
            changes,
            tuple(_files(record, event)),
            applicant,
        )


def _changes(
    form: ActForm,
    picks: Mapping[str, Sequence[Pick]],
    amended: EntryAmended,
    stands: date,
    today: date,
) -> Iterator[ChangedField]:
    for field in form.fields:
        new = written(value_of(amended.what, field))
        if field.name != REASON and new != field.default:
            words, was = (
                " ".join(words_of(field, Given({field.name: v}), picks.get(field.name, ()), today))
                for v in (new, field.default)
            )
            yield ChangedField(label_of(field), words, was)
    if amended.on not in (None, stands):
        assert amended.on is not None
        yield ChangedField(say("act.on_entry_amended"), day(amended.on), day(stands))


def _files(record: Record, event: Event) -> Iterator[tuple[str, str]]:
    hashes = {proof.sha256 for proof in event.evidence if proof.sha256}
    for file in files_of(record.state, record.events):
        if file.sha256 in hashes and file.right in record.sight:
            yield file.title or file.ref, file.ref
