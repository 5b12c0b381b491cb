"""What befalls the whole office in the middle of its year: its days change, people leave."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from domain.calendar.model import Calendar
from domain.case.revising import outlook
from domain.errors import Unreachable, YishenError
from law.files import JURISDICTION, load_calendar
from office import calendar_change as changing
from office.desk import Desk
from office.legal_time import legal_now
from office.people.directory_file import load_office
from office.running import revision_run
from register.reads.calendars import held_days, versions
from register.reads.touched import revision_for
from tests.waiting import until
from tests.walk.holds import Lived
from tests.walk.office import ADMIN, EDU, directory

LEAVING = ("li", "chen", "qian")
"""A handler, a reviewer, and one who registers for an organ and handles there."""
GONE = ("li", "qian")
"""Those who do not come back."""
DAYS_A_YEAR = 4
LOOK_AGAIN = 0.2
A_DAY = 86_400.0


@dataclass
class Meanwhile:
    """`folder`: where the files of the calendar are written down."""

    desk: Callable[[], Desk]
    rng: Random
    folder: Path
    loads: int = 0
    troubles: list[str] = field(default_factory=list)

    def happenings(self) -> Iterator[tuple[float, Callable[[], Awaitable[None]]]]:
        """After which share of the acts, and what."""
        yield 0.2, lambda: self._load(self._change)
        yield 0.35, lambda: self._out_of_service(LEAVING)
        yield 0.5, lambda: self._load(self._closure)
        yield 0.65, lambda: self._load(self._change)
        yield 0.8, lambda: self._out_of_service(GONE)

    async def live(self, share: Callable[[], float]) -> None:
        """All of it; `share` says how much of the acts was sent."""
        for at, happens in self.happenings():

            async def reached(at: float = at) -> bool:
                return share() >= at

            await until(reached, within=A_DAY)
            await happens()

    # -- people ---------------------------------------------------------------------------------

    async def _out_of_service(self, people: Iterable[str]) -> None:
        gone = set(people)
        office = directory()
        users = tuple(u.changed(active=u.id not in gone) for u in office.users)
        told = office.changed(users=users)
        await self.desk().write(lambda session: load_office(session, told))

    # -- days -----------------------------------------------------------------------------------

    async def _load(self, says: Callable[[Calendar], dict[str, Any]]) -> None:
        """A file of an admin's, checked, kept and brought to the cases it touches."""
        plan = await self.desk().read(lambda session: self._plan(session, says))
        await changing.load(self.desk(), plan, ADMIN)
        self.loads += 1
        failed = await self._brought(plan.version)
        self.troubles += [f"{plan.version} did not reach {case}" for case in failed]

    def _plan(self, session: Session, says: Callable[[Calendar], dict[str, Any]]) -> changing.Plan:
        today = legal_now().date()
        calendar = held_days(session).calendar or load_calendar(JURISDICTION)
        said = says(calendar) | {
            "version": f"walk-{self.loads}",
            "notice": "某通知（虚构）",
            "issued": str(today),
        }
        path = self.folder / f"walk-{self.loads}.json"
        path.write_text(json.dumps(said), encoding="utf-8")
        return changing.check(path, session, today)

    async def _brought(self, version: str) -> tuple[str, ...]:
        """The cases it did not reach, once it has finished; a worker may be killed meanwhile."""
        while True:
            with suppress(Unreachable):
                await revision_run.start(self.desk(), version)
                async for progress in revision_run.follow(self.desk(), version):
                    if progress.finished:
                        return progress.failed
            await asyncio.sleep(LOOK_AGAIN)

    def _change(self, calendar: Calendar) -> dict[str, Any]:
        """Some working days off, some days of rest worked, in every year."""
        off, work = self._days(calendar)
        return {"kind": "change", "off": [*map(str, off)], "work": [*map(str, work)]}

    def _closure(self, calendar: Calendar) -> dict[str, Any]:
        """An organ is closed on some days of every year."""
        off, _ = self._days(calendar)
        return {"kind": "closure", "organ": EDU, "name": "move", "off": [*map(str, off)]}

    def _days(self, calendar: Calendar) -> tuple[list[date], list[date]]:
        """Of the plain ones: from Monday to Friday, and of weekends."""
        named = {*calendar.days_off, *calendar.days_worked}
        plain: dict[bool, list[date]] = {True: [], False: []}
        for year in sorted(calendar.years):
            first = date(year, 1, 1)
            whole = [first + timedelta(days=n) for n in range(365)]
            days = [d for d in whole if d not in named]
            for weekend in plain:
                kind = [d for d in days if (d.weekday() >= 5) is weekend]
                plain[weekend] += sorted(self.rng.sample(kind, DAYS_A_YEAR))
        return plain[False], plain[True]


def left_behind(session: Session, lived: Lived) -> Iterator[str]:
    """What the newest days would still change in the case."""
    loaded = versions(session)
    if not loaded:
        return
    fact = revision_for(
        lived.state,
        held_days(session),
        load_calendar(JURISDICTION),
        loaded[-1].version,
        lived.now.year,
    )
    try:
        found = outlook(lived.state, fact, lived.now)
    except YishenError as no:
        yield f"can't be counted by the newest days: {no.code}"
        return
    if found.touched:
        yield f"the newest days would still change it: {found}"
