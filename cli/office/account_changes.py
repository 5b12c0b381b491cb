"""What takes two people, as commands say it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cli.frame.session import open_register
from cli.frame.words import say
from speech.names import NameBook, names
from speech.words import term

if TYPE_CHECKING:
    from register.reads.account_changes import AccountChange


def for_machines(change: "AccountChange") -> dict[str, Any]:
    """As JSON has it."""
    grant = change.grant
    return {
        "number": change.number,
        "what": change.what,
        "person": change.person,
        "role": grant and grant.role,
        "organ": grant and grant.organ,
        "department": grant and grant.department,
        "asked_by": change.asked_by,
        "asked_at": change.asked_at,
        "second": change.second,
        "done": change.done,
    }


def waiting_of(changes: Iterable["AccountChange"]) -> list[str]:
    """A line for each: what it waits for, or that nobody could be asked."""
    found = list(changes)
    if not found:
        return []
    known = book()
    return [told("waits" if change.done is None else "alone", change, known) for change in found]


def book() -> NameBook:
    """Everybody's name."""
    with open_register() as register, register.reading() as session:
        return names(session)


def told(key: str, change: "AccountChange", known: NameBook) -> str:
    """The line `user.KEY` about a change."""
    what = term("kind", change.what)
    if change.grant is not None:
        grant = change.grant
        organ = known.organ(grant.organ)
        what = say("user.role", change=what, role=term("role", grant.role), organ=organ)
    return say(
        f"user.{key}",
        number=change.number,
        change=what,
        person=known.person(change.person),
        by=known.person(change.asked_by),
    )
