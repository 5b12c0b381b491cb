"""Lists from the register: `yishen list`, `yishen tasks`. The engine is never asked."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from cli.case.trouble import as_json, print_troubles
from cli.frame import params, show
from cli.frame.command import Command
from cli.frame.session import acting_user, open_register
from cli.frame.words import say
from domain.case.summary import ListOrder, Status
from office.legal_time import legal_now
from speech.names import NameBook, names
from speech.words import days, term
from speech.words import say as told

if TYPE_CHECKING:
    from domain.case.answers.day_counts import DayCounts
    from office.desk import Reading
    from register.reads.lists import CaseLine
    from register.reads.tasks import TaskLine


def commands() -> Iterator[Command]:
    """The lists."""
    yield Command("tasks", "look", tasks)
    yield Command("list", "look", list_cases, reads=True)


@contextmanager
def reading() -> "Iterator[Reading]":
    """A session on the register of this run."""
    with open_register() as register, register.reading() as session:
        yield session


def now() -> datetime:
    """The instant of this command, in the office's zone."""
    return legal_now()


def list_cases(
    overdue: Annotated[bool, typer.Option("--overdue")] = False,
    due_within: Annotated[
        int | None, typer.Option("--due-within", metavar="N", min=0, max=36_500)
    ] = None,
    status: Annotated[list[Status] | None, typer.Option("--status", metavar="STATE")] = None,
    department: Annotated[str | None, typer.Option("--department", metavar="ID")] = None,
    handler: Annotated[str | None, typer.Option("--handler", metavar="USER")] = None,
    organ: Annotated[str | None, typer.Option("--organ", metavar="ID")] = None,
    training: Annotated[bool, typer.Option("--training")] = False,
    sort: Annotated[ListOrder, typer.Option("--sort")] = ListOrder.DUE,
    after: Annotated[str | None, typer.Option("--after", metavar="PLACE")] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1)] = 200,
    as_user: params.AsUser = None,
) -> None:
    from office.answers.lists import case_list
    from register.reads.filter import Filter
    from register.reads.paging import place
    from register.reads.visible import viewer_of

    at = now()
    today = at.date()
    wanted = Filter(
        status=tuple(_value(s) for s in status or ()),
        overdue_at=at if overdue else None,
        due_from=None if due_within is None else today,
        due_by=None if due_within is None else today + timedelta(days=due_within),
        training=training,
        organ=organ,
        department=department,
        handler=handler,
        at=at,
        order=sort,
        after=None if after is None else place(after, sort),
    )
    with reading() as session:
        found = case_list(session, viewer_of(session, str(as_user)), wanted, limit, at)
        known = names(session)
    if show.wants_json():
        rows = [
            asdict(line)
            | {"overdue": line.overdue(at), "days": _plain(found.days, line)}
            | {"stuck": line.id in found.stuck}
            for line in found.cases
        ]
        after = None if found.next is None else str(found.next)
        show.emit({"as_of": at, "cases": rows, "more": after is not None, "next": after})
        return
    if not found.cases:
        show.line(say("list.empty_overdue" if overdue and due_within is None else "list.empty"))
        return
    print_cases(found.cases, known, at, found.days, found.stuck)
    if found.next is not None:
        show.note(say("list.next", n=limit, place=found.next))


def _plain(counts: "Mapping[str, DayCounts]", line: "CaseLine") -> dict[str, object] | None:
    return asdict(counts[line.id]) if line.id in counts else None


def print_cases(
    found: "list[CaseLine]",
    known: NameBook,
    at: datetime,
    counts: "Mapping[str, DayCounts] | None" = None,
    stuck: Collection[str] = (),
) -> None:
    """Cases as a table, the overdue ones standing out; `counts` their days by case; `stuck` those
    that can't go on."""
    headings = [say(f"column.{c}") for c in ("number", "status", "due", "left", "handler")]
    rows = [
        [
            line.number
            + (say("list.training_mark") if line.training else "")
            + (say("trouble.mark") if line.id in stuck else ""),
            term("status", line.status),
            due_cell(line),
            left_cell(line, line.legal(at).date(), (counts or {}).get(line.id)),
            known.handling(line.organ, line.department, line.handler),
            line.subject,
        ]
        for line in found
    ]
    late = next((i for i, line in enumerate(found) if not line.overdue(at)), len(found))
    show.table([*headings, say("column.subject")], rows, urgent=late)


def due_cell(line: "CaseLine") -> str:
    """The last day, or whom the case waits for."""
    if line.due is None:
        return told("next.waits", who=term("mover", line.mover)) if line.mover != "nobody" else ""
    return line.due.isoformat() + (told("due.provisional") if line.provisional else "")


def left_cell(line: "CaseLine", today: date, counts: "DayCounts | None") -> str:
    """How far the last day is away, and in the unit of the statute; of a count that stands still
    what is left of it."""
    if not line.is_open:
        return ""
    words = days(today, line.due) if line.due else ""
    if counts is None:
        return words
    if line.due is None:
        return (
            told("used.left", n=told(f"used.{counts.unit}", n=counts.left)) if counts.left else ""
        )
    number = counts.late or counts.left
    if not number or counts.unit != "working_day":
        return words
    return words + told("days.working", n=number)


def tasks(
    as_user: params.AsUser = None,
    training: Annotated[bool, typer.Option("--training")] = False,
) -> None:
    from office.answers.lists import waiting

    user = acting_user(as_user)
    at = now()
    with reading() as session:
        mine = waiting(session, user, training=training)
        known = names(session)
    if show.wants_json():
        tasks = [asdict(task) for task in mine.tasks]
        found = {"troubles": as_json(mine.troubles), "conflicts": mine.conflicts}
        show.emit({"user": mine.user, "tasks": tasks, **found})
        return
    print_troubles(mine.troubles)
    for number in mine.conflicts.values():
        show.line(say("trouble.conflict", number=number))
    if not mine.tasks:
        show.line(say("list.empty_tasks", user=known.person(mine.user)))
        return
    headings = [say(f"column.{c}") for c in ("number", "task", "role", "due", "left", "subject")]
    rows = [_task_row(task, task.legal(at).date()) for task in mine.tasks]
    late = next((i for i, task in enumerate(mine.tasks) if not task.late(at)), len(mine.tasks))
    show.table(headings, rows, urgent=late)


def _task_row(task: "TaskLine", today: date) -> list[str]:
    what = term("task", task.kind) + (f" {task.ref}" if task.ref else "")
    return [
        task.number + (say("list.training_mark") if task.training else ""),
        what,
        term("role", task.role),
        _task_due(task),
        days(today, task.due) if task.due else "",
        task.subject,
    ]


def _task_due(task: "TaskLine") -> str:
    if task.due is None:
        return ""
    return task.due.isoformat() + (told("due.provisional") if task.provisional else "")


def _value(status: Status | str) -> str:
    return str(status.value if isinstance(status, Enum) else status)
