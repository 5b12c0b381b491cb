"""The words for codes, in a given language."""

import texts

SILENCE, LAPSE, RELEASE = "silence", "lapse", "release/"
"""The refs of limits that a silence or a lapse began, not a reply, or (with that of the letter) a
release over a third party's objection."""


def limit_in(lang: str, name: str, ref: str | None = None) -> str:
    """A limit with what it belongs to: a letter, a proceeding, or what it began with."""
    word = term_in(lang, "limit", name)
    if ref in (SILENCE, LAPSE):
        return texts.text(lang, f"terms.of_{ref}", limit=word)
    if ref is not None and ref.startswith(RELEASE):
        return texts.text(lang, "terms.of_third_party", limit=word, ref=ref.removeprefix(RELEASE))
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
