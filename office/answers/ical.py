"""Limits and hearings as an iCalendar file (RFC 5545), for the calendars people already use.

A limit is an all-day event on its last day, a hearing an instant in the office's zone. The uid of
an event stays the same when its day moves, and its sequence grows. Nothing of the applicant goes
in: neither name nor subject.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

import texts
from domain.case.people import AskedBy
from domain.values import legal_day, midnight
from office.access.reading import all_went_out
from office.people.names import filter_ids
from register.engine import Register
from register.reads import roster
from register.reads.limits import HearingLine, LimitLine, Scope, called_hearings, running_limits
from register.reads.visible import viewer_of
from register.reads.words import shown
from texts.citations import cited
from texts.words import term_in

ZONE = ZoneInfo("Asia/Shanghai")
DOMAIN = "yishen"

Units = Mapping[tuple[str, str], str]
"""Names of departments by organ and id."""


@dataclass(frozen=True, slots=True)
class LimitsFile:
    """The file, and how many limits and hearings stand in it."""

    content: bytes
    limits: int
    hearings: int


def limits_file(
    register: Register,
    organ: str | None,
    department: str | None,
    user: str,
    lang: str,
    now: datetime,
    *,
    training: bool = False,
    bare: bool = False,
    asked_by: AskedBy | None = None,
) -> LimitsFile:
    """Everything that runs or is called from the day of `now` on in cases that the person may see,
    as far as it is of the organ and the department, or, where neither is named, the person's own;
    who got it is in the access log of each case. `bare`: by their numbers and what they are alone.
    Refusal(unknown_user), InputError(unknown_organ, unknown_department),
    Unreachable(register_not_writable)."""
    today = midnight(legal_day(now))
    with register.reading() as session:
        own = organ is department is None
        organ, department, _ = filter_ids(session, organ, department)
        who = viewer_of(session, user)
        scope = Scope(who, organ, department, own=own, training=training)
        limits = shown(session, running_limits(session, scope))
        hearings = shown(session, called_hearings(session, scope, today))
        units = {
            (line.id, unit): name
            for line in roster.organs(session)
            for unit, name in line.departments.items()
        }
    cases = [*(limit.case_id for limit in limits), *(hearing.case_id for hearing in hearings)]
    all_went_out(register, user, "calendar_exported", cases, asked_by)
    content = calendar(limits, hearings, None if bare else units, lang)
    return LimitsFile(content, len(limits), len(hearings))


def calendar(
    limits: Iterable[LimitLine],
    hearings: Iterable[HearingLine],
    units: Units | None,
    lang: str,
) -> bytes:
    """The file; `units`: names of departments by organ and id (None: no more than numbers and what
    they are)."""
    file = Calendar()
    file.add("prodid", f"-//Yishen//{lang.upper()}")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", _say(lang, "name"))
    for limit in limits:
        file.add_component(_limit(limit, units, lang))
    for hearing in hearings:
        file.add_component(_hearing(hearing, units, lang))
    file.add_missing_timezones()
    return bytes(file.to_ical())


def _limit(limit: LimitLine, units: Units | None, lang: str) -> Event:
    mark = _say(lang, "provisional") if limit.provisional else ""
    name = term_in(lang, "limit", limit.name) + (f" {limit.ref}" if limit.ref else "")
    cause = texts.text(lang, f"evidence.cause.{limit.cause}")
    event = Event()
    event.add("uid", _uid(limit.case_id, limit.name, limit.ref))
    event.add("sequence", limit.seq)
    event.add("dtstamp", limit.at)
    event.add("dtstart", limit.due)
    event.add("dtend", limit.due + timedelta(days=1))
    event.add("summary", _say(lang, "summary", number=limit.number, limit=name) + mark)
    event.add("status", "TENTATIVE" if limit.provisional else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [term_in(lang, "limit", limit.name)])
    if units is not None:
        said = [
            _say(lang, "last_day", base=limit.base, cause=cause),
            *_where(limit, units, lang),
            _say(lang, "article", article=cited(lang, limit.article)),
        ]
        event.add("description", "\n".join(said))
    return event


def _hearing(hearing: HearingLine, units: Units | None, lang: str) -> Event:
    event = Event()
    event.add("uid", _uid(hearing.case_id, "hearing", f"{hearing.ref}.{hearing.hearing}"))
    event.add("sequence", hearing.seq)
    event.add("dtstamp", hearing.recorded)
    event.add("dtstart", hearing.at.astimezone(ZONE))
    event.add("status", "CONFIRMED")
    event.add("categories", [term_in(lang, "limit", "hearing")])
    if units is None:
        what = term_in(lang, "limit", "hearing")
        event.add("summary", _say(lang, "summary", number=hearing.number, limit=what))
        return event
    forum = hearing.forum or ""
    event.add("summary", _say(lang, "hearing", number=hearing.number, forum=forum))
    if place := ", ".join(part for part in (hearing.forum, hearing.place) if part):
        event.add("location", place)
    event.add("description", "\n".join(_where(hearing, units, lang)))
    return event


def _where(line: LimitLine | HearingLine, units: Units, lang: str) -> list[str]:
    said = []
    if line.department is not None:
        unit = units.get((line.organ, line.department), line.department)
        said.append(_say(lang, "department", name=unit))
    if line.forum:
        said.append(_say(lang, "forum", name=line.forum))
    if line.docket:
        said.append(_say(lang, "docket", docket=line.docket))
    return said


def _uid(case_id: str, name: str, ref: str | None) -> str:
    return ".".join(part for part in (case_id, name, ref) if part) + f"@{DOMAIN}"


def _say(lang: str, key: str, **values: object) -> str:
    return texts.text(lang, f"remedies.ical.{key}", **values)
