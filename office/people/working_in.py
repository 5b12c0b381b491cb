"""Who holds roles in several organs looks at all of them, or at one: it stays as they chose, on
whatever machine they sign in."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from domain.case.people import Grant
from register.engine import Register
from register.reads import roster
from register.reads.chosen import chosen_organ, organs_held
from register.writes import chosen as writes


@dataclass(frozen=True, slots=True)
class WorkingIn:
    """The organs somebody may choose between, and the chosen one; None: all of them."""

    organs: tuple[str, ...]
    chosen: str | None


def working_in(session: Session, person: str, grants: Iterable[Grant]) -> WorkingIn:
    """As it stands: without those that ended, and all where the chosen one is no longer theirs."""
    organs = organs_held(session, grants)
    chosen = chosen_organ(session, person) if len(organs) > 1 else None
    return WorkingIn(organs, chosen if chosen in organs else None)


def work_in(register: Register, person: str, organ: str | None) -> None:
    """Look at that one from now on; one that is not theirs, or None: at all. Refusal(unknown_user).
    Raises Unreachable."""
    with register.writing() as session:
        organs = organs_held(session, roster.actor(session, person).grants)
        writes.choose_organ(session, person, organ if organ in organs else None)
