"""What became of an entry of the timeline, beside its act; and which entries somebody has to decide
about."""

from collections.abc import Iterator, Sequence

from cli.frame.words import say, spoken, term
from domain.case.act import Event
from domain.case.facts import AlarmRaised, EntryAmended, EntryAnnulled, EntryProposed
from domain.case.state import CaseState, TimelineEntry, Validity
from texts.sentences import sentence


def marks_of(entries: Sequence[TimelineEntry]) -> dict[int, str]:
    """By number of the entry: what has to be known of it. Nothing of one that simply counts."""
    found = {}
    for entry in entries:
        what = entry.what
        if isinstance(what, EntryAmended):
            found[what.seq] = say("case.amended", seq=entry.seq)
        elif isinstance(what, EntryAnnulled):
            found[what.seq] = say("case.annulled", seq=entry.seq)
        elif entry.kept:
            found[entry.seq] = say("case.kept")
        elif entry.validity is Validity.SET_ASIDE:
            found[entry.seq] = found.get(entry.seq, "") + say("case.set_aside")
        elif entry.validity is Validity.REVOKED:
            alarm = isinstance(what, AlarmRaised)
            found[entry.seq] = say("case.unfounded" if alarm else "case.revoked")
        elif isinstance(what, EntryProposed) and entry.validity is Validity.COUNTS:
            found[entry.seq] = say("case.waits")
    return found


def open_questions(state: CaseState, events: Sequence[Event]) -> Iterator[str]:
    """Each conflict with both its sides, and each entry that waits for approval."""
    why = {
        aside.seq: sentence(spoken(), aside.code, dict(aside.values))
        for event in events
        if event.consequences is not None
        for aside in event.consequences.set_aside
    }
    for entry in state.timeline:
        act = term("kind", entry.kind)
        if entry.validity is Validity.SET_ASIDE:
            yield say("case.conflict", seq=entry.seq, act=act, why=why.get(entry.seq, ""))
        elif isinstance(entry.what, EntryProposed) and entry.validity is Validity.COUNTS:
            act = term("kind", entry.what.what.kind)
            reason = term("warning", entry.what.code)
            yield say("case.proposed", seq=entry.seq, act=act, why=reason)
