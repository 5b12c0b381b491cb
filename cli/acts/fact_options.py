"""Options of an act from its form, and the fact from the options given.

A field has one name everywhere: `working_days` of the fact is `--working-days`. Fields that hold
a hash are given by the path of the file, lists of papers by their paths; the receipt by its channel
and day.
"""

import inspect
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from pydantic import BaseModel, ValidationError

from cli.acts.table import ActCommand
from cli.frame.params import arrival, day, moment
from domain.errors import Code, InputError
from office.acts.forms.meanings import FILE_NAMES
from office.acts.forms.model import Asks, FormField
from texts.problems import FieldPath, problems

Model = TypeVar("Model", bound=BaseModel)

_METAVARS = {Asks.VALUES: "NAME=VALUE", Asks.PAPERS: "[TITLE=]PATH"}
_FLAGS = {"values": "set", "documents": "document"}
"""Fields of several values whose option names one of them."""


def options(row: ActCommand) -> list[inspect.Parameter]:
    """The options of one act: required ones first, then in the fact's order."""
    found = [_option(field) for field in row.form.fields if field.asks is not Asks.SHOWN]
    return sorted(found, key=lambda p: p.default is not inspect.Parameter.empty)


def _option(field: FormField) -> inspect.Parameter:
    if field.asks is Asks.ENTRY:
        hint, info = int, typer.Argument()
    else:
        hint, info = _hint(field), _info(field)
    given = field.required and not field.found
    return inspect.Parameter(
        field.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if given else None,
        annotation=Annotated[hint if given else hint | None, info],
    )


def _hint(field: FormField) -> Any:
    """The type an option is read as: enum, literal, day, number, file, list, else text."""
    if field.asks is Asks.FILE:
        return Path
    if field.many:
        return list[str]
    of = str if field.asks is Asks.ARRIVAL else field.type
    if isinstance(of, type) and issubclass(of, Enum | int | date):
        return of
    return of if field.asks is Asks.CHOICE else str


def _info(field: FormField) -> Any:
    flag = "--" + _FLAGS.get(field.name, field.name).replace("_", "-")
    if field.asks in _METAVARS:
        return typer.Option(flag, metavar=_METAVARS[field.asks])
    if field.asks is Asks.YES_NO:
        return typer.Option(f"{flag}/--no-{flag.removeprefix('--')}")
    if field.asks is Asks.INSTANT:
        return typer.Option(flag, metavar="TIME", parser=moment)
    if field.asks is Asks.DAY:
        return typer.Option(flag, metavar="DATE", parser=day)
    if _hint(field) in (str, list[str]):
        return typer.Option(flag, metavar="TEXT")
    return typer.Option(flag)


def fact(row: ActCommand, given: dict[str, Any]) -> BaseModel:
    """The fact of an act from its options. InputError(bad_field), InputError(bad_date)."""
    if "received" in given:
        given["receipt"] = arrival(given.pop("channel"), given.pop("received"))
    return build(row.form.fact, given)


def build(model: type[Model], given: dict[str, Any]) -> Model:
    """The value, or InputError(bad_field) naming the option and what is wrong with it."""
    try:
        return model.model_validate({k: v for k, v in given.items() if v not in (None, [])})
    except ValidationError as error:
        raise InputError(Code.BAD_FIELD, problems=problems(error, flag)) from error


def flag(place: FieldPath) -> str:
    """The option that gives a field."""
    field = str(place[0]) if place else "?"
    return "--" + FILE_NAMES.get(field, field).replace("_", "-")
