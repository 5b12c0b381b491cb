"""Browsers in which somebody has signed in before: each keeps a word of ours that says under which
name. It opens nothing; whoever guesses at that name elsewhere doesn't keep it out.

    word_for(settings, name)   -> what the browser keeps
    name_in(settings, word)    -> the name, or None
"""

from datetime import UTC, datetime, timedelta

from domain.errors import Unreachable
from domain.words import ACROSS
from keys.cipher import Tampered
from office.running.key_store import key_of
from office.settings import Settings

KEPT = timedelta(days=90)

FIELD = "known_browser"


def word_for(settings: Settings, name: str, at: datetime | None = None) -> str:
    """What a browser keeps in which somebody signed in under `name`; nothing where our key is
    away."""
    day = (at or datetime.now(UTC)).date()
    try:
        return key_of(settings, ACROSS).seal_word(FIELD, f"{FIELD} {day} {name.strip()}")
    except Unreachable:
        return ""


def name_in(settings: Settings, word: str, at: datetime | None = None) -> str | None:
    """The name that a browser's word has; None: it is none of ours, or too old."""
    try:
        what, day, name = key_of(settings, ACROSS).open_word(word).split(" ", 2)
    except (Tampered, ValueError, Unreachable):
        return None
    if what != FIELD:
        return None
    kept_since = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return name if (at or datetime.now(UTC)) - kept_since < KEPT else None
