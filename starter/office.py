"""The office file: organs, departments and people, as `yishen init` reads and loads it."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.case.people import Role
from domain.errors import Code, InputError, Problem
from register.directory import Directory, load_directory
from register.models import Department, Organ, RoleGrant, User
from starter.files import text_of
from starter.problems import problems

Known = dict[tuple[str, str], dict[str, Any]]
"""What the register says of the office: (what, id) to its fields."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference a load made. `what`: organ, department, user or roles."""

    what: str
    id: str
    name: str
    added: bool
    fields: tuple[str, ...] = ()


def read_office(path: Path) -> Directory:
    """The office file at `path`; InputError names the field and what is wrong."""
    try:
        office = Directory.model_validate(tomllib.loads(text_of(path)))
    except ValidationError as error:
        raise InputError(Code.BAD_OFFICE_FILE, file=path, problems=problems(error)) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        wrong = Problem("file", "unreadable", {"reason": error})
        raise InputError(Code.BAD_OFFICE_FILE, file=path, problems=[wrong]) from error
    said = _problem(office)
    if said is not None:
        field, _, detail = said.partition(": ")
        raise InputError(Code.BAD_OFFICE_FILE, file=path, field=field, detail=detail)
    return office


def _problem(office: Directory) -> str | None:
    ids = [organ.id for organ in office.organs]
    people = [user.id for user in office.users]
    if not ids:
        return "organs: []"
    for what, names in (("organs", ids), ("users", people)):
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            return f"{what}: {', '.join(twice)} × 2"
    if Role.SYSTEM in people or any(g.role is Role.SYSTEM for u in office.users for g in u.roles):
        return f"users: {Role.SYSTEM}"
    unknown = office.unknown()
    return f"users: {'; '.join(unknown)}" if unknown else None


def example_office() -> str:
    """The example file, invented, as text."""
    return files("starter").joinpath("examples", "office.toml").read_text(encoding="utf-8")


def load_office(session: Session, office: Directory) -> list[Change]:
    """Load the file; what that changed. Needs a writing session."""
    before = known(session)
    load_directory(session, office)
    session.flush()
    after = known(session)
    return [
        Change(
            what=what,
            id=name,
            name=str(values.get("name") or values.get("of") or name),
            added=(what, name) not in before,
            fields=tuple(k for k, v in values.items() if before.get((what, name), {}).get(k) != v),
        )
        for (what, name), values in after.items()
        if before.get((what, name)) != values
    ]


def known(session: Session) -> Known:
    """The office as the register has it."""
    found: Known = {}
    for organ in session.scalars(select(Organ).order_by(Organ.position)):
        found["organ", organ.id] = _fields(
            organ, "name", "level", "committed_working_days", "first_day"
        )
    for unit in session.scalars(select(Department).order_by(Department.organ, Department.position)):
        place = f"{unit.organ}/{unit.id}"
        found["department", place] = _fields(unit, "name", "committed_working_days")
    held: dict[str, list[str]] = {}
    for grant in session.scalars(select(RoleGrant)):
        where = f"{grant.organ}/{grant.department}" if grant.department else grant.organ
        held.setdefault(grant.person, []).append(f"{grant.role}@{where}")
    for user in session.scalars(select(User).order_by(User.id)):
        fields = _fields(user, "name", "email", "language", "active")
        found["user", user.id] = fields | {"roles": sorted(held.get(user.id, []))}
    return found


def _fields(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
