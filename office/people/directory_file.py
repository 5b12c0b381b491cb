"""The office file: organs, departments and people, as `yishen init` reads and loads it."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.case.people import Role
from domain.errors import Code, InputError, Problem
from domain.periods.period import Unit
from law.files import JURISDICTION, load_statutes
from office.access.command_line import account, at_command_line
from office.files import text_of
from office.legal_time import legal_now
from register.models import Department, EnteredFigure, OpeningBalance, Organ, RoleGrant, User
from register.office_chain import Author
from register.writes.directory import Directory, UserEntry, load_directory
from register.writes.signing_in import end_sessions_of_leavers
from texts.problems import problems

AHEAD = timedelta(days=366)
"""An organ's first day here may be planned, not put off for ever."""

_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")

KnownOffice = dict[tuple[str, str], dict[str, Any]]
"""What the register says of the office: (what, id) to its fields."""


@dataclass(frozen=True, slots=True)
class OfficeChange:
    """One difference a load made. `what`: organ, department, user or roles."""

    what: str
    id: str
    name: str
    added: bool
    fields: tuple[str, ...] = ()


def read_office(path: Path) -> Directory:
    """The office file at `path`; InputError names every field that is wrong, and what is."""
    try:
        office = Directory.model_validate(tomllib.loads(text_of(path)))
    except ValidationError as error:
        raise InputError(Code.BAD_OFFICE_FILE, file=path, problems=problems(error)) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        wrong = Problem("file", "unreadable", {"reason": error})
        raise InputError(Code.BAD_OFFICE_FILE, file=path, problems=[wrong]) from error
    if found := list(_problems(office, legal_now().date())):
        raise InputError(Code.BAD_OFFICE_FILE, file=path, problems=found)
    return office


def _problems(office: Directory, today: date) -> Iterator[Problem]:
    """What is wrong though every field by itself is well formed, at its place in the file."""
    if not office.organs:
        yield Problem("organs", "missing")
    yield from _twice("organs", [organ.id for organ in office.organs])
    yield from _twice("users", [user.id for user in office.users])
    most = longest_promise(today)
    for n, organ in enumerate(office.organs):
        place = f"organs[{n}]"
        yield from _twice(f"{place}.departments", [unit.id for unit in organ.departments])
        yield from promise_problems(organ.committed_working_days, most, f"{place}.")
        for m, unit in enumerate(organ.departments):
            at = f"{place}.departments[{m}]."
            yield from promise_problems(unit.committed_working_days, most, at)
        if organ.first_day is not None and organ.first_day > today + AHEAD:
            yield Problem(f"{place}.first_day", "at_latest", {"day": today + AHEAD})
    units = {organ.id: [unit.id for unit in organ.departments] for organ in office.organs}
    for n, user in enumerate(office.users):
        yield from _wrong_user(f"users[{n}]", user, units)


def person_problems(user: UserEntry, at: str = "") -> Iterator[Problem]:
    """What is wrong with what is said of a person; `at`: the place of it in a file."""
    if user.id == Role.SYSTEM:
        yield Problem(f"{at}id", "reserved", {"word": Role.SYSTEM.value})
    if user.email is not None and not _ADDRESS.fullmatch(user.email):
        yield Problem(f"{at}email", "email")


def _wrong_user(place: str, user: UserEntry, units: dict[str, list[str]]) -> Iterator[Problem]:
    yield from person_problems(user, f"{place}.")
    for m, grant in enumerate(user.roles):
        at = f"{place}.roles[{m}]"
        if grant.role is Role.SYSTEM:
            known = ", ".join(role for role in Role if role is not Role.SYSTEM)
            yield Problem(f"{at}.role", "one_of", {"known": known})
        if grant.organ not in units:
            yield Problem(f"{at}.organ", "one_of", {"known": ", ".join(units) or "-"})
        elif grant.department is not None and grant.department not in units[grant.organ]:
            known = ", ".join(units[grant.organ]) or "-"
            yield Problem(f"{at}.department", "one_of", {"known": known})


def _twice(place: str, ids: list[str]) -> Iterator[Problem]:
    for n, name in enumerate(ids):
        if name in ids[:n]:
            yield Problem(f"{place}[{n}].id", "twice")


def promise_problems(days: int | None, most: int | None, at: str = "") -> Iterator[Problem]:
    """The office's own promise is a shorter one; `at`: the place of it in a file."""
    if days is not None and most is not None and days > most:
        yield Problem(f"{at}committed_working_days", "promise", {"n": most})


def longest_promise(today: date) -> int | None:
    """The working days of the reply period in force at home; None where it counts otherwise."""
    for statute in load_statutes():
        since, until = statute.in_force_from, statute.in_force_to or date.max
        if statute.jurisdiction == JURISDICTION and since <= today <= until:
            return statute.period.n if statute.period.unit is Unit.WORKING_DAY else None
    return None


def example_office() -> str:
    """The example file, invented, as text."""
    return files("office").joinpath("examples", "office.toml").read_text(encoding="utf-8")


def load_office(
    session: Session, office: Directory, person: str | None = None
) -> list[OfficeChange]:
    """Load the file, each change on record as made by `person` (None: by the account alone); what
    that changed. Needs a writing session."""
    before, now = known(session), legal_now()
    by = Author(person or account(), at_command_line(), now)
    load_directory(session, office, now.date(), by)
    end_sessions_of_leavers(session, now)
    session.flush()
    after = known(session)
    return [
        OfficeChange(
            what=what,
            id=name,
            name=str(values.get("name") or values.get("of") or name),
            added=(what, name) not in before,
            fields=tuple(k for k, v in values.items() if before.get((what, name), {}).get(k) != v),
        )
        for (what, name), values in after.items()
        if before.get((what, name)) != values
    ]


def known(session: Session) -> KnownOffice:
    """The office as the register has it."""
    found: KnownOffice = {}
    for organ in session.scalars(select(Organ).order_by(Organ.position)):
        found["organ", organ.id] = _fields(
            organ,
            *("name", "level", "committed_working_days", "first_day", "sign_on_command_line"),
            *("second_factor_roles", "second_factor_for_signing"),
        )
    for unit in session.scalars(select(Department).order_by(Department.organ, Department.position)):
        place = f"{unit.organ}/{unit.id}"
        found["department", place] = _fields(unit, "name", "committed_working_days")
    held: dict[str, list[str]] = {}
    for grant in session.scalars(select(RoleGrant)):
        where = f"{grant.organ}/{grant.department}" if grant.department else grant.organ
        held.setdefault(grant.person, []).append(f"{grant.role}@{where}")
    for balance in session.scalars(select(OpeningBalance)):
        place = f"{balance.organ}/{balance.row}"
        found["opening_balance", place] = _fields(balance, "through", "value", "source")
    for figure in session.scalars(select(EnteredFigure)):
        place = f"{figure.organ}/{figure.year}/{figure.row}"
        found["entered_figure", place] = _fields(figure, "value", "source")
    for user in session.scalars(select(User).order_by(User.id)):
        fields = _fields(user, "name", "email", "language", "active")
        found["user", user.id] = fields | {"roles": sorted(held.get(user.id, []))}
    return found


def _fields(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
