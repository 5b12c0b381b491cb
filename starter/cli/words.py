"""The words of this run: its language, the catalogue's texts, the terms of enum values."""

import re
from datetime import date

import texts

_spoken = texts.LANGUAGES[0]


def speak(lang: str) -> None:
    """Use `lang` from now on; one command line speaks one language."""
    global _spoken  # noqa: PLW0603
    _spoken = lang


def spoken() -> str:
    """The language in use."""
    return _spoken


def say(key: str, /, **values: object) -> str:
    """The text of `cli.KEY`."""
    return texts.text(_spoken, f"cli.{key}", **values)


def term(group: str, value: object) -> str:
    """The word for an enum value or code. What the catalogue doesn't know is shown as it is:
    a list must not fail over a policy's own step."""
    key = f"terms.{group}.{value}"
    if texts.has(_spoken, key):
        return texts.text(_spoken, key)
    if group == "why":
        return term("limit", value)
    if group == "step" and "_" in str(value):
        stem, _, number = str(value).rpartition("_")
        if number.isdigit() and texts.has(_spoken, f"terms.step.{stem}"):
            return texts.text(_spoken, f"terms.step.{stem}", n=number)
    return str(value)


def days(today: date, due: date) -> str:
    """How far a last day is away, in the reader's words."""
    distance = (due - today).days
    if distance == 0:
        return say("days.today")
    way = "left" if distance > 0 else "over"
    return say(f"days.{way}" if abs(distance) > 1 else f"days.{way}_one", n=abs(distance))


def cited(article: str) -> str:
    """A citation in the reader's words: the data cites in English, `art 33(2)`."""
    if _spoken == "en":
        return article
    words = re.sub(r"\barts? (\d+)((?:\(\d+\))?)", r"第\1条\2", article)
    words = re.sub(r"第(\d+)条((?:\(\d+\))?), (\d+)", r"第\1条\2、第\3条", words)
    for name, phrase in sorted(texts.catalogue(_spoken).items()):
        if name.startswith("terms.cite."):
            words = words.replace(texts.text("en", name), phrase)
    return re.sub(r"(?<=[^\x00-\xff]) (?=第)", "", words)


def joined(parts: list[str]) -> str:
    """Several things in one line."""
    return say("joiner").join(parts)
