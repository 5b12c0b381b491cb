"""Who and what there is: `yishen people`, `yishen departments`, with the ids commands take."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import show
from cli.frame.command import Command
from cli.frame.words import say
from cli.lists.commands import reading
from domain.case.people import Role
from speech.names import NameBook, names
from speech.words import joined, term
from speech.words import say as told

if TYPE_CHECKING:
    from register.reads.people import GrantLine, PersonLine

ORGAN = typer.Option("--organ", metavar="ID")


def commands() -> Iterator[Command]:
    """The two lists."""
    yield Command("people", "look", people)
    yield Command("departments", "look", departments)


def people(
    text: Annotated[str, typer.Argument(metavar="WORDS")] = "",
    role: Annotated[Role | None, typer.Option("--role", metavar="ROLE")] = None,
    department: Annotated[str | None, typer.Option("--department", metavar="ID")] = None,
    organ: Annotated[str | None, ORGAN] = None,
    left: Annotated[bool, typer.Option("--left")] = False,
) -> None:
    from office.people.names import department_id, organ_id
    from register.reads.people import PeopleWanted, people_like

    with reading() as session:
        organ = organ_id(session, organ) if organ else None
        department = department_id(session, department, organ) if department else None
        held = Role(role) if role else None
        found = people_like(session, PeopleWanted(text, held, organ, department, active=not left))
        known = names(session)
    if show.wants_json():
        show.emit({"people": [asdict(person) for person in found]})
        return
    headings = [say(f"column.{c}") for c in ("user", "name", "roles", "email")]
    rows = [[p.id, p.name, _roles(p, known), p.email or ""] for p in found]
    show.table(headings, rows)


def _roles(person: "PersonLine", known: NameBook) -> str:
    return joined([_role(grant, known) for grant in person.grants])


def _role(grant: "GrantLine", known: NameBook) -> str:
    where = known.unit(grant.organ, grant.department) or known.organ(grant.organ)
    return say("people.role", role=term("role", grant.role), where=where)


def departments(organ: Annotated[str | None, ORGAN] = None) -> None:
    from office.people.names import organ_id
    from register.reads.roster import organs

    with reading() as session:
        only = organ_id(session, organ) if organ else None
        found = [line for line in organs(session) if only in (None, line.id)]
    if show.wants_json():
        show.emit(
            {
                "organs": [
                    {
                        "id": line.id,
                        "name": line.name,
                        "committed_working_days": line.committed_working_days,
                        "ended_on": line.ended_on,
                        "departments": [
                            {
                                "id": unit,
                                "name": name,
                                "committed_working_days": line.department_days.get(unit),
                                "ended_on": line.ended_units.get(unit),
                            }
                            for unit, name in line.departments.items()
                        ],
                    }
                    for line in found
                ]
            }
        )
        return
    headings = [say(f"column.{c}") for c in ("organ", "id", "name")]
    rows = [
        [
            told("person", name=line.name, user=line.id) + _ended(line.ended_on),
            unit,
            name + _ended(line.ended_units.get(unit)),
        ]
        for line in found
        for unit, name in (line.departments or {"": ""}).items()
    ]
    show.table(headings, rows)


def _ended(day: date | None) -> str:
    return say("organ.mark", day=day) if day else ""
