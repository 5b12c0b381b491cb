"""The people of the office and how they stand with signing in, for administrators; people entered
and changed one by one.

    accounts(register, user)            -> everyone
    put_person(register, user, said)    enter somebody, change what is said of them, or take back
                                        somebody who had left
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from domain.case.people import AskedBy
from domain.errors import Code, InputError
from domain.signing_in import INVITED, needs_factor
from office.access.door import require_admin
from office.people.account_changes import changing
from office.people.directory_file import person_problems
from office.people.names import acting_id
from office.signing_in.sessions import now
from register.engine import Register
from register.reads import queries
from register.reads.people import PersonLine, actors, all_people
from register.reads.signing_in import NEVER, SignInLine, factor_roles, sign_in_lines
from register.writes.account_changes import tell
from register.writes.directory import Directory, GrantEntry, UserEntry, load_directory
from texts.problems import problems

PUT, EMAIL = "person_put", "email_changed"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody of the office. `needs_factor`: a role asks for a second one; `invited_until`: an
    invite that still opens."""

    person: PersonLine
    sign_in: SignInLine
    needs_factor: bool
    invited_until: datetime | None


def accounts(register: Register, user: str, at: datetime | None = None) -> list[Account]:
    """Everyone, by id; without a secret. Refusal(unknown_user, not_an_admin). Raises
    Unreachable."""
    moment = now(at)
    with register.reading() as session:
        require_admin(session, acting_id(session, user))
        lines, asked = sign_in_lines(session, moment), factor_roles(session)
        needing = {a.person for a in actors(session) if needs_factor(a.grants, asked)}
        return [
            Account(
                person=person,
                sign_in=(line := lines.get(person.id, NEVER)),
                needs_factor=person.id in needing,
                invited_until=_until(line, moment),
            )
            for person in all_people(session)
        ]


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
        there = {person.id: person for person in all_people(session)}
        before = there.get(str(wanted.get("id")))
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
            known, where = queries.people(session), {before.id: before.email}
            said = {"person": entry.name, "by": known[actor.person]}
            tell(session, EMAIL, [before.id], said, {g.organ for g in grants}, where)
