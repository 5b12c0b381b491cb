"""What a person puts their name under: what goes out, each file with its hash, what stays back and
why, the reply, who signed before, and the entry that all of it rests on."""

from dataclasses import dataclass

from domain.case.parts import Reply
from domain.case.reading import CasePart
from office.cases.case_files import files_of
from office.cases.record import Record
from speech.dates import day
from speech.names import NameBook
from speech.words import cited, term
from web.cases.case import draft_words
from web.frame.pages import say
from web.replies.fates import ItemFate, fate

UNDER = frozenset({"signed", "reply_approved", "dispatched"})
"""Acts that stand under what goes out."""


@dataclass(frozen=True, slots=True)
class ReleasedItem:
    """An item as it would go out; `file`: by which its content is opened."""

    fate: ItemFate
    sha256: str
    file: str | None


@dataclass(frozen=True, slots=True)
class StandsUnder:
    """`out`: what would go out; `back`: what stays; `more`: what the reply says beside its reasons,
    by the name of the field; `signed`: by whom, in words; `seq`: the entry it all rests on."""

    out: tuple[ReleasedItem, ...]
    back: tuple[ItemFate, ...]
    reply: Reply | None
    more: tuple[tuple[str, str], ...]
    signed: tuple[str, ...]
    seq: int

    @property
    def article(self) -> str:
        """What the reply rests on."""
        return cited(self.reply.article) if self.reply and self.reply.article else ""


def stands_under(record: Record, kind: str, known: NameBook) -> StandsUnder | None:
    """What an act of that kind stands under; None: nothing in particular."""
    if kind not in UNDER:
        return None
    state = record.state
    opens = CasePart.FILES in record.sight
    files = {f.sha256: f.ref for f in files_of(state, record.events) if opens}
    hashes = {item.ref: item.sha256 for item in state.released}
    return StandsUnder(
        out=tuple(
            ReleasedItem(fate(item), hashes[item.ref], files.get(hashes[item.ref]))
            for item in state.items
            if item.ref in hashes
        ),
        back=tuple(fate(item) for item in state.items if item.ref not in hashes),
        reply=state.reply,
        more=tuple(draft_words(record)) if state.reply else (),
        signed=tuple(
            say(
                "case.signed",
                role=term("role", one.role),
                person=known.short(one.person),
                day=day(one.on, record.today),
            )
            for one in state.signatures
        ),
        seq=state.seq,
    )
