"""What became of an entry of the timeline, beside its act; and which entries somebody has to decide
about."""

from collections.abc import Container, Iterable, Iterator, Sequence

from domain.case.act import Event
from domain.case.facts import (
    AlarmRaised,
    EntryAmended,
    EntryAnnulled,
    EntryApproved,
    EntryProposed,
    EntryRefused,
)
from domain.case.state import CaseState, TimelineEntry, Validity
from speech.words import say, spoken, term
from texts.sentences import sentence


def marks_of(entries: Sequence[TimelineEntry]) -> dict[int, str]:
    """By number of the entry: what has to be known of it. Nothing of one that simply counts."""
    found: dict[int, str] = {}
    for entry in entries:
        what = entry.what
        if isinstance(what, EntryAmended | EntryAnnulled | EntryApproved | EntryRefused):
            found[what.seq] = say(f"case.{_BY_OTHERS[what.kind]}", seq=entry.seq)
    for entry in entries:
        standing = _standing(entry)
        if standing is not None:
            found[entry.seq] = found.get(entry.seq, "") + say(f"case.{standing}")
    return found


_BY_OTHERS = {
    "entry_amended": "amended",
    "entry_annulled": "annulled",
    "entry_approved": "approved",
    "entry_refused": "refused",
}


def _standing(entry: TimelineEntry) -> str | None:
    """Whether it counts, where that is worth a word."""
    if entry.kept:
        return "kept"
    if entry.validity is Validity.SET_ASIDE:
        return "set_aside"
    if entry.validity is Validity.REVOKED:
        return "unfounded" if isinstance(entry.what, AlarmRaised) else "revoked"
    waits = isinstance(entry.what, EntryProposed) and entry.validity is Validity.COUNTS
    return "waits" if waits else None


def conflicts(
    entries: Sequence[TimelineEntry], events: Iterable[Event], among: Container[int]
) -> Iterator[str]:
    """Of each of the entries `among` that was set aside by `events`, what it is in conflict with
    and why; then what can be done."""
    found = {
        aside.seq: (event.seq, sentence(spoken(), aside.code, dict(aside.values)))
        for event in events
        if event.consequences is not None
        for aside in event.consequences.set_aside
        if aside.seq in among
    }
    for seq, (cause, why) in sorted(found.items()):
        act = term("kind", entries[seq - 1].kind)
        yield say("case.conflict", seq=seq, act=act, cause=cause, why=why)
    if found:
        yield say("case.conflicts")


def open_questions(state: CaseState, events: Sequence[Event]) -> Iterator[str]:
    """Each conflict with both its sides, and each entry that waits for approval."""
    entries = state.timeline
    aside = {entry.seq for entry in entries if entry.validity is Validity.SET_ASIDE}
    yield from conflicts(entries, events, aside)
    for entry in entries:
        if isinstance(entry.what, EntryProposed) and entry.validity is Validity.COUNTS:
            act = term("kind", entry.what.what.kind)
            reason = term("warning", entry.what.code)
            yield say("case.proposed", seq=entry.seq, act=act, why=reason)
