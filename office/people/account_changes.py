"""Roles given and taken, and what people sign in by reset. What takes two people is asked by an
administrator, and made once a second person agrees: another administrator, or the head of the
disclosure office or the principal leader of the organ.

    give_role(register, user, person, role, organ, department)  -> what waits, or None
    reset(register, user, person, what)                         -> the same
    agree(register, user, number), decline(register, user, number)
    waiting(register, user)                                     -> what waits
    take_role(register, user, person, role, organ, department)

None: it took one person, and is done. `asked_by`, left out: the command line. Each refusal is in
the access log, each change on the office's chain; people concerned and auditors are told of all of
them, however many it took.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy.orm import Session

from domain.account_changes import (
    AccountChangeKind,
    is_second,
    may_decide,
    not_for_oneself,
    takes_two,
)
from domain.case.people import COMMAND_LINE, Actor, AskedBy, Grant, Role, way_of
from domain.errors import Code, InputError, Refusal, YishenError
from office.access.attempts import outcome
from office.access.command_line import at_command_line
from office.access.door import require_admin
from office.legal_time import legal_now
from office.people.names import acting_id, department_id, organ_id, person_id, with_names
from register.engine import Register
from register.office_chain import Author, hold_chain
from register.reads import roster
from register.reads.account_changes import AccountChange, account_changes
from register.reads.ended import require_present
from register.reads.people import actors
from register.writes import account_changes as writes
from register.writes.access import Attempt, log_access, note_attempts

ASKED, AGREED, DECLINED = "account_change_asked", "account_change_agreed", "account_change_declined"
TAKEN = "role_taken"


def give_role(
    register: Register,
    user: str,
    person: str,
    role: Role,
    organ: str,
    department: str | None = None,
    *,
    asked_by: AskedBy | None = None,
) -> AccountChange | None:
    """Give a person a role in an organ, or one of its departments.

    Refusal(unknown_user, not_an_admin, not_for_oneself, no_second_person), InputError(
    unknown_person, unknown_organ, unknown_department, ambiguous_name); Refusal(place_ended).
    Raises Unreachable.
    """
    with changing(register, user, ASKED, asked_by, person) as (session, by, actor):
        grant = _grant(session, role, organ, department)
        require_present(session, grant.organ, grant.department)
        whom = person_id(session, person)
        return ask(session, actor, AccountChangeKind.ROLE_GIVEN, whom, grant, by)


def reset(
    register: Register,
    user: str,
    person: str,
    what: AccountChangeKind,
    *,
    asked_by: AskedBy | None = None,
) -> AccountChange | None:
    """Take away a person's password (then invite them), or second factor; their sessions end.
    Refusal and InputError as of `give_role`. Raises Unreachable."""
    with changing(register, user, ASKED, asked_by, person) as (session, by, actor):
        return ask(session, actor, what, person_id(session, person), None, by)


def take_role(
    register: Register,
    user: str,
    person: str,
    role: Role,
    organ: str,
    department: str | None = None,
    *,
    asked_by: AskedBy | None = None,
) -> None:
    """Take a role from a person: at once, by one. Refusal(role_not_held), and as of `give_role`."""
    with changing(register, user, TAKEN, asked_by, person) as (session, by, actor):
        whom, grant = person_id(session, person), _grant(session, role, organ, department)
        require_admin(session, actor.person)
        not_for_oneself(actor, whom, TAKEN)
        auditors = writes.auditors_of(session, [grant.organ])
        if not writes.take_role(session, whom, grant, by):
            raise Refusal(Code.ROLE_NOT_HELD, person=whom, roles=role.value)
        # Who was an auditor until now is told as well, or taking that role would be the way round.
        told = {whom, by.person, *auditors}
        writes.tell(session, TAKEN, told, _named(session, whom, [by.person], grant))


def agree(
    register: Register, user: str, number: int, *, asked_by: AskedBy | None = None
) -> AccountChange:
    """Agree to a change as the second person: it is made.

    InputError(unknown_account_change), Refusal(four_eyes, not_for_oneself, not_your_role,
    unknown_user: whom it concerns has left; place_ended). Raises Unreachable.
    """
    return _decided(register, user, number, asked_by, done=True)


def decline(
    register: Register, user: str, number: int, *, asked_by: AskedBy | None = None
) -> AccountChange:
    """Decline it, as the second person, or take it back, as who asked. Refusal and InputError as of
    `agree`."""
    return _decided(register, user, number, asked_by, done=False)


def _decided(
    register: Register, user: str, number: int, asked_by: AskedBy | None, *, done: bool
) -> AccountChange:
    command = AGREED if done else DECLINED
    with changing(register, user, command, asked_by, str(number)) as (session, by, actor):
        known = {n: c for n, c in account_changes(session).items() if c.done is None}
        if number not in known:
            listed = ", ".join(map(str, known)) or "-"
            raise InputError(Code.UNKNOWN_ACCOUNT_CHANGE, number=number, known=listed)
        change = known[number]
        organs = _organs(session, change.person, change.grant)
        if done or actor.person != change.asked_by:
            may_decide(actor, change.asked_by, change.person, organs)
        if done:
            roster.actor(session, change.person)
        if done and change.grant is not None:
            require_present(session, change.grant.organ, change.grant.department)
        change = writes.decide(session, change, actor.person, done, by)
        if done:
            _tell(session, change, organs)
        return change


def waiting(register: Register, user: str) -> list[AccountChange]:
    """What waits for a second person: all of it for administrators, for others what they may
    decide. Refusal(unknown_user). Raises Unreachable."""
    with register.reading() as session:
        actor = roster.actor(session, acting_id(session, user))
        admin = any(grant.role is Role.ADMIN for grant in actor.grants)
        return [one for one in _undecided(session) if admin or _seconds(session, actor, one)]


def to_agree(register: Register, user: str) -> list[AccountChange]:
    """Of these what the person may decide as the second one. Raises the same."""
    with register.reading() as session:
        actor = roster.actor(session, acting_id(session, user))
        return [one for one in _undecided(session) if _seconds(session, actor, one)]


def _undecided(session: Session) -> list[AccountChange]:
    return [change for change in account_changes(session).values() if change.done is None]


def _seconds(session: Session, actor: Actor, change: AccountChange) -> bool:
    organs = _organs(session, change.person, change.grant)
    return is_second(actor, change.asked_by, change.person, organs)


def ask(
    session: Session,
    actor: Actor,
    what: AccountChangeKind,
    person: str,
    grant: Grant | None,
    by: Author,
) -> AccountChange | None:
    """Ask for a change, or make it where it takes one. Where nobody could be the second person, the
    command line makes it: whoever has the account has the register."""
    require_admin(session, actor.person)
    target = roster.actor(session, person)
    not_for_oneself(actor, person, what.value)
    organs = _organs(session, person, grant)
    if not takes_two(target.grants if grant is None else (grant,)):
        change = AccountChange(0, what, person, grant, by.person, by.at)
        writes.make(session, change, by)
        if grant not in target.grants:
            _tell(session, change, organs)
        return None
    others = seconds(session, actor.person, person, organs)
    if not others and way_of(by.asked_by or "") != COMMAND_LINE:
        raise Refusal(Code.NO_SECOND_PERSON, act=what.value)
    change = writes.put_change(session, what, person, grant, by)
    if others:
        payload = {"change": what.value, **_named(session, person, [by.person], grant)}
        writes.tell(session, ASKED, others, payload)
        return change
    return alone(session, change, by)


def alone(session: Session, change: AccountChange, by: Author) -> AccountChange:
    """Make a change to which nobody could agree; the auditors hear of it like of any."""
    change = writes.decide(session, change, None, done=True, by=by)
    _tell(session, change, _organs(session, change.person, change.grant))
    return change


def tell_given(session: Session, person: str, grant: Grant, by: Author) -> None:
    """That a file has given somebody a role which takes one: to them and the auditors; who loaded
    the file has read what it changed."""
    kind = AccountChangeKind.ROLE_GIVEN.value
    said = _named(session, person, [by.person], grant)
    about = f"{person} {grant.model_dump_json()}"
    writes.tell(session, kind, [person], said, [grant.organ], about=about)


def seconds(session: Session, asker: str, person: str, organs: Collection[str]) -> list[str]:
    """Who could be the second person."""
    everyone = actors(session)
    return [actor.person for actor in everyone if is_second(actor, asker, person, organs)]


@contextmanager
def changing(
    register: Register, user: str, command: str, asked_by: AskedBy | None, about: str
) -> Iterator[tuple[Session, Author, Actor]]:
    """A writing session that holds the chain, with who acts; in the access log, however it ends:
    `about` whom, or which change."""
    way = asked_by or at_command_line()
    try:
        with register.writing() as session:
            hold_chain(session)
            user = acting_id(session, user)
            by = Author(user, way, legal_now())
            yield session, by, roster.actor(session, user)
            done = Attempt(user, command, "ok", detail=about, asked_by=way)
            note_attempts(session, by.at, done)
    except YishenError as error:
        with register.reading() as session:
            with_names(session, error)
        no = Attempt(user, command, outcome(error), None, error.code, None, about, way)
        log_access(register, no)
        raise


def _grant(session: Session, role: Role, organ: str, department: str | None) -> Grant:
    place = organ_id(session, organ)
    unit = None if department is None else department_id(session, department, place)
    return Grant(role=role, organ=place, department=unit)


def _organs(session: Session, person: str, grant: Grant | None) -> frozenset[str]:
    """The organs that a change concerns."""
    if grant is not None:
        return frozenset({grant.organ})
    held = {actor.person: actor for actor in actors(session)}.get(person)
    return frozenset(g.organ for g in held.grants) if held else frozenset()


def _tell(session: Session, change: AccountChange, organs: Collection[str]) -> None:
    concerned = (change.person, change.asked_by)
    by = [change.asked_by, *([change.second] if change.second else [])]
    said = _named(session, change.person, by, change.grant)
    writes.tell(session, change.what.value, concerned, said, organs)


def _named(session: Session, person: str, by: Sequence[str], grant: Grant | None) -> dict[str, str]:
    people = roster.people(session)
    said = {"person": people[person], "by": "、".join(people[name] for name in by)}
    if grant is None:
        return said
    names = {organ.id: organ.name for organ in roster.organs(session)}
    return said | {"role": grant.role.value, "organ": names[grant.organ]}
