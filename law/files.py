"""Reads the data files of the law; `domain/` says what may stand in them.

A file that can't be used is the error `bad_law_file` with the file, the field and what is
expected there.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from domain.calendar.model import Calendar
from domain.errors import Code, InputError, Refusal
from domain.in_force import check_validity
from domain.periods.book import PeriodBook
from domain.policy import Policy
from domain.statute import Statute
from domain.tariff import Tariff
from texts.problems import dotted, problems

if TYPE_CHECKING:
    from domain.ladder import Ladder
    from domain.retention import RetentionSchedule

Model = TypeVar("Model", bound=BaseModel)

JURISDICTION = "cn"
"""Whose law the cases of an office come under."""

CALENDAR_REMARKS = (
    "meaning",
    "version_meaning",
    "open_from_meaning",
    "changed_at_short_notice",
    "frozen_from",
)


def parse(model: type[Model], content: object, file: str) -> Model:
    """Validate the content of a file. Raises bad_law_file."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        found = problems(error, lambda place: dotted(place) or "file")
        raise InputError(Code.BAD_LAW_FILE, file=file, problems=found) from error


def parse_calendar(text: str, file: str) -> Calendar:
    """A calendar from JSON; remarks for readers of the file are left out. Raises bad_law_file."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise InputError(
            Code.BAD_LAW_FILE, file=file, field="file", detail="unreadable", reason=error
        ) from error
    if isinstance(content, dict):
        for remark in CALENDAR_REMARKS:
            content.pop(remark, None)
    return parse(Calendar, content, file)


def read_toml(text: str, file: str) -> dict[str, Any]:
    """The content of TOML. Raises bad_law_file."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            Code.BAD_LAW_FILE, file=file, field="file", detail="unreadable", reason=error
        ) from error


def parse_toml(model: type[Model], text: str, file: str) -> Model:
    """A model from TOML. Raises bad_law_file."""
    return parse(model, read_toml(text, file), file)


def _folder(name: str) -> Traversable:
    return files("law").joinpath(name)


@cache
def load_statutes() -> Sequence[Statute]:
    """Every statute on file, each jurisdiction without gap or overlap. Raises bad_law_file."""
    files = sorted(_folder("statutes").iterdir(), key=lambda file: file.name)
    written = {
        file.name: read_toml(file.read_text(encoding="utf-8"), file.name)
        for file in files
        if file.name.endswith(".toml")
    }
    found = [parse(Statute, _as_amended(name, written), name) for name in written]
    check_validity(found)
    return tuple(found)


def _as_amended(name: str, written: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """A text that `amends` another says only what it changes, whole tables at a time.
    Raises bad_law_file."""
    own = written[name]
    amended = own.get("amends")
    if amended is None:
        return own
    other = written.get(f"{amended}.toml")
    if other is None or "amends" in other:
        known = ", ".join(file.removesuffix(".toml") for file in written if file != name)
        raise InputError(Code.BAD_LAW_FILE, file=name, field="amends", detail="one_of", known=known)
    kept = {key: value for key, value in other.items() if key != "in_force_to"}
    return {key: value for key, value in (kept | own).items() if key != "amends"}


@cache
def load_calendar(name: str) -> Calendar:
    """The calendar of that name. Raises bad_law_file."""
    file = _folder("calendars").joinpath(f"{name}.json")
    if not name.replace("-", "").isalnum() or not file.is_file():
        raise InputError(Code.BAD_LAW_FILE, file=f"{name}.json", field="file", detail="no_file")
    return parse_calendar(file.read_text(encoding="utf-8"), file.name)


@cache
def load_period_book(name: str) -> PeriodBook | None:
    """The named periods of one procedure, None where there is no such file. Raises bad_law_file."""
    file = _folder("periods").joinpath(f"{name}.toml")
    if not name.replace("-", "").isalnum() or not file.is_file():
        return None
    return parse_toml(PeriodBook, file.read_text(encoding="utf-8"), file.name)


@cache
def load_period_books(calendar: str) -> Sequence[PeriodBook]:
    """Every book of named periods that counts on the calendar of that name."""
    names = sorted(file.name for file in _folder("periods").iterdir())
    books = (load_period_book(name.removesuffix(".toml")) for name in names)
    return tuple(book for book in books if book and book.calendar == calendar)


def load_tariff(day: date, jurisdiction: str = JURISDICTION) -> Tariff:
    """The tariff of fees in force on `day`. Raises bad_law_file; Refusal(not_in_force) before its
    first day."""
    tariff = _tariff(jurisdiction)
    if day < tariff.in_force_from:
        raise Refusal(
            Code.NOT_IN_FORCE, tariff.source, kind="fee_notice_sent", statute=tariff.id, day=day
        )
    return tariff


@cache
def _tariff(jurisdiction: str) -> Tariff:
    file = _folder("fees").joinpath(f"{jurisdiction}.toml")
    return parse_toml(Tariff, file.read_text(encoding="utf-8"), file.name)


@cache
def load_policy(name: str = "default") -> Policy:
    """The settings of that name. Raises bad_law_file."""
    file = _folder("policy").joinpath(f"{name}.toml")
    return parse_toml(Policy, file.read_text(encoding="utf-8"), file.name)


@cache
def load_sources() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """What each reading of a setting rests on, by statute, setting and choice."""
    return tomllib.loads(_folder("policy").joinpath("sources.toml").read_text(encoding="utf-8"))


@cache
def load_ladder(name: str = "ladder") -> "Ladder":
    """The ladder of that name. Raises bad_law_file."""
    from domain.ladder import Ladder

    file = _folder("policy").joinpath(f"{name}.toml")
    return parse_toml(Ladder, file.read_text(encoding="utf-8"), file.name)


@cache
def load_retention(jurisdiction: str = JURISDICTION) -> "RetentionSchedule":
    """How long cases are kept there. Raises bad_law_file."""
    from domain.retention import RetentionSchedule

    file = _folder("retention").joinpath(f"{jurisdiction}.toml")
    return parse_toml(RetentionSchedule, file.read_text(encoding="utf-8"), file.name)
