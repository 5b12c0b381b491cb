"""`yishen case ID`: one case as its workflow knows it, or as the register has it."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from domain.errors import Unreachable
from domain.values import OFFICE_ZONE
from starter.cli import params, show
from starter.cli.command import Command
from starter.cli.confirmation import day, due_words, next_words, status_words, summary_fields
from starter.cli.fail import message
from starter.cli.names import Names, names
from starter.cli.session import settings
from starter.cli.words import days, say, term

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from register.queries import CaseRow, DeadlineLine, EventLine
    from starter.desk import Desk
    from workflows.messages import CaseView


def commands() -> Iterator[Command]:
    """The one case."""
    yield Command("case", "look", case)


@dataclass(frozen=True, slots=True)
class Record:
    """What the register has of a case."""

    row: "CaseRow"
    timeline: "list[EventLine]"
    deadlines: "list[DeadlineLine]"
    names: Names


def case(
    case: params.CaseId,
    why: Annotated[bool, typer.Option("--why")] = False,
) -> None:
    asyncio.run(_case(case, why))


async def _case(case_id: str, why: bool) -> None:
    from starter.desk import open_desk

    async with open_desk(settings()) as desk:
        record = await desk.read(lambda session: _record(session, case_id))
        view, trouble = await _live(desk, case_id)
    if show.wants_json():
        show.emit(_json(record, view, trouble))
        return
    if view is None:
        _print_record(record, trouble)
    else:
        _print_view(record, view)
    _print_timeline(record, view)
    if why:
        _print_ledgers(record, view)


async def _live(desk: "Desk", case_id: str) -> "tuple[CaseView | None, str]":
    from starter.acts import view

    try:
        return await view(desk, case_id, start=False), ""
    except Unreachable as error:
        return None, message(error)


def _record(session: "Session", case_id: str) -> Record:
    from register import queries

    return Record(
        row=queries.case(session, case_id),
        timeline=queries.timeline(session, case_id),
        deadlines=queries.deadlines(session, case_id),
        names=names(session),
    )


def _json(record: Record, view: "CaseView | None", trouble: str) -> dict[str, Any]:
    line = record.row.line
    body: dict[str, Any] = {
        "case": line.id,
        "number": line.number,
        "organ": line.organ,
        "subject": line.subject,
        "statute": line.statute,
        "training": line.training,
        "started": record.row.started_at is not None,
        "source": "register" if view is None else "case",
    }
    if view is None:
        body |= {k: v for k, v in asdict(line).items() if k not in ("id",)}
        body["deadlines"] = [asdict(d) for d in record.deadlines if runs(d)]
        body["timeline"] = [asdict(event) for event in record.timeline]
        body["note"] = trouble
        return body
    body |= {"seq": view.state.seq, **summary_fields(view.summary)}
    body["now"] = view.now
    body["unwritten"] = view.unwritten
    body["behind"] = max(0, view.state.seq - len(record.timeline))
    state = view.state.model_dump(mode="json")
    for part in ("items", "consultations", "signatures", "reply", "extension", "fee", "timeline"):
        body[part] = state[part]
    body["deadlines"] = [
        d.model_dump(mode="json") | {"ledger": [s._asdict() for s in d.ledger]}
        for d in view.deadlines
    ]
    return body


def runs(deadline: "DeadlineLine") -> bool:
    """Whether this setting of a limit is the one that runs now."""
    return deadline.due is not None and deadline.superseded_by_seq is None


def _heading(record: Record) -> None:
    line = record.row.line
    mark = say("list.training_mark") if line.training else ""
    show.line(f"{line.number}{mark}  {line.subject}")


def _print_view(record: Record, view: "CaseView") -> None:
    line, summary, state = record.row.line, view.summary, view.state
    today = view.now.astimezone(OFFICE_ZONE).date()
    _heading(record)
    late = " " + say("case.late") if summary.due_at and summary.due_at <= view.now else ""
    due = due_words(summary)
    if summary.due and summary.dispatch is None and summary.ending is None:
        due = say("due.with_left", due=due, left=days(today, summary.due))
    pairs = [
        (say("field.status"), status_words(summary) + late),
        (say("field.due"), due),
        (say("field.next"), next_words(summary, record.names)),
        (say("field.handler"), record.names.handling(line.organ, state.department, state.handler)),
        (
            say("field.received"),
            day(summary.receipt_day) if summary.receipt_day else say("field.not_set"),
        ),
        (say("field.alarm"), _instant(summary.next_alarm)),
        (say("field.organ"), record.names.organ(line.organ)),
        (say("field.statute"), line.statute),
    ]
    show.fields(pairs)
    behind = max(0, state.seq - len(record.timeline))
    if behind:
        show.line(say("case.behind", n=behind))
    show.line()
    if not view.deadlines:
        show.line(say("case.no_deadlines"))
    else:
        rows = [
            [
                term("limit", d.name) + (f" {d.ref}" if d.ref else ""),
                d.due.isoformat() + (say("due.provisional") if d.provisional else ""),
                days(today, d.due),
                d.article,
            ]
            for d in view.deadlines
        ]
        show.table([say(f"column.{c}") for c in ("limit", "last_day", "left", "article")], rows)
    if state.items:
        show.line()
        rows = [
            [
                item.ref,
                item.title,
                term("decision", item.review.decision) if item.review else say("field.not_set"),
                (item.sha256 or "")[:12],
            ]
            for item in state.items
        ]
        show.table([say(f"column.{c}") for c in ("ref", "title", "decision", "sha256")], rows)


def _print_record(record: Record, trouble: str) -> None:
    line = record.row.line
    if record.row.started_at is None and line.seq == 0:
        show.note(say("case.no_run"))
    else:
        show.note(say("case.from_register", detail=trouble, seq=line.seq))
    _heading(record)
    show.fields(
        [
            (say("field.status"), term("status", line.status)),
            (say("field.due"), line.due.isoformat() if line.due else say("field.not_set")),
            (say("field.next"), term("mover", line.mover)),
            (
                say("field.handler"),
                record.names.handling(line.organ, line.department, line.handler),
            ),
            (say("field.alarm"), _instant(line.next_alarm)),
            (say("field.organ"), record.names.organ(line.organ)),
            (say("field.statute"), line.statute),
        ]
    )
    running = [d for d in record.deadlines if runs(d)]
    if running:
        show.line()
        rows = [[term("limit", d.name), str(d.due), d.article] for d in running]
        show.table([say(f"column.{c}") for c in ("limit", "last_day", "article")], rows)


def _print_timeline(record: Record, view: "CaseView | None") -> None:
    lines: Any = view.state.timeline if view is not None else record.timeline
    if not lines:
        return
    show.line()
    rows = [
        [
            str(entry.seq),
            entry.effective_on.isoformat(),
            term("kind", entry.kind),
            record.names.short(entry.person)
            if entry.person != "system"
            else term("role", "system"),
            term("role", entry.role),
        ]
        for entry in lines
    ]
    show.table([say(f"column.{c}") for c in ("seq", "day", "act", "person", "role")], rows)


def _print_ledgers(record: Record, view: "CaseView | None") -> None:
    headings = [say(f"column.{c}") for c in ("from", "to", "counted", "why", "article")]
    running: Any = view.deadlines if view is not None else [d for d in record.deadlines if runs(d)]
    for limit in running:
        show.line()
        show.line(
            say("case.ledger", limit=term("limit", limit.name), base=limit.base, due=limit.due)
        )
        show.table(headings, [_span(span) for span in limit.ledger])


def _span(span: Any) -> list[str]:
    values = list(span.values()) if isinstance(span, dict) else list(span)
    first, last, counted, why, article = values
    return [str(first), str(last), str(counted), term("why", why), str(article)]


def _instant(moment: datetime | None) -> str:
    if moment is None:
        return say("case.no_alarm")
    local = moment.astimezone(OFFICE_ZONE)
    return f"{day(date(local.year, local.month, local.day))} {local:%H:%M}"
