"""The words of whoever asks: their language, texts of the catalogue, terms of enum values."""

import re
from contextvars import ContextVar
from datetime import date

import texts
from texts import citations
from texts.words import limit_in, term_in

_REF = re.compile(r"(item-|letter-|r|s|c|h)(\d+)")
"""The refs that are given out where nobody chooses one."""

_spoken: ContextVar[str] = ContextVar("spoken", default=texts.LANGUAGES[0])


_on_pages: ContextVar[bool] = ContextVar("on_pages", default=False)


def speak(lang: str, *, on_pages: bool = False) -> None:
    """Use `lang` from now on, for this command or this request; `on_pages`: to somebody who has no
    commands."""
    _spoken.set(lang)
    _on_pages.set(on_pages)


def on_pages() -> bool:
    """Whether the words stand on a page, where nobody knows commands and their options."""
    return _on_pages.get()


def spoken() -> str:
    """The language in use."""
    return _spoken.get()


def say(key: str, /, **values: object) -> str:
    """The text of `speech.KEY`."""
    return texts.text(spoken(), f"speech.{key}", **values)


def term(group: str, value: object) -> str:
    """The word for an enum value or code, in the language in use."""
    return term_in(spoken(), group, value)


def limit(name: str, ref: str | None = None) -> str:
    """The name of a limit with what it belongs to, in the language in use."""
    if ref is None:
        return limit_in(spoken(), name)
    return limit_in(spoken(), name, "/".join(map(ref_words, ref.split("/"))))


def ref_words(ref: str) -> str:
    """What an item, letter or proceeding is called: on a page in words, elsewhere by its ref, which
    commands ask for."""
    found = _REF.fullmatch(ref) if on_pages() else None
    return say(f"ref.{found[1].strip('-')}", n=found[2]) if found else ref


def days(today: date, due: date) -> str:
    """How far a last day is away, in the reader's words."""
    distance = (due - today).days
    if distance == 0:
        return say("days.today")
    way = "left" if distance > 0 else "over"
    return say(f"days.{way}" if abs(distance) > 1 else f"days.{way}_one", n=abs(distance))


def shifted(working_days: int) -> str:
    """How much later, or (negative) earlier, a day comes."""
    way, n = ("later" if working_days >= 0 else "earlier"), abs(working_days)
    return say(f"shifted.{way}" if n != 1 else f"shifted.{way}_one", n=n)


def cited(article: str) -> str:
    """A citation in the reader's words: the data cites in English, `art 33(2)`."""
    return citations.cited(spoken(), article)


def joined(parts: list[str]) -> str:
    """Several things in one line; a sentence among them stops once, at the joiner."""
    *first, last = parts or [""]
    return say("joiner").join([*(part.rstrip("。") for part in first), last])
