"""An error as sentences: its text, with every code among its values in the reader's words."""

from collections.abc import Mapping

import texts
from texts.words import term

TERMS = {
    "act": "kind",
    "kind": "kind",
    "did": "kind",
    "state": "status",
    "cause": "cause",
    "reply_kind": "reply_kind",
}
"""Values that are codes, with the group of their words."""

LISTS = {"roles": "role", "changed": "kind"}
"""The same for lists; what follows a code (a ref) stays."""


def sentence(lang: str, code: str, values: Mapping[str, object]) -> str:
    """The text of the error `code` in `lang`."""
    said = {name: _said(lang, name, value) for name, value in values.items()}
    if "detail" in said:
        said["detail"] = expected(lang, str(values["detail"]), said)
    return texts.text(lang, f"errors.{code}", **said)


def expected(lang: str, detail: str, values: Mapping[str, object]) -> str:
    """What should stand there, where `detail` is one of `errors.expected`; else as it is."""
    key = f"errors.expected.{detail}"
    return texts.text(lang, key, **values) if texts.has(lang, key) else detail


def _said(lang: str, name: str, value: object) -> object:
    if name in TERMS:
        return term(lang, TERMS[name], value)
    if name in LISTS:
        parts = (_coded(lang, LISTS[name], part) for part in str(value).split(", "))
        return texts.text(lang, "cli.joiner").join(parts)
    return value


def _coded(lang: str, group: str, part: str) -> str:
    code, _, ref = part.partition(" ")
    return f"{term(lang, group, code)} {ref}".strip()
