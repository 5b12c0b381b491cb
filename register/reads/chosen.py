"""In which of several organs somebody works just now."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.case.people import Grant
from register.models import ChosenOrgan, Organ


def organs_held(session: Session, grants: Iterable[Grant]) -> tuple[str, ...]:
    """The organs of the grants that have not ended, in the office's order."""
    held = {grant.organ for grant in grants}
    there = select(Organ.id).where(Organ.ended_on.is_(None)).order_by(Organ.position)
    return tuple(organ for organ in session.scalars(there) if organ in held)


def chosen_organ(session: Session, person: str) -> str | None:
    """The one that was chosen last, whether or not they still work there; None: all."""
    return session.scalar(select(ChosenOrgan.organ).where(ChosenOrgan.person == person))
