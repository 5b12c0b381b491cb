"""A docket that adds up to the published year: requests by organ and by channel, all granted.

The report has totals only; days, names and subjects come from a seeded generator and say so
themselves (their marks are part of the texts that are stored).
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle, islice

from domain.calendar.model import Calendar
from domain.case.people import Role
from register.writes.directory import Directory, OrganEntry
from starter.demo.data import Content, Docket, PublishedReport

SEED = 20190110
"""Day of publication of the report."""

LAST_ARRIVAL = (12, 5)
"""After this day a reply within 15 working days could fall into the next year."""

DOCUMENT = "document.txt"


def docket(
    report: PublishedReport, words: Docket, office: Directory, calendar: Calendar
) -> list[Content]:
    """The cases in order of arrival, as entries of a history file."""
    chance = random.Random(SEED)
    organs = list(_organs(report, office))
    chance.shuffle(organs)
    days = _arrivals(report, calendar, chance)
    return [
        _case(n, organ, day, report, words, office, calendar, chance)
        for n, (organ, day) in enumerate(zip(organs, days, strict=True), 1)
    ]


def _organs(report: PublishedReport, office: Directory) -> Iterator[OrganEntry]:
    by_level = report.requests_received.by_level
    for level, n in (("government", by_level.governments), ("department", by_level.departments)):
        yield from islice(cycle(o for o in office.organs if o.level == level), n)


def _arrivals(report: PublishedReport, calendar: Calendar, chance: random.Random) -> list[date]:
    day, last = date(report.year, 1, 1), date(report.year, *LAST_ARRIVAL)
    open_days = []
    while day <= last:
        if calendar.is_working_day(day):
            open_days.append(day)
        day += timedelta(days=1)
    return sorted(chance.sample(open_days, report.requests_received.total))


def _case(
    number: int,
    organ: OrganEntry,
    arrived: date,
    report: PublishedReport,
    words: Docket,
    office: Directory,
    calendar: Calendar,
    chance: random.Random,
) -> Content:
    subject = words.mark + chance.choice(words.subjects[organ.id]).format(
        year=report.year - chance.randint(0, 2),
        town=chance.choice(words.towns),
        village=chance.choice(words.villages),
    )
    applicant = chance.choice(words.surnames) + chance.choice(words.given)
    unit = chance.choice(organ.departments).id
    staff = _staff(office, organ.id, unit)
    on_the_spot = chance.random() < 0.1
    steps = sorted(chance.randint(0, 12) for _ in range(7))
    days = [arrived if on_the_spot else calendar.add_working_days(arrived, n) for n in steps]
    assigned, found, reviewed, signed, drafted, approved, out = days
    posted = not on_the_spot and chance.random() < 0.3
    item = {"ref": "a1", "title": words.item_title.format(subject=subject)}
    acts = [
        _act(
            assigned, staff[Role.INTAKE], "assigned", department=unit, handler=staff[Role.HANDLER]
        ),
        _act(found, staff[Role.HANDLER], "item_added", **item, document=DOCUMENT, pages=3),
        _act(reviewed, staff[Role.REVIEWER], "item_reviewed", ref="a1", decision="release"),
        _act(signed, staff[Role.LEADER_IN_CHARGE], "signed"),
        _act(signed, staff[Role.PRINCIPAL_LEADER], "signed"),
        _act(
            drafted,
            staff[Role.HANDLER],
            "reply_drafted",
            reply_kind="granted",
            reasons=words.reasons,
            location=words.location,
        ),
        _act(approved, staff[Role.DISCLOSURE_HEAD], "reply_approved"),
        _act(out, staff[Role.INTAKE], "dispatched", channel="post" if posted else "handed_over"),
        _act(calendar.add_working_days(out, 2) if posted else out, staff[Role.INTAKE], "delivered"),
    ]
    return {
        "command_id": f"demo-{report.year}-{number:03d}",
        "registered_by": staff[Role.INTAKE],
        "organ": organ.id,
        "channel": "in_person",
        "received": arrived.isoformat(),
        "applicant": {"name": applicant + words.applicant_mark},
        "subject": subject,
        "form_wished": words.form_wished,
        "acts": acts,
    }


def _act(on: date, by: str, kind: str, **fields: object) -> Content:
    return {"kind": kind, "on": on.isoformat(), "by": by, **fields}


def _staff(office: Directory, organ: str, unit: str) -> dict[Role, str]:
    """Who does what in a unit of an organ."""
    return {
        grant.role: user.id
        for user in office.users
        for grant in user.roles
        if grant.organ == organ and grant.department in (None, unit)
    }
