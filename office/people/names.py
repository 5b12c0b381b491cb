"""People, departments and organs as they are written on a line: by id, or by a name that only
one of them bears.

Everything beyond this point (facts, messages, tables) carries ids alone.
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.case.facts import Assigned, OfficeFact, Reassigned
from domain.case.people import Role
from domain.errors import Code, InputError, Refusal, YishenError
from register.models import Request
from register.reads import roster
from register.reads.ended import require_present
from register.reads.people import all_people

PEOPLE = ("person", "handler")
"""Parameters of refusals that carry a person's id."""

SHOWN = 12
"""At most so many are named when none fits."""


def person_id(session: Session, given: str) -> str:
    """The id of the person; people in service go before those who left.

    InputError(unknown_person), InputError(ambiguous_name).
    """
    present = roster.people(session, active=True)
    if given in present or _bearers(present, given):
        return _one(present, given, Code.UNKNOWN_PERSON)
    return _one(roster.people(session), given, Code.UNKNOWN_PERSON)


def acting_id(session: Session, given: str) -> str:
    """The same for who acts; a word nobody bears stays, for the act itself to refuse and log."""
    try:
        return person_id(session, given)
    except InputError as error:
        if error.code is Code.UNKNOWN_PERSON:
            return given
        raise


def with_names(session: Session, error: YishenError) -> None:
    """Let `error`, which carries ids alone, name its people as a reader knows them."""
    told = [key for key in PEOPLE if key in error.params]
    names = {person.id: person.name for person in all_people(session)} if told else {}
    for key in told:
        known = error.params[key]
        if known in names:
            error.params[key] = f"{names[known]} ({known})"


def organ_id(session: Session, given: str) -> str:
    """The id of the organ. InputError(unknown_organ), InputError(ambiguous_name)."""
    organs = {organ.id: organ.name for organ in roster.organs(session)}
    return _one(organs, given, Code.UNKNOWN_ORGAN)


def department_id(session: Session, given: str, organ: str | None = None) -> str:
    """The id of the department within `organ`, or in any where that is left out.

    InputError(unknown_department), InputError(ambiguous_name).
    """
    units = {
        unit: name
        for line in roster.organs(session)
        if organ in (None, line.id)
        for unit, name in line.departments.items()
    }
    return _one(units, given, Code.UNKNOWN_DEPARTMENT)


def assignable(session: Session, organ: str, what: OfficeFact) -> OfficeFact:
    """`what` with ids for names of department and handler, checked: the department is the organ's,
    and the handler, in service, holds that role for it. Other facts name nobody of the office.

    InputError(unknown_department, unknown_person, ambiguous_name), Refusal(not_a_handler,
    place_ended).
    """
    if not isinstance(what, Assigned | Reassigned):
        return what
    unit = department_id(session, what.department, organ)
    require_present(session, organ, unit)
    person = person_id(session, what.handler)
    able = handlers(session, organ, unit)
    if person not in able:
        known = ", ".join(f"{key} ({name})" for key, name in able.items()) or "-"
        raise Refusal(Code.NOT_A_HANDLER, person=person, department=unit, known=known)
    return what.model_copy(update={"department": unit, "handler": person})


def handlers(session: Session, organ: str, department: str) -> dict[str, str]:
    """Everyone in service who holds `handler` for that department: id to name."""
    return {
        person.id: person.name
        for person in all_people(session)
        if person.active
        and any(
            g.role == Role.HANDLER and g.organ == organ and g.department in (None, department)
            for g in person.grants
        )
    }


def filter_ids(
    session: Session, organ: str | None, department: str | None = None, person: str | None = None
) -> tuple[str | None, str | None, str | None]:
    """Ids for what a list is asked for; what nobody bears is an error, not an empty list.

    InputError(unknown_organ, unknown_department, unknown_person, ambiguous_name).
    """
    place = organ_id(session, organ) if organ else None
    unit = department_id(session, department, place) if department else None
    return place, unit, person_id(session, person) if person else None


def organ_of(session: Session, case: str) -> str | None:
    """The organ of a case; None for a case that isn't there, which its act will refuse."""
    return session.scalar(select(Request.organ).where(Request.id == case))


def _bearers(known: Mapping[str, str], name: str) -> list[str]:
    return [key for key, value in known.items() if value == name]


def _one(known: Mapping[str, str], given: str, unknown: Code) -> str:
    given = given.strip()
    if given in known:
        return given
    found = _bearers(known, given)
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(Code.AMBIGUOUS_NAME, name=given, ids=", ".join(found))
    # `organ` is what the text of unknown_organ calls it.
    raise unknown.of(name=given, organ=given, known=_listed(known, given))


def _listed(known: Mapping[str, str], given: str) -> str:
    """Those that look like it, else the first ones, else a dash."""
    near = get_close_matches(given, [*known, *known.values()], n=SHOWN)
    keys: Sequence[str] = [k for k, name in known.items() if k in near or name in near]
    keys = keys or list(known)
    more = ", …" if len(keys) > SHOWN else ""
    return ", ".join(f"{key} ({known[key]})" for key in keys[:SHOWN]) + more or "-"
