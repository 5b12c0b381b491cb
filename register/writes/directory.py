"""The office as one parsed file: organs, departments, people, and figures from before."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.orm import Session

from domain.case.people import Role
from domain.errors import Code, InputError, Refusal
from domain.remedies.terms import OrganKind
from domain.values import Value
from domain.words import Label
from register.figure_rows import row_named
from register.models import (
    Base,
    Department,
    EnteredFigure,
    OpeningBalance,
    Organ,
    RoleGrant,
    User,
)
from register.office_chain import Author, append, standing
from texts.figures import official

ORGAN_FIELDS = {
    *("name", "level", "committed_working_days"),
    *("kind", "government", "superior", "court"),
    *("sign_on_command_line", "second_factor_roles", "second_factor_for_signing"),
}
"""What of an organ stands in its row."""


class DepartmentEntry(Value):
    """A unit of an organ; `id` is unique within it."""

    id: Label
    name: Label
    committed_working_days: int | None = Field(default=None, ge=1)


class OpeningBalanceEntry(Value):
    """`value` of the report's row `row` (its code or name), counted up to the end of year
    `through`."""

    row: Label
    through: int
    value: int = Field(ge=0)
    source: Label


class EnteredFigureEntry(Value):
    """`value` of the report's row `row` (its code or name) in `year`, which no case can give."""

    row: Label
    year: int
    value: int = Field(ge=0)
    source: Label


class OrganEntry(Value):
    """An organ with its departments."""

    id: Label
    name: Label
    level: Literal["government", "department"]
    departments: tuple[DepartmentEntry, ...] = ()
    committed_working_days: int | None = Field(default=None, ge=1)
    kind: OrganKind | None = None
    government: Label | None = None
    superior: Label | None = None
    court: Label | None = None
    first_day: date | None = None
    """The organ's first day here; left out: the day it is first loaded. Fixed from then on."""
    sign_on_command_line: bool = True
    """Whether reviews, signatures and approvals may be asked for there."""
    second_factor_roles: tuple[Role, ...] | None = None
    """Who needs a second factor at the desk; left out: as `domain.signing_in.FACTOR_ROLES`."""
    second_factor_for_signing: bool | None = None
    """Whether signing, approving, amending and annulling take a fresh one; left out: no."""
    opening_balances: tuple[OpeningBalanceEntry, ...] = ()
    entered_figures: tuple[EnteredFigureEntry, ...] = ()


class GrantEntry(Value):
    """A role in an organ; without department: in all of them."""

    role: Role
    organ: Label
    department: Label | None = None


class UserEntry(Value):
    """A person of the office."""

    id: Label
    name: Label
    email: Label | None = None
    language: Literal["zh", "en"] = "zh"
    active: bool = True
    roles: tuple[GrantEntry, ...] = ()


class Directory(Value):
    """Everything an office file says."""

    organs: tuple[OrganEntry, ...] = ()
    users: tuple[UserEntry, ...] = ()


def load_directory(session: Session, directory: Directory, today: date, by: Author) -> None:
    """Make the register say what the file says, each change on record as that of its author;
    repeating changes nothing. Needs a writing session.
    `today`: the first day of an organ that has none and is given none.
    Refusal(first_day_fixed) where the file gives an organ another first day than it has.

    Of the users in the file, exactly the roles in the file stand. What the file doesn't mention
    stays: cases may rest on it.
    """
    before = standing(session)
    for position, organ in enumerate(directory.organs):
        _put_organ(session, organ, position, today)
        for place, unit in enumerate(organ.departments):
            _put_department(session, organ.id, unit, place)
        load_opening_balances(session, organ.id, organ.opening_balances)
        load_entered_figures(session, organ.id, organ.entered_figures)
    for user in directory.users:
        _put(session, User, {"id": user.id}, user.model_dump(exclude={"id", "roles"}))
        _put_grants(session, user)
    append(session, before, standing(session), by)


def put_entry(session: Session, organ: OrganEntry, by: Author) -> None:
    """Say that of one organ, a new one last; its departments stay. Needs a writing session.
    Refusal(first_day_fixed)."""
    before = standing(session)
    position = session.scalar(select(Organ.position).where(Organ.id == organ.id))
    if position is None:
        position = _behind(session, select(func.max(Organ.position)))
    _put_organ(session, organ, position, by.at.date())
    append(session, before, standing(session), by)


