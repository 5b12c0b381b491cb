"""Readers of JSON fields. Each names the field that is wrong and what is expected there
(`errors.expected.*` in the texts)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from pydantic import ValidationError

from domain.calendar.model import Calendar
from domain.calendar.zones import zone as zone_named
from domain.errors import Code, InputError, Problem
from law.files import load_calendar
from texts.problems import dotted, problems

Json = Mapping[str, Any]
Word = TypeVar("Word", bound=StrEnum)


def wrong(field: str, expected: str, **values: object) -> NoReturn:
    """Refuse `field`; `expected` is a key under errors.expected, filled with `values`."""
    raise InputError(Code.BAD_FIELD, problems=[Problem(field, expected, values)])


def mapping(value: object, field: str) -> Json:
    """A JSON object."""
    if not isinstance(value, dict):
        wrong(field, "object")
    return value


def sequence(value: object, field: str) -> list[Any]:
    """A JSON list."""
    if not isinstance(value, list):
        wrong(field, "list")
    return value


def only(fields: Json, known: Collection[str], at: str = "") -> None:
    """Refuse a field nobody knows; null is as good as left out."""
    for name, value in fields.items():
        if name not in known and value is not None:
            wrong(f"{at}{name}", "unknown")


def needed(fields: Json, name: str, at: str = "") -> Any:
    """A field that must be there."""
    value = fields.get(name)
    if value is None:
        wrong(f"{at}{name}", "missing")
    return value


def day(value: object, field: str) -> date:
    """A date, 2022-09-30."""
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    wrong(field, "date")


def day_or_instant(value: object, field: str) -> date | datetime:
    """A date, or an instant with its offset."""
    if not (isinstance(value, str) and len(value) > 10 and value[10] in "T t"):
        return day(value, field) if isinstance(value, str) else wrong(field, "date_or_instant")
    try:
        moment = datetime.fromisoformat(value.upper())
    except ValueError:
        wrong(field, "date_or_instant")
    if moment.tzinfo is None:
        wrong(field, "offset")
    return moment


def integer(value: object, field: str, *, least: int | None = None) -> int:
    """A whole number; true and false are none."""
    if not isinstance(value, int) or isinstance(value, bool):
        wrong(field, "integer")
    if least is not None and value < least:
        wrong(field, "at_least", n=least)
    return value


def truth(value: object, field: str) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        wrong(field, "boolean")
    return value


def words(value: object, field: str) -> str:
    """Text, not empty."""
    if not isinstance(value, str) or not value:
        wrong(field, "text")
    return value


def word(kind: type[Word], value: object, field: str) -> Word:
    """One of the words of a closed set."""
    if not isinstance(value, str) or value not in kind.__members__.values():
        wrong(field, "one_of", known=", ".join(kind))
    return kind(value)


def clock_time(value: object, field: str) -> time:
    """A local time, 16:30, without an offset of its own."""
    try:
        found = time.fromisoformat(words(value, field))
    except ValueError:
        wrong(field, "time")
    return found if found.tzinfo is None else wrong(field, "time")


def zone(value: object, field: str) -> tzinfo:
    """A time zone by name."""
    try:
        return zone_named(words(value, field))
    except ValueError:
        wrong(field, "zone")


def calendar(value: object, field: str) -> Calendar:
    """A calendar by name, or its days: it then covers every year it is asked for."""
    if isinstance(value, str):
        try:
            return load_calendar(value)
        except InputError:
            wrong(field, "calendar")
    fields = mapping(value, field)
    only(fields, ("weekend", "off", "work"), f"{field}.")
    given = fields.get("weekend")
    weekend = ["sat", "sun"] if given is None else sequence(given, f"{field}.weekend")
    try:
        return Calendar.of_days(weekend, _days(fields, "off", field), _days(fields, "work", field))
    except ValidationError as error:
        refuse(error, field, depth=1)


def refuse(error: ValidationError, at: str, *, depth: int) -> NoReturn:
    """Refuse the field a model complains about, in our words; `depth` levels below `at`."""
    raise InputError(
        Code.BAD_FIELD, problems=problems(error, lambda place: dotted((at, *place[:depth])))
    ) from error


def _days(fields: Json, name: str, at: str) -> list[date]:
    listed = sequence(fields.get(name) or [], f"{at}.{name}")
    return [day(value, f"{at}.{name}[{i}]") for i, value in enumerate(listed)]
