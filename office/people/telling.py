"""People and departments of a past that is told: those who are still here by id, else in words."""

from contextlib import suppress
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from domain.case.facts import Text
from domain.case.people import Role
from domain.errors import Code, InputError
from office.people.names import department_id, person_id

_WORDS: TypeAdapter[str] = TypeAdapter(Text)


def told_person(session: Session, words: object) -> str:
    """The id of somebody in the register, found by id or name, else the words as they are.

    ValidationError for what is no text, InputError(bad_field) for the system: it did nothing in
    anybody's past.
    """
    said = _WORDS.validate_python(words)
    if said == Role.SYSTEM:
        raise InputError(Code.BAD_FIELD, field="by", detail="unknown")
    try:
        return person_id(session, said)
    except InputError:
        return said


def with_told(session: Session, fact: dict[str, Any]) -> dict[str, Any]:
    """`fact` with ids where the register knows who was assigned; an office of the past may have
    had other departments and people."""
    if "handler" not in fact:
        return fact
    found = fact | {"handler": told_person(session, fact["handler"])}
    with suppress(InputError):
        found["department"] = department_id(session, str(fact.get("department")))
    return found
