"""A changed calendar from its file to the register: read, check, preview, load."""

import asyncio
import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from domain.calendar.closures import Closure, with_closures
from domain.calendar.diff import Difference, difference
from domain.calendar.file import CalendarFile, amended, problems
from domain.calendar.file import closure as closure_of
from domain.calendar.model import Calendar
from domain.case.revising import Move
from domain.errors import Code, InputError, Problem, YishenError
from domain.numbers import number_of
from law import files as lawfiles
from law.files import JURISDICTION
from office.access.door import require_admin
from office.desk import Desk
from office.files import text_of
from register.office_chain import Author
from register.reads import roster
from register.reads.calendars import (
    HeldDays,
    ResultLine,
    VersionLine,
    held_days,
    results,
    version,
)
from register.reads.touched import Reach, outlooks, reach, reached
from register.writes.access import Attempt, log_access
from register.writes.calendars import load_calendar, load_closure
from texts.problems import FieldPath, dotted
from texts.problems import problems as problems_of

FILLED_IN = Path("notice")
"""What a form is called where a file has its name."""


class WrongFileError(InputError):
    """A calendar file that can't be used; all its problems, not only the first."""

    def __init__(self, path: Path, found: Sequence[Problem]) -> None:
        fields = ", ".join(dict.fromkeys(problem.field for problem in found))
        super().__init__(Code.BAD_CALENDAR_FILE, problems=found, file=path, detail=fields)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would make of the days: the days before and after, where they differ."""

    version: str
    kind: str
    notice: str
    before: HeldDays
    after: HeldDays
    changes: Difference
    reaches: tuple[Reach, ...]
    new: Calendar | Closure
    known: bool
    """The version is loaded already."""


@dataclass(frozen=True, slots=True)
class TouchedCase:
    """An open case that a change touches; `error`: it can't be counted by the new days."""

    case: str
    number: str
    organ: str
    department: str | None
    handler: str | None
    training: bool
    moves: tuple[Move, ...] = ()
    warnings: tuple[str, ...] = ()
    alarm_was: datetime | None = None
    alarm: datetime | None = None
    error: YishenError | None = None


# -- the file -----------------------------------------------------------------------------------


def read_file(path: Path) -> CalendarFile | Calendar:
    """A file of one change (TOML or JSON), or a whole calendar (JSON with `years` as a table).
    Raises InputError(file_unreadable, bad_law_file) and WrongFileError."""
    return file_of(text_of(path), path)


def file_of(text: str, path: Path) -> CalendarFile | Calendar:
    """The same of its text, TOML or JSON; `path`: what it is called in complaints."""
    try:
        content: Any = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise WrongFileError(path, [Problem("file", "unreadable", {"reason": error})]) from error
    if isinstance(content.get("years"), dict):
        return lawfiles.parse_calendar(text, path.name)
    try:
        return CalendarFile.model_validate(content)
    except ValidationError as error:
        raise WrongFileError(path, list(problems_of(error, field_of))) from error


def field_of(place: FieldPath) -> str:
    """The place of a problem in a file."""
    return dotted(place) or "file"


def check(path: Path, session: Session | None, today: date) -> Plan:
    """Read and check a file against the days as they stand; `session` None: against the packaged
    calendar. Raises InputError(file_unreadable, bad_law_file), WrongFileError with all problems."""
    return plan_of(read_file(path), path, session, today)


def plan_of(
    file: CalendarFile | Calendar, path: Path, session: Session | None, today: date
) -> Plan:
    """The same of what was read already; `path`: what it is called in complaints."""
    fallback = lawfiles.load_calendar(JURISDICTION)
    before = held_days(session) if session else HeldDays(None, (), 0)
    if session is not None and (stood := _loaded_before(session, file)) is not None:
        before, known = stood, True
    else:
        known = False
    now = before.calendar or fallback
    if isinstance(file, Calendar):
        return _plan(before, fallback, file, "", known=known)
    found = [*problems(file, now, today)]
    if session is not None and file.organ is not None:
        found += _place(session, file)
    if found:
        raise WrongFileError(path, found)
    if file.kind == "closure":
        return _plan(before, fallback, closure_of(file), file.notice, known=known)
    return _plan(before, fallback, amended(now, file), file.notice, known=known)


