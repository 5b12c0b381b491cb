"""A county whose cases are of every kind that decides who reads them, and the grid of its pages."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert

from domain.case.people import Role
from office.people.directory_file import load_office
from register.models import Trouble
from register.reads import queries
from register.writes.directory import Directory, GrantEntry, UserEntry
from starter.demo.anlan.words import directory
from tests.web.county import CountySite, county_site, person

GOLDEN = Path(__file__).parent / "pages.golden.txt"

ORGAN, BELOW, ELSEWHERE = "al", "al-edu", "al-build"
"""Whose cases they are; an organ under it; whose people look from outside."""

COLLEAGUE = "an.yun"
"""Somebody who handles in every department of the organ, and has no case."""

DEPARTMENTS = ("open", "info", "office")

KINDS = {
    "arrived": "new from the web",
    "own": "assigned",
    "items": "awaits review",
    "reviewed": "awaits the leader in charge",
    "signed": "awaits the principal leader",
    "replied": "granted",
    "unreviewed": "nothing to give",
    "disputed": "against silence",
    "contested": "defence owed",
    "stuck": "late",
    "conflict": "in conflict",
    "below": "suit dismissed",
}
"""Kinds of cases as the grid of sights has them, each by its plan in the county."""


@dataclass(frozen=True, slots=True)
class Looking:
    """Somebody who looks at a case of that kind: what a grid says of `role`, `kind` holds for
    them."""

    person: str
    role: Role
    kind: str


@dataclass(frozen=True, slots=True)
class Answers:
    """How a page answers, by role; `part`: of a case, which part of it the page shows."""

    address: str
    stranger: int
    everybody: int
    others: Mapping[Role, int]
    part: str = ""

    def of(self, role: Role) -> int:
        """How it answers to somebody of that role who may see what it shows."""
        return self.others.get(role, self.everybody)


def grid() -> list[Answers]:
    """The grid as it is written."""
    lines = [x for x in GOLDEN.read_text("utf-8").splitlines() if x.startswith("/")]
    return [_answers(*line.split()) for line in lines]


def _answers(address: str, first: str, *rest: str) -> Answers:
    others = {Role(name): int(code) for name, _, code in (w.partition("=") for w in rest) if code}
    if first.isdigit():
        return Answers(address, int(first), int(rest[0]), others)
    return Answers(address, 303, 200, others, first)


@asynccontextmanager
async def all_kinds(data: Path) -> AsyncIterator[CountySite]:
    """The county, its cases by their kind."""
    organs = {plan: BELOW if kind == "below" else ORGAN for kind, plan in KINDS.items()}
    async with county_site(data, tuple(KINDS.values()), organs) as site:
        grants = [
            GrantEntry(role=Role.HANDLER, organ=ORGAN, department=unit) for unit in DEPARTMENTS
        ]
        office = directory()
        more = UserEntry(
            id=COLLEAGUE, name="云舒（虚构）", email="an.yun@anlan.example", roles=tuple(grants)
        )
        cases = {kind: site.cases[plan] for kind, plan in KINDS.items()}
        row = {"case_id": cases["stuck"], "what": "run", "code": "x", "detail": "TypeError"}
        with site.register.writing() as session:
            load_office(session, Directory(organs=office.organs, users=(*office.users, more)))
            session.execute(insert(Trouble), [row | {"since": datetime.now(UTC)}])
        yield CountySite(site.app, site.register, cases)


def lookers(site: CountySite, kind: str) -> Iterator[Looking]:
    """One of each role, and each handler: of the case, of its department, of another one, and
    everybody of an organ that has nothing to do with it."""
    with site.register.reading() as session:
        line = queries.case(session, site.cases[kind]).line
    for role in set(Role) - {Role.SYSTEM, Role.HANDLER}:
        yield Looking(person(role, ORGAN), role, kind)
    if kind == "contested":
        elsewhere = set(Role) - {Role.SYSTEM, Role.ADMIN, Role.AUDITOR, Role.SUPERVISOR}
        for role in elsewhere:
            yield Looking(person(role, ELSEWHERE), role, "elsewhere")
    if line.handler is None or kind == "below":
        yield Looking(COLLEAGUE, Role.HANDLER, kind)
        return
    yield Looking(line.handler, Role.HANDLER, kind)
    yield Looking(COLLEAGUE, Role.HANDLER, "colleague")
    yield Looking(_of_another(line.department), Role.HANDLER, "education")


def _of_another(department: str | None) -> str:
    held = [
        user.id
        for user in directory().users
        for g in user.roles
        if g.role is Role.HANDLER and g.organ == ORGAN and g.department != department
    ]
    return held[0]


def standing_for(path: str) -> re.Pattern[str]:
    """The addresses of a route."""
    places = re.sub(r"\\\{[^}]*path\\\}", ".+", re.escape(path))
    return re.compile(re.sub(r"\\\{[^}]*\\\}", "[^/]+", places) + "$")
