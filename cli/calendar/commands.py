"""The calendar: `yishen calendar show|check|load|diff|list|result`."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.calendar import words
from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.session import acting_user, open_desk, settings
from cli.frame.words import say
from domain.errors import Code, InputError
from office.legal_time import legal_now
from speech.words import joined

if TYPE_CHECKING:
    from domain.calendar.closures import Closure
    from domain.calendar.model import Calendar
    from office.calendar_change import Plan
    from register.reads.calendars import HeldDays

GROUP = "calendar"


def commands() -> Iterator[Command]:
    """Commands of whoever keeps the calendar."""
    yield Command("show", "look", calendar_show, group=GROUP)
    yield Command("check", "look", calendar_check, group=GROUP)
    yield Command("load", "look", calendar_load, group=GROUP)
    yield Command("diff", "look", calendar_diff, group=GROUP)
    yield Command("list", "look", calendar_list, group=GROUP)
    yield Command("result", "look", calendar_result, group=GROUP)


def calendar_show(
    year: Annotated[int | None, typer.Argument(metavar="[YEAR]")] = None,
) -> None:
    from office.answers.calendars import packaged

    days = _held_days()
    calendar = days.calendar or packaged()
    wanted = year or legal_now().year
    listed = calendar.years.get(wanted)
    if listed is None:
        raise InputError(Code.CALENDAR_MISSING, year=wanted)
    closures = [c for c in days.closures if any(d.year == wanted for d in (*c.off, *c.work))]
    if show.wants_json():
        body = {"calendar": calendar.name, "version": calendar.version, "year": wanted}
        layers = [c.model_dump(mode="json") for c in closures]
        show.emit(body | listed.model_dump(mode="json") | {"closures": layers})
        return
    show.line(say("calendar.title", year=wanted, name=calendar.name, version=calendar.version))
    off = listed.off or listed.statutory_days_for_provisional_use
    pairs = [
        (say("calendar.off"), joined([_short(day) for day in off]) or "-"),
        (say("calendar.work"), joined([_short(day) for day in listed.work]) or "-"),
    ]
    if listed.notices:
        pairs.append((say("column.notice"), joined(list(listed.notices))))
    show.fields(pairs)
    if calendar.open_from is not None and calendar.open_from.year <= wanted:
        show.line(say("calendar.provisional", day=calendar.open_from))
    for closure in closures:
        show.line(_closure_line(closure))


def calendar_check(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
) -> None:
    from cli.calendar import view as calendar_view

    plan = _checked(file)
    if show.wants_json():
        show.emit(calendar_view.plan_fields(plan))
        return
    show.line(words.say("check.fine", file=file.name, version=plan.version))
    calendar_view.print_changes(plan)


def calendar_load(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    as_user: params.AsUser = None,
    apply: Annotated[bool, typer.Option("--apply/--dry-run")] = False,
    training: Annotated[bool, typer.Option("--training")] = False,
    wait: Annotated[bool, typer.Option("--wait/--no-wait")] = True,
    yes: params.Yes = False,
) -> None:
    user = acting_user(as_user) if apply else None
    asyncio.run(_load(file, user, training=training, wait=wait, yes=yes))


async def _load(file: Path, user: str | None, *, training: bool, wait: bool, yes: bool) -> None:
    """Preview always; then, for `user`, keep the version and bring it to the cases."""
    from cli.calendar import view as calendar_view
    from cli.calendar.results import note_progress
    from cli.frame.asking import after_asking, ask
    from office import calendar_change as changing
    from office.access.attempts import logged
    from office.access.door import require_admin
    from office.acts.doubts import Doubt
    from office.people.names import acting_id
    from office.running import revision_run
    from speech.names import names

    plan = _checked(file)
    if plan.changes.region is None and not plan.reaches and not plan.known:
        raise InputError(Code.CALENDAR_CHANGES_NOTHING, file=file.name)
    async with open_desk() as desk:
        if user is not None:
            user = await desk.read(lambda session: acting_id(session, user or ""))
            async with logged(desk, user, "calendar_loaded"):
                await desk.read(lambda session: require_admin(session, str(user)))
            await desk.client()  # nothing is kept while there is no engine to bring it to the cases
        now = legal_now()
        lines, known = await desk.read(lambda s: (changing.preview(s, plan, now), names(s)))
        if user is None:
            calendar_view.show_preview(plan, lines, known, training=training)
            return
        if not show.wants_json():
            calendar_view.show_preview(plan, lines, known, training=training, applying=True)
        unasked = ask([Doubt("calendar_applies")], yes=yes)
        await changing.load(after_asking(desk), plan, user)
        await revision_run.start(desk, plan.version)
        progress = None
        if wait:
            async for progress in revision_run.follow(desk, plan.version):
                note_progress(progress)
    _print_result(plan.version, progress, unasked)


def calendar_diff(
    old: Annotated[str, typer.Argument(metavar="A")],
    new: Annotated[str, typer.Argument(metavar="B")],
) -> None:
    from cli.calendar import view as calendar_view
    from domain.calendar.diff import difference

    first, second = _named(old), _named(new)
    found = difference(first, second)
    if show.wants_json():
        fields = calendar_view.difference_fields(found)
        show.emit({"from": first.version, "to": second.version, **fields})
        return
    show.line(words.say("diff.title", old=first.version, new=second.version))
    calendar_view.print_difference(found)


def calendar_list() -> None:
    from cli.calendar.results import show_versions
    from cli.lists.commands import reading
    from office.answers.calendars import packaged
    from register.reads.calendars import versions

    with reading() as session:
        lines = versions(session)
    show_versions(lines, packaged().version)


def calendar_result(
    version: Annotated[str, typer.Argument(metavar="VERSION")],
) -> None:
    _print_result(version, None)


def _print_result(version: str, progress: Any, unasked: Sequence[str] = ()) -> None:
    from cli.calendar.results import show_results
    from cli.lists.commands import reading
    from register.reads.calendars import results
    from register.reads.calendars import version as named
    from speech.names import names

    with reading() as session:
        line = named(session, version)
        lines = results(session, version)
        known = names(session)
    show_results(line, lines, known, progress, unasked)
    if any(result.outcome == "failed" for result in lines):
        raise typer.Exit(1)


def _checked(file: Path) -> "Plan":
    """The plan of a file; its problems, one a line, where it is wrong."""
    from cli.calendar import view as calendar_view
    from cli.lists.commands import reading
    from office import calendar_change as changing

    today = legal_now().date()
    try:
        if not settings().register_exists:
            return changing.check(file, None, today)
        with reading() as session:
            return changing.check(file, session, today)
    except changing.WrongFileError as error:
        calendar_view.show_problems(file, error)
        raise typer.Exit(2) from error


def _held_days() -> "HeldDays":
    from cli.lists.commands import reading
    from register.reads.calendars import HeldDays, held_days

    if not settings().register_exists:
        return HeldDays(None, (), 0)
    with reading() as session:
        return held_days(session)


def _named(name: str) -> "Calendar":
    """A calendar by its version, or a file that holds one or changes the newest."""
    from cli.lists.commands import reading
    from domain.calendar.model import Calendar
    from office.answers.calendars import calendar_named

    if Path(name).is_file():
        plan = _checked(Path(name))
        if isinstance(plan.new, Calendar):
            return plan.new
        return _layered(plan.after)
    if not settings().register_exists:
        return calendar_named(None, name)
    with reading() as session:
        return calendar_named(session, name)


def _layered(days: "HeldDays") -> "Calendar":
    from domain.calendar.closures import with_closures
    from office.answers.calendars import packaged

    return with_closures(days.calendar or packaged(), days.closures)


def _closure_line(closure: "Closure") -> str:
    from cli.calendar import view as calendar_view

    return calendar_view.closure_line(closure)


def _short(day: date) -> str:
    return f"{day.month:02}-{day.day:02}"