def _loaded_before(session: Session, file: CalendarFile | Calendar) -> HeldDays | None:
    """the days before the file was loaded, where it was: the same file again says the same."""
    from register.reads.calendars import versions

    name = file.version if isinstance(file, Calendar) else file.new_version
    for line in versions(session):
        if line.version == name:
            return held_days(session, line.edition - 1)
    return None


def _place(session: Session, file: CalendarFile) -> list[Problem]:
    organs = {organ.id: organ for organ in roster.organs(session)}
    if file.organ not in organs:
        return [Problem("organ", "known_organ", {"known": ", ".join(organs)})]
    units = organs[file.organ].departments
    if file.department is not None and file.department not in units:
        return [Problem("department", "known_department", {"known": ", ".join(units)})]
    return []


def _plan(
    before: HeldDays, fallback: Calendar, new: Calendar | Closure, notice: str, *, known: bool
) -> Plan:
    if isinstance(new, Calendar):
        after = replace(before, calendar=new, edition=before.edition + 1)
        changes = difference(before.calendar or fallback, new)
    else:
        others = tuple(c for c in before.closures if c.name != new.name)
        closures = (*others, new) if new.off or new.work else others
        after = replace(
            before,
            closures=tuple(sorted(closures, key=lambda c: c.name)),
            edition=before.edition + 1,
        )
        base = before.calendar or fallback
        old = [c for c in before.closures if c.name == new.name]
        changes = difference(with_closures(base, old), with_closures(base, [new]))
    return Plan(
        version=new.version,
        kind="calendar" if isinstance(new, Calendar) else "closure",
        notice=notice.strip(),
        before=before,
        after=after,
        changes=changes,
        reaches=tuple(reach(before, after, fallback)),
        new=new,
        known=known,
    )


# -- the preview --------------------------------------------------------------------------------


def preview(session: Session, plan: Plan, now: datetime) -> list[TouchedCase]:
    """The open cases that the plan touches, by the pure count of each from its record."""
    fallback = lawfiles.load_calendar(JURISDICTION)
    ids = reached(session, plan.reaches)
    found = []
    for state, look in outlooks(session, ids, plan.after, fallback, plan.version, now):
        line = TouchedCase(
            case=state.id,
            number=number_of(state.id),
            organ=state.organ,
            department=state.department,
            handler=state.handler,
            training=state.training,
        )
        if isinstance(look, YishenError):
            found.append(replace(line, error=look))
        elif look.touched:
            found.append(
                replace(
                    line,
                    moves=look.moves,
                    warnings=look.warnings,
                    alarm_was=look.alarm_was,
                    alarm=look.alarm,
                )
            )
    return found


# -- what became of it ----------------------------------------------------------------------------

LOOKED_AT = 500
"""Cases without a result that are counted anew, to say how many are still to be reached."""


@dataclass(frozen=True, slots=True)
class LoadedVersion:
    """A version and what it did so far; `left`: so many cases it has still to reach."""

    line: VersionLine
    results: list[ResultLine]
    left: int


def loaded_version(session: Session, name: str, now: datetime) -> LoadedVersion:
    """Of the version, as the register has it. InputError(unknown_calendar_version)."""
    fallback = lawfiles.load_calendar(JURISDICTION)
    line = version(session, name)
    before, after = held_days(session, line.edition - 1), held_days(session, line.edition)
    done = results(session, name)
    here = {result.case_id for result in done if result.outcome != "failed"}
    open_ones = [
        case for case in reached(session, reach(before, after, fallback)) if case not in here
    ]
    looks = outlooks(session, open_ones[:LOOKED_AT], after, fallback, name, now)
    left = sum(not isinstance(look, YishenError) and look.touched for _, look in looks)
    return LoadedVersion(line, done, left)


# -- applying -----------------------------------------------------------------------------------


async def load(desk: Desk, plan: Plan, user: str) -> None:
    """Keep the version; new registrations use it from now on. It is on the office's record and in
    the access log.

    Refusal(unknown_user, not_an_admin); InputError(calendar_version_taken).
    """

    def write(session: Session) -> None:
        require_admin(session, user)
        by = Author(user, desk.asked_by, datetime.now(UTC))
        if isinstance(plan.new, Calendar):
            load_calendar(session, plan.new, by, notice=plan.notice)
        else:
            load_closure(session, plan.new, by)

    await desk.write(write)
    done = Attempt(
        person=user,
        command="calendar_loaded",
        outcome="ok",
        detail=plan.version,
        asked_by=desk.asked_by,
    )
    await asyncio.to_thread(log_access, desk.register, done)
