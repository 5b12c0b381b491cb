"""Options of an act from the fields of its fact, and the fact from the options given.

A field has one name everywhere: `working_days` of the fact is `--working-days`. Fields that hold
a hash become the path of the file, lists of papers their paths; the receipt becomes its channel
and day.
"""

import inspect
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import typer
from pydantic import BaseModel, ValidationError

from cli.acts.table import ActCommand
from cli.frame.params import arrival, day, moment
from domain.case.facts import Attack, Signed
from domain.errors import Code, InputError
from texts.problems import FieldPath, problems

FILES = {"sha256": "document", "released_sha256": "released_file", "document": "document"}
"""Fields with a hash, and the option that takes the file."""

PAPERS = "documents"
"""A field with several papers, each given as `[TITLE=]PATH`."""

Model = TypeVar("Model", bound=BaseModel)

DERIVED = frozenset(
    {"kind", "in_time", "offer", "proposer", "by_tariff", "of_round", "last_day", "basis"}
)
"""Fields nobody gives: the clock or the model knows them."""

GUESSED = frozenset({"ref", "hearing"})
"""Required by the fact, but found from the case when left out."""

OFFERED = frozenset({("fee_notice_sent", "amount")})
"""Required by the fact of that kind, and computed when left out."""


def options(row: ActCommand) -> list[inspect.Parameter]:
    """The options of one act: required ones first, then in the fact's order."""
    found = []
    for name, field in row.fact.model_fields.items():
        if name in DERIVED or row.fact is Signed:
            continue
        if name == "reply_kind" and issubclass(row.fact, Attack):
            continue
        if name == "receipt":
            found += [_option("channel", _channels(), True), _option("received", str, True)]
            continue
        if name == "seq":
            found.append(_argument(name, int))
            continue
        hint = _plain(field.annotation)
        if name in FILES:
            if (row.kind, name) != ("item_reviewed", "sha256"):
                found.append(_option(FILES[name], Path, False))
            continue
        guessed = name in GUESSED or (row.kind, name) in OFFERED
        found.append(_option(name, hint, field.is_required() and not guessed))
    return sorted(found, key=lambda p: p.default is not inspect.Parameter.empty)


def _channels() -> Any:
    from domain.clock import Receipt

    return _plain(Receipt.model_fields["channel"].annotation)


def _plain(annotation: Any) -> Any:
    """The type an option is read as: enum, literal, day, number, list, else text."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _plain(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return _plain(next(a for a in get_args(annotation) if a is not NoneType))
    if origin is tuple:
        return list[str]
    if origin is Literal:
        return annotation
    if isinstance(annotation, type) and issubclass(annotation, Enum | int | date):
        return annotation
    return str


def _option(name: str, hint: Any, required: bool) -> inspect.Parameter:
    flag = "--" + name.replace("_", "-")
    if name == "values":
        info = typer.Option("--set", metavar="NAME=VALUE")
    elif name == PAPERS:
        info = typer.Option("--document", metavar="[TITLE=]PATH")
    elif hint is bool:
        info = typer.Option(f"{flag}/--no-{flag.removeprefix('--')}")
    elif hint is datetime:
        info = typer.Option(flag, metavar="TIME", parser=moment)
    elif hint is date:
        info = typer.Option(flag, metavar="DATE", parser=day)
    elif hint in (str, list[str]):
        info = typer.Option(flag, metavar="TEXT")
    else:
        info = typer.Option(flag)
    empty = inspect.Parameter.empty
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=empty if required else None,
        annotation=Annotated[hint if required else hint | None, info],
    )


def _argument(name: str, hint: type) -> inspect.Parameter:
    keyword = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, keyword, annotation=Annotated[hint, typer.Argument()])


def fact(row: ActCommand, given: dict[str, Any]) -> BaseModel:
    """The fact of an act from its options. InputError(bad_field), InputError(bad_date)."""
    if "receipt" in row.fact.model_fields:
        given["receipt"] = arrival(given.pop("channel"), given.pop("received"))
    return build(row.fact, given)


def build(model: type[Model], given: dict[str, Any]) -> Model:
    """The value, or InputError(bad_field) naming the option and what is wrong with it."""
    try:
        return model.model_validate({k: v for k, v in given.items() if v not in (None, [])})
    except ValidationError as error:
        raise InputError(Code.BAD_FIELD, problems=problems(error, flag)) from error


def flag(place: FieldPath) -> str:
    """The option that gives a field."""
    field = str(place[0]) if place else "?"
    return "--" + FILES.get(field, field).replace("_", "-")
