"""The organs and departments of the office, for administrators, said one by one.

    organs(register, user)                      -> all of them
    put_organ(register, user, said)             enter an organ, or change what is said of it
    put_department(register, user, organ, said) the same of one of its departments

What nobody says anything of stays as it is: cases may rest on it, so nothing is taken away.
"""

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlalchemy.orm import Session

from domain.case.people import Actor, AskedBy
from domain.errors import Code, InputError, Problem
from office.access.door import require_admin
from office.legal_time import legal_now
from office.people.account_changes import changing
from office.people.directory_file import longest_promise, promise_problems
from office.people.names import acting_id, organ_id
from office.written import written_count
from register.engine import Register
from register.models import Organ
from register.office_chain import Author, standing
from register.reads import roster
from register.reads.ended import require_not_ended
from register.reads.roster import OrganLine
from register.writes.directory import (
    ORGAN_FIELDS,
    DepartmentEntry,
    OrganEntry,
    put_department_entry,
    put_entry,
)
from texts.problems import problems

ORGAN_PUT, DEPARTMENT_PUT = "organ_put", "department_put"

PROMISE = "committed_working_days"

_PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""Ids of what is new: they stand in addresses."""

Entry = TypeVar("Entry", OrganEntry, DepartmentEntry)


def organs(register: Register, user: str) -> list[OrganLine]:
    """All organs with their departments, in the office's order. Refusal(unknown_user,
    not_an_admin). Raises Unreachable."""
    with register.reading() as session:
        require_admin(session, acting_id(session, user))
        return roster.organs(session)


def put_organ(
    register: Register, user: str, said: Mapping[str, str], *, asked_by: AskedBy | None = None
) -> None:
    """Enter an organ, or change it: `id`, `name`, `level`, `committed_working_days`, and what
    decides where remedies go: `kind`, `government`, `superior`, `court`. A field left empty is
    unknown; whatever else the office file says of it stays.

    InputError(bad_field), with all problems; Refusal(unknown_user, not_an_admin). Raises
    Unreachable.
    """
    with _changing(register, user, ORGAN_PUT, asked_by, said) as (session, by, actor):
        require_admin(session, actor.person)
        stands = standing(session, Organ).get((Organ.__tablename__, said.get("id", "")), {})
        before = {name: stands[name] for name in ORGAN_FIELDS if name in stands}
        put_entry(session, _entry(OrganEntry, before | dict(said), new=not stands), by)


def put_department(
    register: Register,
    user: str,
    organ: str,
    said: Mapping[str, str],
    *,
    asked_by: AskedBy | None = None,
) -> None:
    """Enter a department of the organ, or change it: `id`, `name`, `committed_working_days`.
    InputError(unknown_organ), Refusal(place_ended), and all that `put_organ` raises."""
    with _changing(register, user, DEPARTMENT_PUT, asked_by, said) as (session, by, actor):
        require_admin(session, actor.person)
        place = organ_id(session, organ)
        line = next(one for one in roster.organs(session) if one.id == place)
        if new := said.get("id") not in line.departments:
            require_not_ended(line)
        entry = _entry(DepartmentEntry, said, new=new)
        put_department_entry(session, place, entry, by)


def _changing(
    register: Register, user: str, command: str, way: AskedBy | None, said: Mapping[str, str]
) -> AbstractContextManager[tuple[Session, Author, Actor]]:
    return changing(register, user, command, way, said.get("id", ""))


def _entry(model: type[Entry], said: Mapping[str, Any], *, new: bool) -> Entry:
    wanted = {key: value for key, value in said.items() if value not in (None, "")}
    found: list[Problem] = []
    if isinstance(written := wanted.get(PROMISE), str):
        days = written_count(written)
        wanted[PROMISE] = days
        found = [Problem(PROMISE, "integer")] if days is None else []
    try:
        entry = model.model_validate(wanted)
    except ValidationError as error:
        found += problems(error)
    else:
        most = longest_promise(legal_now().date())
        found += promise_problems(entry.committed_working_days, most)
        found += [Problem("id", "plain_id")] if new and not _PLAIN.fullmatch(entry.id) else []
    if found:
        raise InputError(Code.BAD_FIELD, problems=found)
    return entry
