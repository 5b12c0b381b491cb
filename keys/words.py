"""Words of people, sealed where they come in and opened for whoever may read them."""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from domain.errors import Code, Unreachable
from domain.words import CHANGE, sealed_parts
from keys.cipher import Tampered
from keys.data_key import DataKey
from keys.store import Destroyed, KeyStore

T = TypeVar("T")
ModelT = TypeVar("ModelT", bound=BaseModel)

DESTROYED = "〔…〕"
"""Stands where words were forgotten."""

UNREADABLE = "〔?〕"
"""Stands for words whose key is missing."""


def seal(value: ModelT, key: DataKey) -> ModelT:
    """`value` with every word in it (`domain.words`: Text, Line) sealed by `key`."""
    return type(value).model_validate(value.model_dump(), context={CHANGE: key.seal_word})


class Reader:
    """Opens words, whichever case they are of. `store` is asked for with the first sealed word."""

    def __init__(self, store: Callable[[], KeyStore]) -> None:
        self._store = store

    def word(self, text: str) -> str:
        """The words behind `text`; itself where it isn't sealed, DESTROYED where they are gone.

        Raises Unreachable(key_store_unreachable, key_missing, …).
        """
        parts = sealed_parts(text)
        if parts is None:
            return text
        try:
            return self._store().key(parts[1]).open_word(text)
        except Destroyed:
            return DESTROYED
        except Tampered:
            # Typed by somebody who likes the look of it, or changed by somebody: as it stands.
            return text

    def open(self, value: T) -> T:
        """`value` with every word in it opened, however deep; itself where none is sealed."""
        return cast(T, _through(value, self._at_once().word))

    def show(self, value: T) -> T:
        """The same of a list of many cases: one without its key must not take the others away.
        Its words are UNREADABLE."""
        return cast(T, _through(value, self._at_once()._word_or_mark))

    def _at_once(self) -> "Reader":
        """The same for many words, with the store of this moment."""
        return Reader(cache(self._store))

    def _word_or_mark(self, text: str) -> str:
        try:
            return self.word(text)
        except Unreachable as error:
            if error.code is not Code.KEY_MISSING:
                raise
            return UNREADABLE


_WORDLESS = frozenset({type(None), bool, int, float, date, datetime, Decimal})
"""Nothing to look into: most of what is in a case."""


def _through(value: Any, change: Callable[[str], str]) -> Any:
    if type(value) in _WORDLESS:
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, BaseModel):
        changes = _changed(value.__dict__, change)
        return value.model_copy(update=changes) if changes else value
    if isinstance(value, tuple | list):
        if not value:
            return value
        items = [_through(item, change) for item in value]
        if all(a is b for a, b in zip(items, value, strict=True)):
            return value
        return type(value)(items) if isinstance(value, list) else _tuple(value, items)
    if isinstance(value, Mapping):
        changes = _changed(value, change)
        return {**value, **changes} if changes else value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        changes = _changed(fields, change)
        return dataclasses.replace(value, **changes) if changes else value
    return value


def _tuple(value: tuple[Any, ...], items: list[Any]) -> tuple[Any, ...]:
    return type(value)(*items) if hasattr(value, "_fields") else tuple(items)


def _changed(fields: Mapping[Any, Any], change: Callable[[str], str]) -> dict[Any, Any]:
    found = {}
    for name, item in fields.items():
        if type(item) in _WORDLESS:  # asked here too: a call for each would be most of the time
            continue
        changed = _through(item, change)
        if changed is not item:
            found[name] = changed
    return found
