"""Roles that an office file gives anew: those that no administrator gives to anybody alone are held
back and asked for, of all others people are told."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from domain.account_changes import AccountChangeKind, not_for_oneself, takes_two
from domain.case.people import Actor, Grant
from office.access.command_line import at_command_line
from office.legal_time import legal_now
from office.people.account_changes import alone, ask, seconds, tell_given
from register.office_chain import Author, hold_chain
from register.reads import roster
from register.reads.account_changes import AccountChange
from register.reads.ended import require_present
from register.reads.people import actors
from register.writes.account_changes import put_change
from register.writes.directory import Directory, GrantEntry, UserEntry


@dataclass(frozen=True, slots=True)
class NewRole:
    """A role that the file gives anew; `second`: there is somebody who could agree to it (None: it
    takes one)."""

    person: str
    grant: Grant
    second: bool | None


def held_back(
    session: Session, office: Directory, user: str | None
) -> tuple[Directory, list[NewRole]]:
    """The file without the roles that wait for a second person, and all that it gives anew. While
    there is no administrator (`user` None) nobody could vouch for anyone. Refusal(not_for_oneself):
    the file gives `user` a role; Refusal(place_ended): it gives one where nothing new goes. Needs a
    writing session."""
    if user is None:
        return office, []
    hold_chain(session)
    held = {actor.person: frozenset(actor.grants) for actor in actors(session)}
    there = {line.id for line in roster.organs(session)}
    asker = roster.actor(session, user)
    asked, users = [], []
    for entry in office.users:
        had = held.get(entry.id, frozenset())
        new = [_grant(role) for role in entry.roles if _grant(role) not in had]
        if new:
            not_for_oneself(asker, entry.id, AccountChangeKind.ROLE_GIVEN.value)
        for grant in new:
            if grant.organ in there:
                require_present(session, grant.organ, grant.department)
        found = [_new(session, user, entry, grant) for grant in new if entry.active]
        asked += found
        users.append(_without(entry, {it.grant for it in found if it.second}))
    return office.model_copy(update={"users": tuple(users)}), asked


def _new(session: Session, user: str, entry: UserEntry, grant: Grant) -> NewRole:
    if not takes_two([grant]):
        return NewRole(entry.id, grant, None)
    return NewRole(entry.id, grant, bool(seconds(session, user, entry.id, [grant.organ])))


def ask_all(session: Session, asked: Sequence[NewRole], user: str | None) -> list[AccountChange]:
    """Ask for those that take two and tell of the others, once the file is loaded. Needs the same
    session."""
    if user is None or not asked:
        return []
    by = Author(user, at_command_line(), legal_now())
    asker = roster.actor(session, user)
    for it in asked:
        if it.second is None:
            tell_given(session, it.person, it.grant, by)
    return [_one(session, it, asker, by) for it in asked if it.second is not None]


def _one(session: Session, it: NewRole, asker: Actor, by: Author) -> AccountChange:
    given = AccountChangeKind.ROLE_GIVEN
    if it.second:
        change = ask(session, asker, given, it.person, it.grant, by)
        assert change is not None
        return change
    return alone(session, put_change(session, given, it.person, it.grant, by), by)


def _grant(entry: GrantEntry) -> Grant:
    return Grant(role=entry.role, organ=entry.organ, department=entry.department)


def _without(entry: UserEntry, held: set[Grant]) -> UserEntry:
    kept = tuple(role for role in entry.roles if _grant(role) not in held)
    return entry.model_copy(update={"roles": kept})
