"""What pydantic says is wrong, as problems in our own words: all at once, each at its field."""

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import ValidationError

import texts
from domain.errors import Problem

KINDS = {
    "extra_forbidden": "unknown",
    "union_tag_not_found": "missing",
    "string_too_short": "empty",
    "string_pattern_mismatch": "form",
    "greater_than": "more_than",
    "greater_than_equal": "at_least",
    "less_than": "less_than",
    "less_than_equal": "at_most",
    "literal_error": "one_of",
    "enum": "one_of",
    "union_tag_invalid": "one_of",
    "decimal_max_places": "two_decimals",
    "timezone_aware": "offset",
}
"""Kinds of errors, with what is expected instead (`errors.expected` in the texts)."""

FAMILIES = {
    "date_from": "date",
    "datetime": "date_or_instant",
    "date": "date",
    "int": "integer",
    "bool": "boolean",
    "decimal": "amount",
    "float": "amount",
    "string": "text",
    "list": "list",
    "tuple": "list",
    "dict": "object",
    "model": "object",
    "mapping": "object",
}
"""The same by the beginning of a kind: everything else that can be wrong with a date is a date."""

PATTERNS = {"^[0-9a-f]{64}": "sha256", "^[a-z0-9]": "lower_name", "^[A-Za-z0-9]": "plain_name"}
"""The same by the beginning of the pattern that a word doesn't have."""

FieldPath = tuple[int | str, ...]


def dotted(place: FieldPath) -> str:
    """A place as it is written in a file: `organs[0].name`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return "".join(parts).lstrip(".")


def problems(
    error: ValidationError, name: Callable[[FieldPath], str] = dotted
) -> tuple[Problem, ...]:
    """Every problem once; `name` says a place as its user knows it, as an option or a label."""
    found = [
        Problem(name(wrong["loc"]), *_expected(wrong["type"], wrong.get("ctx", {})))
        for wrong in error.errors(include_url=False)
    ]
    return tuple(one for n, one in enumerate(found) if one not in found[:n])


def _expected(kind: str, context: dict[str, Any]) -> tuple[str, dict[str, object]]:
    """The key of what is expected, and its values."""
    known = context.get("expected") or context.get("expected_tags") or ""
    bound = next((context[b] for b in ("gt", "ge", "lt", "le") if b in context), "")
    values = {"known": _listed(str(known)), "n": bound, **context}
    values.pop("error", None)
    for key in (
        *_patterned(str(context.get("pattern", ""))),
        kind,
        KINDS.get(kind, ""),
        *_families(kind),
    ):
        if texts.has(texts.LANGUAGES[0], f"errors.expected.{key}"):
            return key, values
    return "form", values


def _patterned(pattern: str) -> Sequence[str]:
    return [key for start, key in PATTERNS.items() if pattern.startswith(start)]


def _families(kind: str) -> Sequence[str]:
    return [key for start, key in FAMILIES.items() if kind.startswith(start)]


def _listed(words: str) -> str:
    return words.replace("'", "").replace(" or ", ", ")
