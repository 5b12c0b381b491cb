"""Forms from facts: what a type says is read from it, the rest stands in `meanings`."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo

import texts
from domain.case.answers.refs import NEW
from domain.case.answers.trial_facts import FACTS
from domain.case.facts import Ref, Sha256
from domain.case.table import TABLE
from domain.remedies.proceeding import Document
from domain.words import LINE_LENGTH, TEXT_LENGTH, Label, Line, Text
from office.acts.forms import meanings as m
from office.acts.forms.corrections import Amendment, RightReceipt
from office.acts.forms.model import ActForm, Asks, FormField

RIGHT_RECEIPT = "right_receipt"

_MODELS: dict[str, type[BaseModel]] = {
    **FACTS,
    "entry_amended": Amendment,
    RIGHT_RECEIPT: RightReceipt,
}

NAMES = tuple(_MODELS)
"""Every form: that of each act by its kind, of the registration, and of the receipt as it was."""

Seen = tuple[Any, bool, list[Any]]
"""The type of one value, whether there may be many, and the bounds."""


def every_form() -> Iterator[ActForm]:
    """All forms."""
    yield from (form_of(name) for name in NAMES)


@cache
def form_of(name: str) -> ActForm:
    """The form of that name, whatever the case. KeyError for an unknown one."""
    return derived(name, _MODELS[name])


@cache
def derived(name: str, model: type[BaseModel]) -> ActForm:
    """The form of a fact. TypeError where a field is neither words nor anything that is known."""
    kind = str(model.model_fields["kind"].default)
    hints = get_type_hints(model, include_extras=True)
    fields: list[FormField] = []
    for field, info in model.model_fields.items():
        if field in m.DERIVED or any(issubclass(model, o) and field == n for o, n in m.DERIVED_OF):
            continue
        within = m.WITHIN.get(field)
        if within is None:
            fields.append(_field(kind, (field,), field, hints[field], info))
            continue
        for given, place in within.items():
            inner = _one(hints[field])
            *outer, at = place
            for part in outer:
                inner = _one(get_type_hints(inner, include_extras=True)[part])
            hint = get_type_hints(inner, include_extras=True)[at]
            fields.append(_field(kind, (field, *place), given, hint, inner.model_fields[at]))
    return ActForm(name, kind, model, tuple(fields))


def _one(hint: Any) -> type[BaseModel]:
    found: type[BaseModel] = _seen(hint)[0]
    return found


def _field(kind: str, fills: tuple[str, ...], name: str, hint: Any, info: FieldInfo) -> FormField:
    kind_of, many, bounds = _seen(hint)
    asks = _asks(kind, name, kind_of)
    if asks is Asks.FILE:
        name = m.FILE_NAMES[name]
    guessed = asks in (Asks.NEW_REF, Asks.ITEM, Asks.LETTER, Asks.PROCEEDING, Asks.HEARING)
    default = None if info.is_required() else info.default
    key = (kind, name)
    return FormField(
        name=name,
        asks=asks,
        fills=fills,
        type=kind_of,
        label=_text("label", kind, name) or f"forms.label.{name}",
        hint=_text("hint", kind, name),
        required=info.is_required(),
        many=many,
        found=(guessed and info.is_required()) or key in m.FOUND,
        shown=m.SHOWN_WHEN.get(key),
        needed=m.NEEDED_WHEN.get(key),
        default=written(default),
        past=name not in m.AHEAD if asks in (Asks.DAY, Asks.ARRIVAL) else None,
        least=_least(bounds, asks),
        most=_most(bounds),
        longest={Asks.LINE: LINE_LENGTH, Asks.TEXT: TEXT_LENGTH}.get(asks),
        terms=m.TERMS.get(kind_of) or m.TERMS_OF.get(name) if asks is Asks.CHOICE else None,
        role=m.ROLES.get(name),
    )


def _seen(hint: Any) -> Seen:
    origin = get_origin(hint)
    if hint in (Text, Line, Label, Ref, Sha256):
        return hint, False, []
    if origin is Annotated:
        inner, *more = get_args(hint)
        found, many, bounds = _seen(inner)
        for extra in more:
            bounds = [*bounds, *getattr(extra, "metadata", [extra])]
        return found, many, bounds
    if origin in (Union, UnionType):
        return _seen(next(a for a in get_args(hint) if a is not NoneType))
    if origin is tuple:
        found, _, _ = _seen(get_args(hint)[0])
        return found, True, []
    return hint, False, []


def _asks(kind: str, field: str, of: Any) -> Asks:
    """What a field asks for. TypeError of a name or number that nothing says the meaning of."""
    if (kind, field) in m.SHOWN:
        return Asks.SHOWN
    if of == Sha256 and field in m.FILE_NAMES:
        return Asks.FILE
    if field == "received":
        return Asks.ARRIVAL
    if of == Ref and field == "ref":
        return _about(kind)
    meant = m.OTHERWISE.get((kind, field)) or m.NAMED.get(field)
    if meant is not None and (of in (Label, Ref, str) or (of is int and meant in _NUMBERED)):
        return meant
    for known, asks in _TYPES:
        if of == known or (isinstance(known, type) and _is_a(of, known)):
            return asks
    if get_origin(of) is Literal:
        return Asks.CHOICE
    raise TypeError(f"{kind}.{field}: say in office/acts/forms/meanings.py what it may be")


def _is_a(of: Any, known: type) -> bool:
    return isinstance(of, type) and issubclass(of, known)


_NUMBERED = (Asks.ENTRY, Asks.ROUND)

_TYPES: tuple[tuple[Any, Asks], ...] = (
    (Text, Asks.TEXT),
    (Line, Asks.LINE),
    (Enum, Asks.CHOICE),
    (bool, Asks.YES_NO),
    (datetime, Asks.INSTANT),
    (date, Asks.DAY),
    (Decimal, Asks.AMOUNT),
    (int, Asks.COUNT),
    (Document, Asks.PAPERS),
)
"""The first that fits: a bool is an int, an instant a day."""


def _about(kind: str) -> Asks:
    """What the ref of an act names."""
    if kind in NEW:
        return Asks.NEW_REF
    if TABLE[kind].remedy:
        return Asks.PROCEEDING
    return Asks.ITEM if kind.startswith("item_") else Asks.LETTER


def _least(bounds: list[Any], asks: Asks) -> Decimal | None:
    for bound in bounds:
        if isinstance(bound, Ge):
            return Decimal(str(bound.ge))
        if isinstance(bound, Gt):
            step = Decimal("0.01") if asks is Asks.AMOUNT else Decimal(1)
            return Decimal(str(bound.gt)) + step
    return None


def _most(bounds: list[Any]) -> Decimal | None:
    for bound in bounds:
        if isinstance(bound, Le):
            return Decimal(str(bound.le))
        if isinstance(bound, Lt):
            return Decimal(str(bound.lt)) - 1
    return None


def written(value: Any) -> tuple[str, ...]:
    """A value as it would be submitted."""
    if isinstance(value, tuple | list):
        return tuple(word for one in value for word in written(one))
    if value is None or value is False:
        return ()
    return ("true",) if value is True else (str(value),)


def _text(part: str, kind: str, name: str) -> str | None:
    """The key of a text of a field: that of its act, of all acts of proceedings, of its name."""
    of = ["proceeding"] if kind in TABLE and TABLE[kind].remedy else []
    keys = [*(f"forms.{part}_of.{key}.{name}" for key in (kind, *of)), f"forms.{part}.{name}"]
    return next((key for key in keys if texts.has(texts.LANGUAGES[0], key)), None)
