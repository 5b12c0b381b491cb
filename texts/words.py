"""The words for codes, in a given language."""

import texts

SILENCE = "silence"
"""The ref of limits that a silence began, not a reply."""


def limit_in(lang: str, name: str, ref: str | None = None) -> str:
    """A limit with what it belongs to: a letter, a proceeding, or the silence it began with."""
    if ref == SILENCE:
        return texts.text(lang, "terms.of_silence", limit=term_in(lang, "limit", name))
    return " ".join(filter(None, (term_in(lang, "limit", name), ref)))


def term_in(lang: str, group: str, value: object) -> str:
    """The word for an enum value or code. What the catalogue doesn't know is shown as it is:
    a list must not fail over a policy's own step."""
    key = f"terms.{group}.{value}"
    if texts.has(lang, key):
        return texts.text(lang, key)
    if group == "why":
        return term_in(lang, "limit", value)
    if group == "step" and "_" in str(value):
        stem, _, number = str(value).rpartition("_")
        if number.isdigit() and texts.has(lang, f"terms.step.{stem}"):
            return texts.text(lang, f"terms.step.{stem}", n=number)
    return str(value)
