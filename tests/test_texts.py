"""Both catalogues say the same things."""

import string

from domain.errors import Code
from texts import LANGUAGES, catalogue


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_key_stands_in_every_language_with_the_same_placeholders() -> None:
    first = catalogue(LANGUAGES[0])
    for lang in LANGUAGES[1:]:
        other = catalogue(lang)
        assert first.keys() == other.keys()
        for key, text in first.items():
            assert placeholders(text) == placeholders(other[key]), key


def test_every_error_code_has_its_text() -> None:
    assert {f"errors.{code}" for code in Code} <= catalogue("zh").keys()
