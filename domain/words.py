"""Free text that people write and others read: one type for each shape of it, used wherever such
text enters. What could not be kept, or would not be shown as it was written, is refused there.

Words about people and their reasons are sealed where they come in (`keys.words`), by the key of
their case: from there on no rule reads them, it only asks whether they are there. So `Text` and
`Line` take what is sealed as it is. What rules read and figures count is no such word: `Label`.
"""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    StringConstraints,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import PydanticCustomError

TEXT_LENGTH = 4000
"""Characters of a reason, a note, a subject: two pages of a letter."""
LINE_LENGTH = 300
"""Characters of a name, a title, a number."""

_OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that show the letters after them in another order than they stand in."""
_BREAKS = "\u2028\u2029"
_REFUSED = ("Cc", "Cs")
"""Control characters (PostgreSQL keeps no NUL, a terminal obeys ESC), halves of characters."""


def strange(text: str, allowed: str = "") -> str | None:
    """The first character of `text` that is no part of a text and not in `allowed`."""
    if text.isprintable():  # nearly all is, and this looks at it at once
        return None
    for character in text:
        if character in allowed:
            continue
        if character in _OVERRIDES or character in _BREAKS:
            return character
        if unicodedata.category(character) in _REFUSED:
            return character
    return None


def shown(text: str, allowed: str = "\n\t") -> str:
    r"""`text` as it may be printed: what `strange` finds as its number, `\u001b`."""
    if text.isprintable():
        return text
    return "".join(c if c in allowed or strange(c) is None else f"\\u{ord(c):04x}" for c in text)


def _checked(text: str, allowed: str) -> str:
    text = text.replace("\r\n", "\n")
    found = strange(text, allowed)
    if found is not None:
        raise PydanticCustomError(
            "control_character",
            "control character {character}",
            {"character": f"U+{ord(found):04X}"},
        )
    return text


def _text(text: str) -> str:
    return _checked(text, "\n\t")


def _line(text: str) -> str:
    return _checked(text, "")


CHANGE = "change"
"""In the context of a validation: what becomes of each word, `(field, text) -> text`."""

ACROSS = "office"
"""Name of the key of what belongs to no case; a case's key has the name of the case."""

_SEALED = re.compile(r"sealed:([a-z0-9]+):([A-Za-z0-9-]{1,40}):([A-Za-z0-9_-]{38,24000})")


def sealed_word(suite: str, key: str, letters: str) -> str:
    """A word as the record has it: which cipher, whose key, and what it made of the word."""
    return f"sealed:{suite}:{key}:{letters}"


def sealed_parts(word: str) -> tuple[str, str, str] | None:
    """The same from the word; None where it is none that is sealed."""
    found = _SEALED.fullmatch(word) if word.startswith("sealed:") else None
    return None if found is None else (found[1], found[2], found[3])


def _word(value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> str:
    sealed = isinstance(value, str) and sealed_parts(value) is not None
    text: str = value if sealed else handler(value)
    change = info.context.get(CHANGE) if info.context else None
    return text if change is None else change(info.field_name, text)


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=TEXT_LENGTH),
    AfterValidator(_text),
    WrapValidator(_word),
]
"""Words in sentences; may have lines."""

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LINE_LENGTH),
    AfterValidator(_line),
    WrapValidator(_word),
]
"""A name, a title, a number: on one line."""

Label = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LINE_LENGTH),
    AfterValidator(_line),
]
"""What the office itself calls something, on one line: it is never sealed."""
