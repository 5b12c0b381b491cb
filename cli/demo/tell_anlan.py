"""Part 5 as text: how the county stands, and as whom to look at it."""

from collections.abc import Iterator
from datetime import datetime

from cli.demo.screen import Screen, say
from cli.demo.tell import columns, day
from domain.case.people import Role
from domain.case.summary import Status
from register.verify import Verification
from speech.words import term
from starter.demo.anlan.look import CountyStand

INBOXES = (
    *(Role.INTAKE, Role.HANDLER, Role.REVIEWER, Role.LEADER_IN_CHARGE, Role.PRINCIPAL_LEADER),
    *(Role.DISCLOSURE_HEAD, Role.LEGAL, Role.SUPERVISOR, Role.AUDITOR, Role.ADMIN),
)


def anlan(screen: Screen, stand: CountyStand, proved: Verification, now: datetime) -> None:
    """States, the people to look as, and the proof of the record."""
    organs = len({line.organ for line in stand.lines})
    screen.line(say("anlan.intro", n=len(stand.lines), organs=organs, today=day(now.date())))
    screen.title(say("anlan.states"))
    rows = []
    for status in Status:
        of = [line for line in stand.lines if line.status == status]
        late = sum(line.overdue(now) for line in of)
        rows.append([term("status", status), len(of), late or "", bool(of)])
    screen.table(columns("status", "cases", "late", "tick"), rows, right=(1, 2))
    screen.title(say("anlan.people"))
    screen.table(columns("role", "person", "user", "waits"), list(_people(stand)), right=(3,))
    screen.check(not proved.differences, say("anlan.proved", n=proved.cases, events=proved.events))


def _people(stand: CountyStand) -> Iterator[list[object]]:
    """Of each role the one with most to do."""
    for role in INBOXES:
        holding = [
            (len(tasks), user)
            for user, tasks in stand.waiting
            if role in {grant.role for grant in user.roles}
        ]
        most, user = max(holding, key=lambda found: found[0])
        yield [term("role", role), user.name, user.id, most or ""]
