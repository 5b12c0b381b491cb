"""Lists over all cases: `yishen proceedings`, and the calendar file `yishen ical`."""

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.session import open_register
from cli.frame.words import say as cli_say
from cli.lists.commands import now, reading
from cli.papers.evidence import write_whole
from domain.remedies.terms import ProceedingKind
from speech.names import NameBook, names
from speech.remedies import forum_words, proceeding_words, say
from speech.words import days, joined, spoken, term
from speech.words import say as told

if TYPE_CHECKING:
    from register.reads.proceedings import ProceedingLine

ORGAN = typer.Option("--organ", metavar="ID")
DEPARTMENT = typer.Option("--department", metavar="ID")
TRAINING = typer.Option("--training")


def commands() -> Iterator[Command]:
    """The two lists."""
    yield Command("proceedings", "look", proceedings, reads=True)
    yield Command("ical", "look", ical, reads=True)


def proceedings(
    due_within: Annotated[
        int | None, typer.Option("--due-within", metavar="N", min=0, max=36_500)
    ] = None,
    kind: Annotated[ProceedingKind | None, typer.Option("--kind")] = None,
    department: Annotated[str | None, DEPARTMENT] = None,
    organ: Annotated[str | None, ORGAN] = None,
    person: Annotated[str | None, typer.Option("--person", metavar="USER")] = None,
    ended: Annotated[bool, typer.Option("--ended")] = False,
    training: Annotated[bool, TRAINING] = False,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1)] = 200,
    as_user: params.AsUser = None,
) -> None:
    from office.answers.lists import proceeding_list
    from register.reads.proceedings import Wanted
    from register.reads.visible import viewer_of

    wanted = Wanted(
        organ=organ,
        department=department,
        kind=ProceedingKind(kind).value if kind else None,
        person=person,
        due_within=due_within,
        ended=ended,
        training=training,
    )
    with reading() as session:
        found = proceeding_list(session, viewer_of(session, str(as_user)), wanted, now())
        known = names(session)
    more = len(found) > limit
    found = found[:limit]
    if show.wants_json():
        show.emit({"as_of": now(), "proceedings": [line_json(x) for x in found], "more": more})
        return
    if not found:
        soon = due_within is not None
        show.line(say("list.empty_soon", n=due_within) if soon else say("list.empty"))
        return
    print_lines(found, known)
    if more:
        show.note(say("list.more", n=limit))


def line_json(line: "ProceedingLine") -> dict[str, object]:
    """A proceeding for machines."""
    left = (line.due - line.today).days if line.due else None
    return asdict(line) | {"days_left": left}


def print_lines(found: "list[ProceedingLine]", known: NameBook) -> None:
    """Proceedings as a table, those past due standing out."""
    columns = ("case", "proceeding", "handler", "legal", "forum", "docket", "progress")
    headings = [cli_say(f"column.{c}") for c in (*columns, "next_limit", "last_day", "left")]
    late = next((i for i, x in enumerate(found) if not x.due or x.due >= x.today), len(found))
    show.table(headings, [_row(line, known) for line in found], urgent=late)


def _row(line: "ProceedingLine", known: NameBook) -> list[str]:
    due = ""
    if line.due:
        due = f"{line.due}" + (told("due.provisional") if line.provisional else "")
    progress = term("progress", line.progress)
    if line.outcome:
        progress = f"{term('outcome', line.outcome)} {line.ended_on}"
    return [
        line.number + (cli_say("list.training_mark") if line.training else ""),
        f"{line.ref} {proceeding_words(line.kind, line.instance, line.route)}",
        known.unit(line.organ, line.department),
        joined([known.short(user) for user in line.legal]),
        forum_words(line.forum, None, line.co_defendant),
        line.docket or "",
        progress,
        term("limit", line.limit) if line.limit else "",
        due,
        days(line.today, line.due) if line.due else "",
    ]


def ical(
    department: Annotated[str | None, DEPARTMENT] = None,
    organ: Annotated[str | None, ORGAN] = None,
    as_user: params.AsUser = None,
    training: Annotated[bool, TRAINING] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE")] = None,
) -> None:
    from office.answers.ical import limits_file

    with open_register() as register:
        file = limits_file(
            register, organ, department, str(as_user), spoken(), now(), training=training
        )
    counts = {"limits": file.limits, "hearings": file.hearings}
    if out is not None:
        write_whole(out, (file.content,))
    if show.wants_json():
        body = {"file": out} if out else {"content": file.content.decode()}
        show.emit(body | counts)
    elif out is not None:
        show.line(say("ical.written", file=out, **counts))
    else:
        sys.stdout.buffer.write(file.content)
