"""In which of several organs somebody works: kept until they choose another."""

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from register.models import ChosenOrgan


def choose_organ(session: Session, person: str, organ: str | None) -> None:
    """That one; None: all. Needs a writing session."""
    session.execute(delete(ChosenOrgan).where(ChosenOrgan.person == person))
    if organ is not None:
        session.execute(insert(ChosenOrgan), [{"person": person, "organ": organ}])
