"""The demonstration from beginning to end."""

import asyncio
import shlex
import time
from datetime import timedelta
from pathlib import Path

from cli.demo import tell, tell_anlan, tell_contest
from cli.demo.screen import Screen, say
from cli.frame import session, show
from cli.run.progress import progress
from law.files import load_calendar, load_statutes
from office.cases.intake import NewCase
from office.desk import Reading
from office.legal_time import legal_now
from office.settings import load
from register.reads import queries
from register.reads.annual import Report, annual_report, figure_cases
from register.verify import verify
from speech.names import names
from starter.demo import county
from starter.demo.anlan import filing
from starter.demo.anlan.look import look
from starter.demo.anlan.paper import Papers
from starter.demo.data import PublishedReport, docket_words, office, report
from starter.demo.docket import docket
from starter.demo.stage import DemoStage, clear, default_folder, finish, open_stage
from starter.demo.story import live, script
from starter.demo.today import desk_script, lay_out
from texts.figures import official

COMMANDS = (
    ("up", "up"),
    ("inbox", "tasks --as an.chen"),
    ("county", "list --as an.tao"),
    ("list", "list --as he.qing"),
    ("overdue", "list --overdue --as he.qing"),
    ("tasks", "tasks --as wu.guoping"),
    ("case", "case T2024-0001 --why --as he.qing"),
    ("annual", "annual 2018 --as he.qing"),
    ("open", "annual 2018 --open granted --as he.qing"),
    ("remedies", "remedies T2024-0002 --why --as he.qing"),
    ("outcomes", "outcomes 2024 --training --as he.qing"),
)
"""What to look at afterwards."""


def demonstrate(folder: Path | None = None) -> int:
    """All parts in `folder`, else in the one asked for by --data, else in the user's cache."""
    screen = Screen()
    asyncio.run(_run(screen, folder or _asked() or default_folder()))
    return 1 if screen.failed else 0


def _asked() -> Path | None:
    """The folder of --data. Where the environment points is an installation, not ours."""
    given = session.settings().data
    return given if given != load().data else None


async def _run(screen: Screen, folder: Path) -> None:
    begun = time.monotonic()
    published, words = report(), docket_words()
    # The desk of part three is handed over tonight, with acts of today in its past.
    tomorrow = legal_now().date() + timedelta(days=1)
    people = county.with_figures(office(), published, words, tomorrow)
    clear(folder)
    screen.line(say("intro", folder=_written(folder)))
    async with open_stage(folder, people, progress, screen.stage) as stage:
        await _county(screen, stage)
        await _story(screen, stage)
        await _desk(screen, stage)
        await _contest(screen, stage)
        await _anlan(screen, stage)
    finish(folder)
    _farewell(screen, folder, time.monotonic() - begun)


async def _county(screen: Screen, stage: DemoStage) -> None:
    published, words = report(), docket_words()
    screen.heading(say("county.heading", organ=published.organ, year=published.year))
    total = published.requests_received.total
    screen.line(say("county.intro", organ=published.organ, n=total))
    cases = docket(published, words, stage.office, load_calendar("cn"))
    county.keep_docket(stage, f"docket-{published.year}.jsonl", cases, words.note)
    begun = time.monotonic()
    with screen.steps(say("county.progress"), len(cases)) as step:
        moved = await county.move_all(stage, cases, step)
    seconds = time.monotonic() - begun
    counted, opened, events = await stage.desk.read(lambda s: _figures(s, published, moved))
    screen.line(say("county.done", n=len(moved), events=events, seconds=f"{seconds:.1f}"))
    tell.county(screen, counted, published, opened)


def _figures(
    session: Reading, published: PublishedReport, moved: list[NewCase]
) -> tuple[Report, dict[str, int], int]:
    """The annex, how many cases each of its rows opens, and how many events are on record."""
    year, statutes = published.year, load_statutes()
    counted = annual_report(session, year, statutes)
    rows = [official(row.key) for row in counted.rows[county.ENTERED :]]
    return (
        counted,
        {name: len(figure_cases(session, year, name, statutes)) for name in rows},
        sum(queries.event_count(session, case.id) for case in moved),
    )


async def _story(screen: Screen, stage: DemoStage) -> None:
    screen.heading(say("story.heading"))
    play = script()
    with screen.steps(say("story.progress"), len(play.steps)) as step:
        lived = await live(stage, play, step)
    known = await stage.desk.read(names)
    tell.story(screen, lived, play.organ, known, stage.settings.mail_drop)


async def _desk(screen: Screen, stage: DemoStage) -> None:
    screen.heading(say("desk.heading"))
    now = legal_now()
    cases, expected = desk_script(load_calendar("cn"), now.date())
    with screen.steps(say("desk.progress"), len(cases)) as step:
        laid = await lay_out(stage, (cases, expected), now, step)
    known = await stage.desk.read(names)
    tell.desk(screen, laid, now.date(), known)


async def _contest(screen: Screen, stage: DemoStage) -> None:
    screen.heading(say("contest.heading"))
    play = script("demo-contest.json")
    with screen.steps(say("contest.progress"), len(play.steps)) as step:
        lived = await live(stage, play, step)
    told = await stage.desk.read(lambda s: (names(s), tell_contest.figures(s)))
    tell_contest.contest(screen, lived, play.organ, *told)


async def _anlan(screen: Screen, stage: DemoStage) -> None:
    screen.heading(say("anlan.heading"))
    now = legal_now()
    some, papers = filing.settle_in(stage.desk, now), Papers(stage.documents)
    with screen.steps(say("anlan.progress"), len(some)) as step:
        cases = await asyncio.to_thread(filing.lay_down, stage.desk, papers, some, now, step)
    stand = await stage.desk.read(lambda s: look(s, cases))
    proved = await asyncio.to_thread(verify, stage.desk.register, cases)
    tell_anlan.anlan(screen, stand, proved, now)


def _written(folder: Path) -> str:
    """The folder as a shell takes it, short where it lies at home."""
    path = folder.expanduser().absolute()
    if path.is_relative_to(Path.home()):
        return f"~/{shlex.quote(path.relative_to(Path.home()).as_posix())}"
    return shlex.quote(str(path))


def _farewell(screen: Screen, folder: Path, seconds: float) -> None:
    screen.heading(say("farewell.heading"))
    verdict = say("farewell.bad", n=screen.failed) if screen.failed else say("farewell.good")
    screen.line(f"{verdict} {say('farewell.time', seconds=f'{seconds:.0f}')}")
    screen.line()
    where = _written(folder)
    for name, words in COMMANDS:
        screen.line(f"  yishen {words} --data {where}")
        screen.line(f"      [dim]{say(f'farewell.{name}')}[/]")
    if folder == default_folder():
        screen.line(f"  make desk\n      [dim]{say('farewell.desk')}[/]")
    screen.line()
    screen.line(say("farewell.again"))
    if show.wants_json():
        ok, failed = not screen.failed, screen.failed
        show.emit({"ok": ok, "failed": failed, "folder": folder, "seconds": round(seconds, 1)})
