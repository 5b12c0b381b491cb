"""What a person puts their name under: the files that would go out, each with its hash, and the
reply."""

from dataclasses import dataclass

from domain.case.parts import Reply
from office.cases.case_files import files_of
from office.cases.record import Record
from speech.words import term

UNDER = frozenset({"signed", "reply_approved", "dispatched"})
"""Acts that stand under what goes out."""


@dataclass(frozen=True, slots=True)
class ReleasedItem:
    """An item as it would go out; `file`: by which its content is opened."""

    title: str
    decision: str
    ground: str
    sha256: str
    file: str | None


@dataclass(frozen=True, slots=True)
class StandsUnder:
    """All that would go out."""

    items: tuple[ReleasedItem, ...]
    reply: Reply | None


def stands_under(record: Record, kind: str) -> StandsUnder | None:
    """What an act of that kind stands under; None: nothing in particular."""
    if kind not in UNDER:
        return None
    state = record.state
    files = {file.sha256: file.ref for file in files_of(state, record.events)}
    found = []
    for signed in state.released:
        item = state.item(signed.ref)
        review = item.review if item else None
        found.append(
            ReleasedItem(
                title=item.title if item else signed.ref,
                decision=term("decision", review.decision) if review else "",
                ground=(review.ground or "") if review else "",
                sha256=signed.sha256,
                file=files.get(signed.sha256),
            )
        )
    return StandsUnder(tuple(found), state.reply)