def put_department_entry(session: Session, organ: str, unit: DepartmentEntry, by: Author) -> None:
    """Say that of one department, a new one last. Needs a writing session."""
    before = standing(session)
    here = Department.organ == organ
    position = session.scalar(select(Department.position).where(here, Department.id == unit.id))
    if position is None:
        position = _behind(session, select(func.max(Department.position)).where(here))
    _put_department(session, organ, unit, position)
    append(session, before, standing(session), by)


def put_end(
    session: Session, organ: str, department: str | None, day: date | None, by: Author
) -> None:
    """Say from which day the organ, or a department of it, is there no more; None: it still is.
    Needs a writing session."""
    before = standing(session, Organ, Department)
    if department is None:
        _put(session, Organ, {"id": organ}, {"ended_on": day})
    else:
        _put(session, Department, {"organ": organ, "id": department}, {"ended_on": day})
    append(session, before, standing(session, Organ, Department), by)


def _behind(session: Session, last: Select[Any]) -> int:
    found = session.scalar(last)
    return 0 if found is None else int(found) + 1


def _put_organ(session: Session, organ: OrganEntry, position: int, today: date) -> None:
    values = organ.model_dump(mode="json", include=ORGAN_FIELDS)
    values["first_day"] = _first_day(session, organ, today)
    _put(session, Organ, {"id": organ.id}, values | {"position": position})


def _put_department(session: Session, organ: str, unit: DepartmentEntry, position: int) -> None:
    values = unit.model_dump(exclude={"id"}) | {"position": position}
    _put(session, Department, {"organ": organ, "id": unit.id}, values)


def _first_day(session: Session, organ: OrganEntry, today: date) -> date:
    fixed = session.scalar(select(Organ.first_day).where(Organ.id == organ.id))
    if fixed is not None and organ.first_day not in (None, fixed):
        raise Refusal(Code.FIRST_DAY_FIXED, organ=organ.id, first_day=fixed, given=organ.first_day)
    return fixed or organ.first_day or today


def load_opening_balances(
    session: Session, organ: str, balances: Iterable[OpeningBalanceEntry]
) -> None:
    """Cumulative figures of an organ from before this register. InputError: unknown_figure where
    the form of that year has no such row, no_total where the row is of the year alone."""
    for balance in balances:
        row = row_named(balance.through, balance.row)
        if not row.total:
            raise InputError(Code.NO_TOTAL, year=balance.through, figure=balance.row)
        key = {"organ": organ, "row": official(row.key)}
        _put(session, OpeningBalance, key, balance.model_dump(exclude={"row"}))


def load_entered_figures(
    session: Session, organ: str, figures: Iterable[EnteredFigureEntry]
) -> None:
    """Figures of an organ that come from no case. InputError(unknown_figure): the form of that
    year has no such row."""
    for figure in figures:
        row = official(row_named(figure.year, figure.row).key)
        key = {"organ": organ, "row": row, "year": figure.year}
        values = figure.model_dump(include={"value", "source"})
        _put(session, EnteredFigure, key, values)


def _put(session: Session, table: type[Base], key: dict[str, Any], values: dict[str, Any]) -> None:
    """Change the row of `key`, or add it."""
    changed = session.execute(update(table).filter_by(**key).values(**values))
    if not changed.rowcount:  # type: ignore[attr-defined]
        session.execute(insert(table), [key | values])


def _put_grants(session: Session, user: UserEntry) -> None:
    columns = (RoleGrant.role, RoleGrant.organ, RoleGrant.department)
    held = {tuple(r) for r in session.execute(select(*columns).filter_by(person=user.id))}
    wanted = {(g.role.value, g.organ, g.department) for g in user.roles}
    for role, organ, department in held - wanted:
        session.execute(
            delete(RoleGrant).filter_by(
                person=user.id, role=role, organ=organ, department=department
            )
        )
    for role, organ, department in sorted(wanted - held, key=str):
        row = {"person": user.id, "role": role, "organ": organ, "department": department}
        session.execute(insert(RoleGrant), [row])
