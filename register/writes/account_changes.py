"""Changes of people's rights, on the office's chain, with whom they are told. Each needs a writing
session that holds the chain."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from domain.account_changes import AccountChangeKind
from domain.case.people import Grant, Role
from register.models import Invite, Notice, OfficeEvent, RoleGrant, User
from register.office_chain import ACCOUNT_CHANGES, Author, append, standing
from register.reads.account_changes import AccountChange, account_changes, row_of
from register.reads.signing_in import credential_of
from register.writes.notify import Recipient
from register.writes.reminders import notice_row
from register.writes.signing_in import end_feed, end_sessions_of, put_credential


def put_change(
    session: Session, what: AccountChangeKind, person: str, grant: Grant | None, by: Author
) -> AccountChange:
    """A change that waits for the second person; the one that waits already, where there is one."""
    known = account_changes(session)
    for change in known.values():
        if change.done is None and (change.what, change.person, change.grant) == (
            what,
            person,
            grant,
        ):
            return change
    new = AccountChange(1 + max(known, default=0), what, person, grant, by.person, by.at)
    append(session, {}, {(ACCOUNT_CHANGES, str(new.number)): row_of(new)}, by)
    return new


def decide(
    session: Session, change: AccountChange, second: str | None, done: bool, by: Author
) -> AccountChange:
    """The change is agreed to, and made, or declined."""
    after, key = replace(change, second=second, done=done), (ACCOUNT_CHANGES, str(change.number))
    append(session, {key: row_of(change)}, {key: row_of(after)}, by)
    if done:
        make(session, change, by)
    return after


def make(session: Session, change: AccountChange, by: Author) -> None:
    """What the change says is so from now on."""
    if change.grant is not None:
        give_role(session, change.person, change.grant, by)
        return
    kept = credential_of(session, change.person)
    if change.what is AccountChangeKind.PASSWORD_RESET:
        kept = replace(kept, password=None)
    else:
        kept = replace(kept, factor=None, recovery=())
    put_credential(session, kept, by)
    end_sessions_of(session, change.person, by.at)
    end_feed(session, change.person)
    session.execute(delete(Invite).where(Invite.person == change.person))


def give_role(session: Session, person: str, grant: Grant, by: Author) -> None:
    """The person holds the role from now on."""
    before = standing(session, RoleGrant)
    row = {"person": person, **grant.model_dump(mode="json")}
    if session.scalar(select(RoleGrant.id).filter_by(**row)) is None:
        session.execute(insert(RoleGrant), [row])
    append(session, before, standing(session, RoleGrant), by)


def take_role(session: Session, person: str, grant: Grant, by: Author) -> bool:
    """The person holds it no more; False: never did."""
    before = standing(session, RoleGrant)
    row = {"person": person, **grant.model_dump(mode="json")}
    taken = session.execute(delete(RoleGrant).filter_by(**row))
    append(session, before, standing(session, RoleGrant), by)
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def leave(session: Session, person: str, by: Author) -> None:
    """The person is no longer in service."""
    before = standing(session, User)
    session.execute(update(User).where(User.id == person).values(active=False))
    append(session, before, standing(session, User), by)


def auditors_of(session: Session, organs: Collection[str]) -> frozenset[str]:
    """Who holds that role in one of the organs, in service or not."""
    held = select(RoleGrant.person).where(
        RoleGrant.role == Role.AUDITOR.value, RoleGrant.organ.in_(list(organs))
    )
    return frozenset(session.scalars(held))


def tell(
    session: Session,
    kind: str,
    people: Collection[str],
    payload: Mapping[str, Any],
    organs: Collection[str] = (),
    reached_at: Mapping[str, str] | None = None,
    about: str = "",
    left: str | None = None,
) -> None:
    """A notice to each of `people`, and to the auditors of `organs`, about the newest line of the
    office's chain; `reached_at`: addresses of some that stand there no more; `about`: which of many
    things in that line; `left`: somebody to be told though no longer in service."""
    seq = session.scalar(select(func.max(OfficeEvent.seq))) or 0
    wanted = User.id.in_([*people, *auditors_of(session, organs)]) & User.active
    found = session.execute(
        select(User.id, User.email, User.language)
        .where(wanted | (User.id == left))
        .order_by(User.id)
    )
    reached, told = reached_at or {}, {**payload, "entry": seq}
    name = f"account-{seq}"
    name += f"-{sha256(about.encode()).hexdigest()[:12]}" if about else ""
    rows = [
        notice_row(name, kind, told, Recipient(id_, reached.get(id_, email), language), seq=seq)
        for id_, email, language in found
    ]
    known = select(Notice.id).where(Notice.id.in_([row["id"] for row in rows]))
    there = set(session.scalars(known))  # where nothing new was written, nothing new is told
    new = [row for row in rows if row["id"] not in there]
    if new:
        session.execute(insert(Notice), new)
