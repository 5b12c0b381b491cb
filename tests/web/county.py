"""A desk with cases of the demonstration's county, one of each plan that a test asks for: on record
as if they had been lived, in no engine."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.applications import Starlette

from domain.case.people import Role
from office.desk import Desk
from office.legal_time import legal_now
from register.engine import Register
from register.models import Request
from register.reads import queries
from register.reads.words import opened
from starter.demo.anlan import filing
from starter.demo.anlan.days import coming
from starter.demo.anlan.paper import Papers
from starter.demo.anlan.words import directory
from tests.web.site import Browser, no_engine, serving, visiting


def person(role: Role, organ: str = "al") -> str:
    """Somebody who holds the role in the organ, and as few others as may be."""
    holding = [
        (len(user.roles), user.id)
        for user in directory().users
        if any(g.role is role and g.organ == organ for g in user.roles)
    ]
    return min(holding)[1]


@dataclass(frozen=True, slots=True)
class CountySite:
    """The application on it, and its cases by the name of their plan."""

    app: Starlette
    register: Register
    cases: Mapping[str, str]

    def handler(self, plan: str) -> str:
        """Who handles that case."""
        with self.register.reading() as session:
            row = session.get(Request, self.cases[plan])
            assert row is not None
            assert row.handler is not None
            return row.handler

    def subject(self, case: str) -> str:
        """What the case asks for."""
        with self.register.reading() as session:
            return opened(session, queries.case(session, case)).line.subject

    def visit(self, person: str, language: str = "zh") -> AbstractAsyncContextManager[Browser]:
        """That person at a browser, signed in."""
        return visiting(self.app, person, language)


@asynccontextmanager
async def county_site(
    data: Path, plans: Sequence[str], organs: Mapping[str, str] | None = None
) -> AsyncIterator[CountySite]:
    """The site with one case of each of these plans; `organs`: whose they are, by plan, where it
    matters."""
    now = legal_now()
    wanted = {one.timed.plan.name: one for one in coming(now) if one.timed.plan.name in plans}
    for plan, organ in (organs or {}).items():
        one = wanted[plan]
        wanted[plan] = replace(one, organ=organ, pen=replace(one.pen, organ=organ))
    ordered = sorted(wanted.values(), key=lambda one: one.timed.begins)
    async with serving(data) as (app, settings, register):
        desk = Desk(settings, register, no_engine)  # type: ignore[arg-type]
        documents = data / "documents"
        documents.mkdir(exist_ok=True)
        filing.settle_in(desk, now)
        cases = filing.lay_down(desk, Papers(documents), ordered, now)
        names = [one.timed.plan.name for one in ordered]
        yield CountySite(app, register, dict(zip(names, cases, strict=True)))
