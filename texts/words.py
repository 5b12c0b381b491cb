"""The words for codes and citations, in a given language."""

import re

import texts


def term(lang: str, group: str, value: object) -> str:
    """The word for an enum value or code. What the catalogue doesn't know is shown as it is:
    a list must not fail over a policy's own step."""
    key = f"terms.{group}.{value}"
    if texts.has(lang, key):
        return texts.text(lang, key)
    if group == "why":
        return term(lang, "limit", value)
    if group == "step" and "_" in str(value):
        stem, _, number = str(value).rpartition("_")
        if number.isdigit() and texts.has(lang, f"terms.step.{stem}"):
            return texts.text(lang, f"terms.step.{stem}", n=number)
    return str(value)


def cited(lang: str, article: str) -> str:
    """A citation in the reader's words: the data cites in English, `art 33(2)`."""
    if lang == "en":
        return article
    words = re.sub(r"\barts? (\d+)((?:\(\d+\))?)", r"第\1条\2", article)
    words = re.sub(r"第(\d+)条((?:\(\d+\))?), (\d+)", r"第\1条\2、第\3条", words)
    for name, phrase in sorted(texts.catalogue(lang).items()):
        if name.startswith("terms.cite."):
            words = words.replace(texts.text("en", name), phrase)
    return re.sub(r"(?<=[^\x00-\xff]) (?=第)", "", words)
