"""The people of the office and how they stand with signing in, for administrators; people entered
and changed one by one.

    accounts(register, user, wanted)    -> those wanted, a page at a time
    account_of(register, user, person)  -> one of them
    put_person(register, user, said)    enter somebody, change what is said of them, or take back
                                        somebody who had left
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from domain.case.people import AskedBy
from domain.errors import Code, InputError
from domain.signing_in import INVITED, needs_factor
from office.access.door import require_admin
from office.people.account_changes import changing
from office.people.directory_file import person_problems
from office.people.names import acting_id
from office.signing_in.sessions import now
from register.engine import Register
from register.reads import roster
from register.reads.people import (
    EVERYBODY,
    PeopleWanted,
    PersonLine,
    actor_of,
    count_like,
    people_like,
    person_line,
)
from register.reads.signing_in import NEVER, SignInLine, factor_roles, sign_in_lines
from register.writes.account_changes import tell
from register.writes.directory import Directory, GrantEntry, UserEntry, load_directory
from texts.problems import problems

PUT, EMAIL = "person_put", "email_changed"


PAGE = 50
"""People of one page."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody of the office. `needs_factor`: a role asks for a second one; `invited_until`: an
    invite that still opens."""

    person: PersonLine
    sign_in: SignInLine
    needs_factor: bool
    invited_until: datetime | None


@dataclass(frozen=True, slots=True)
class AccountsFound:
    """A page of them; `count`: of all that are wanted; `next`: behind whom the next page begins;
    `left`: how many who are out of service fit as well, where only those in service were wanted."""

    page: tuple[Account, ...]
    count: int
    next: str | None
    left: int


def accounts(
    register: Register,
    user: str,
    wanted: PeopleWanted = EVERYBODY,
    after: str = "",
    at: datetime | None = None,
) -> AccountsFound:
    """Those wanted whose ids come behind `after`, by id; without a secret. Refusal(unknown_user,
    not_an_admin). Raises Unreachable."""
    moment = now(at)
    with register.reading() as session:
        require_admin(session, acting_id(session, user))
        found = people_like(session, wanted, after, PAGE + 1)
        out = replace(wanted, active=False)
        return AccountsFound(
            page=tuple(_accounts(session, found[:PAGE], moment)),
            count=count_like(session, wanted),
            next=found[PAGE - 1].id if len(found) > PAGE else None,
            left=count_like(session, out) if wanted.active else 0,
        )


def account_of(
    register: Register, user: str, person: str, at: datetime | None = None
) -> Account | None:
    """That of one person, by id; None: there is nobody of that id. Raises the same."""
    moment = now(at)
    with register.reading() as session:
        require_admin(session, acting_id(session, user))
        found = person_line(session, person)
        return next(_accounts(session, [found], moment)) if found else None


def _accounts(session: Session, people: Iterable[PersonLine], at: datetime) -> Iterator[Account]:
    lines, asked = sign_in_lines(session, at), factor_roles(session)
    for person in people:
        line = lines.get(person.id, NEVER)
        held = actor_of(person).grants if person.active else ()
        yield Account(person, line, needs_factor(held, asked), _until(line, at))


def _until(line: SignInLine, at: datetime) -> datetime | None:
    if line.invited_at is None or at >= line.invited_at + INVITED:
        return None
    return line.invited_at + INVITED


def put_person(
    register: Register,
    user: str,
    said: Mapping[str, Any],
    *,
    asked_by: AskedBy | None = None,
) -> None:
    """Enter the person, or change what is said of them: `id`, `name`, `email`, `language`. Roles
    stay as they are (`account_changes.give_role`); whoever had left comes back without any. Another
    address is told to the one before, and to the auditors.

    InputError(bad_field), with all problems; Refusal(unknown_user, not_an_admin). Raises
    Unreachable.
    """
    with changing(register, user, PUT, asked_by, str(said.get("id"))) as (session, by, actor):
        require_admin(session, actor.person)
        wanted = {key: value for key, value in said.items() if value not in (None, "")}
        before = person_line(session, str(wanted.get("id")))
        grants = before.grants if before and before.active else ()
        try:
            entry = UserEntry.model_validate(wanted | {"roles": [], "active": True})
        except ValidationError as error:
            raise InputError(Code.BAD_FIELD, problems=problems(error)) from error
        if wrong := list(person_problems(entry)):
            raise InputError(Code.BAD_FIELD, problems=wrong)
        kept = tuple(
            GrantEntry.model_validate(
                {"role": g.role, "organ": g.organ, "department": g.department}
            )
            for g in grants
        )
        one = Directory(users=(entry.model_copy(update={"roles": kept}),))
        load_directory(session, one, by.at.date(), by)
        if before and before.active and before.email and before.email != entry.email:
            # Where they hear of it: else nobody notices who takes over what they sign in by.
            known, where = roster.people(session), {before.id: before.email}
            said = {"person": entry.name, "by": known[actor.person]}
            tell(session, EMAIL, [before.id], said, {g.organ for g in grants}, where)
