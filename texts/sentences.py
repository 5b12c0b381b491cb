"""An error as sentences: its text, with every code among its values in the reader's words."""

import re
from collections.abc import Mapping

import texts
from texts.system import key_of
from texts.words import term_in

TERMS = {
    "act": "kind",
    "kind": "kind",
    "did": "kind",
    "state": "status",
    "cause": "cause",
    "reply_kind": "reply_kind",
    "instance": "instance",
    "outcome": "outcome",
    "need": "warning",
}
"""Values that are codes, with the group of their words."""

LISTS = {"roles": "role", "changed": "kind"}
"""The same for lists; what follows a code (a ref) stays."""

PEOPLE = ("handler", "person")
"""Names with their ids."""

LISTED = ("known", "refs", "items", "ids")
"""Lists of what stands as it is: names, refs, what may be typed."""


_NAMED = re.compile(r" \(([^()]*)\)")
"""An id beside its name, or a name beside its id."""

REPLY_FIELD = "reply_field_missing"
"""The refusal that names a field of the reply nobody has written yet."""


def sentence(lang: str, code: str, values: Mapping[str, object], *, on_pages: bool = False) -> str:
    """The text of the error `code` in `lang`; `on_pages`: without commands and their options."""
    said = {name: _said(lang, name, value) for name, value in values.items()}
    if "field" in said:
        named = str(values["field"])
        asked = code == REPLY_FIELD
        said["field"] = field(lang, named, option=asked and not on_pages)
        if asked and on_pages:
            said["field"] = term_in(lang, "field", named)
    if "detail" in said:
        said["detail"] = expected(lang, str(values["detail"]), said)
    key = f"desk.refused.{code}"
    return texts.text(lang, key if on_pages and texts.has(lang, key) else f"errors.{code}", **said)


def field(lang: str, name: str, *, option: bool) -> str:
    """An event by its name; a field the rules ask for with the `option` that gives it. What was
    written in a file stays as it was written."""
    if texts.has(lang, f"terms.kind.{name}"):
        return term_in(lang, "kind", name)
    if not option:
        return name
    label = term_in(lang, "field", name)
    flag = f"--{name.replace('_', '-')}"
    return name if label == name else texts.text(lang, "terms.option", name=label, flag=flag)


def expected(lang: str, detail: str, values: Mapping[str, object]) -> str:
    """What should stand there, where `detail` is one of `errors.expected`; else what is in the
    way, without the full stop of whoever said it: ours follows."""
    key = f"errors.expected.{detail}"
    return texts.text(lang, key, **values) if texts.has(lang, key) else in_the_way(lang, detail)


def in_the_way(lang: str, detail: str) -> str:
    """What a system said when it refused, in the reader's words where they are known."""
    key = key_of(detail)
    return texts.text(lang, f"errors.system.{key}") if key else detail.rstrip(".。")


def _said(lang: str, name: str, value: object) -> object:
    if str(value) == "-":
        return texts.text(lang, "terms.nothing")
    if name == "kind" and not texts.has(lang, f"terms.kind.{value}"):
        return term_in(lang, "proceeding_kind", value)
    if name in TERMS:
        return term_in(lang, TERMS[name], value)
    if name in LISTS:
        parts = (_coded(lang, LISTS[name], part) for part in str(value).split(", "))
        return texts.text(lang, "evidence.list").join(parts)
    if name in PEOPLE:
        return _named(lang, value)
    if name in LISTED:
        named = _named(lang, value)
        return named.replace(", ", texts.text(lang, "evidence.list"))
    return value


def _named(lang: str, value: object) -> str:
    return _NAMED.sub(texts.text(lang, "terms.named"), str(value))


def _coded(lang: str, group: str, part: str) -> str:
    code, _, ref = part.partition(" ")
    return f"{term_in(lang, group, code)} {ref}".strip()
