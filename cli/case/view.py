"""One case for people: where it stands, what runs, what is in it, what happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cli.acts.confirmation import day, due_words, next_words, status_words
from cli.case.detail import detail
from cli.case.proof import days_of, days_words, print_moved, print_proofs
from cli.frame import show
from cli.frame.names import NameBook
from cli.frame.words import cited, days, joined, say, term
from cli.frame.words import limit as limit_name
from cli.remedies.view import print_briefly
from domain.case.act import Event
from domain.case.evolve import folded
from domain.case.state import CaseState
from domain.case.tasks import summarise
from domain.errors import InputError
from domain.periods.gauge import days_for
from domain.values import OFFICE_ZONE
from office.legal_time import legal_now

if TYPE_CHECKING:
    from register.reads.queries import CaseRow, DeadlineLine
    from register.reads.troubles import TroubleLine
    from workflows.messages import CaseView

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Record:
    """What the register has of a case."""

    row: "CaseRow"
    events: list[Event]
    deadlines: "list[DeadlineLine]"
    names: NameBook
    troubles: "Sequence[TroubleLine]" = ()

    @property
    def state(self) -> CaseState:
        """The case as its events leave it."""
        from register.reads.states import begun

        return folded(begun(self.row.start_input), self.events)


def running(deadline: "DeadlineLine") -> bool:
    """Whether this setting of a limit is the one that runs now."""
    return deadline.due is not None and deadline.superseded_by_seq is None


def print_case(record: Record, view: "CaseView | None", trouble: str, *, why: bool) -> None:
    """The whole page; `view` None: from the register alone, which `trouble` explains."""
    line = record.row.line
    if view is None:
        unstarted = record.row.started_at is None and line.seq == 0
        note = say("case.no_run") if unstarted else ""
        show.note(note or say("case.from_register", detail=trouble, seq=line.seq))
    mark = say("list.training_mark") if line.training else ""
    show.line(f"{line.number}{mark}  {line.subject}")
    show.fields(_recorded(record) if view is None else _head(record, view))
    if view is not None and (behind := view.state.seq - len(record.events)) > 0:
        show.line(say("case.behind", n=behind))
    _print_deadlines(record, view)
    if view is not None:
        _print_items(view.state)
        _print_reply(record, view.state)
    if view is not None or record.events:
        print_briefly(view.state if view else record.state, legal_day(record, view))
    _print_timeline(record, view)
    if why:
        _print_ledgers(record, view)


def _head(record: Record, view: "CaseView") -> Pairs:
    line, summary, state = record.row.line, view.summary, view.state
    today = view.now.astimezone(OFFICE_ZONE).date()
    due = due_words(summary)
    if summary.due is not None:
        left = days(today, summary.due) + _working(state, today, summary.due)
        due = say("due.with_left", due=due, left=left)
    alarm = "field.idle_until" if summary.ending else "field.alarm"
    return [
        (say("field.status"), status_words(summary, view.now)),
        (say("field.due"), due),
        (say("field.next"), next_words(summary, record.names)),
        (say("field.handler"), record.names.handling(line.organ, state.department, state.handler)),
        (say("field.received"), _day(summary.receipt_day)),
        *_reopened(state),
        *_used(state, today),
        (say(alarm), _instant(summary.next_alarm)),
        *_organ(record),
    ]


def _recorded(record: Record) -> Pairs:
    """Where the case stood at its last line in the register."""
    line = record.row.line
    status, due = term("status", line.status), _day(line.due)
    following = term("mover", line.mover)
    if record.events:
        summary = summarise(record.state, line.next_alarm)
        status, due = status_words(summary), due_words(summary)
        following = next_words(summary, record.names)
    return [
        (say("field.status"), status),
        (say("field.due"), due),
        (say("field.next"), following),
        (say("field.handler"), record.names.handling(line.organ, line.department, line.handler)),
        (say("field.received"), _day(line.receipt_day)),
        *_reopened(record.state),
        *(_used(record.state, legal_day(record, None)) if record.events else []),
        (say("field.alarm"), _instant(line.next_alarm)),
        *_organ(record),
    ]


def _reopened(state: CaseState) -> Pairs:
    """Day 0 of a reply that a decision ordered."""
    return [(say("field.reopened"), _day(state.receipt_day))] if state.rounds else []


def _used(state: CaseState, today: date) -> Pairs:
    """Days taken, left and late, where a period runs."""
    words = days_words(days_of(state, today))
    return [(say("field.used"), words)] if words else []


def _organ(record: Record) -> Pairs:
    line = record.row.line
    return [
        (say("field.organ"), record.names.organ(line.organ)),
        (say("field.statute"), line.statute),
    ]


def _working(state: CaseState, today: date, due: date) -> str:
    """Working days left to the reply by the days it is counted by; none are shown of a year that
    the case doesn't have."""
    if due <= today:
        return ""
    days_worked = days_for(state.law.statute.period, state.calendar)
    try:
        return say("days.working", n=days_worked.count(today, due))
    except InputError:
        return ""


def _print_deadlines(record: Record, view: "CaseView | None") -> None:
    found: Any = view.deadlines if view else [d for d in record.deadlines if running(d)]
    if not found:
        return
    today = legal_day(record, view)
    show.line()
    rows = [
        [
            limit_name(limit.name, limit.ref),
            limit.due.isoformat() + (say("due.provisional") if limit.provisional else ""),
            days(today, limit.due),
            cited(limit.article),
        ]
        for limit in found
    ]
    show.table([say(f"column.{c}") for c in ("limit", "last_day", "left", "article")], rows)


def _print_items(state: CaseState) -> None:
    if not state.items:
        return
    show.line()
    rows = []
    for item in state.items:
        review = item.review
        verdict = term("decision", review.decision) if review else say("item.unreviewed")
        if item.returned:
            verdict = say("item.returned", reason=item.returned)
        shown = review.released_sha256 if review and review.releases else item.sha256
        rows.append([item.ref, item.title, verdict, (shown or "")[:12]])
    show.table([say(f"column.{c}") for c in ("ref", "title", "decision", "sha256")], rows)


def _print_reply(record: Record, state: CaseState) -> None:
    reply = state.reply
    if reply is None:
        return
    show.line()
    pairs = [
        (say("reply.kind"), term("reply_kind", reply.reply_kind)),
        (say("reply.reasons"), joined([r for r in (reply.reasons, reply.ground) if r])),
        *([(say("column.article"), cited(reply.article))] if reply.article else []),
        (say("reply.status"), term("reply_status", reply.status)),
        (say("reply.by"), record.names.short(reply.drafted_by)),
    ]
    if reply.returned:
        pairs.append((say("reply.returned"), reply.returned))
    if state.signatures:
        signed = [record.names.short(s.person) for s in state.signatures]
        pairs.append((say("reply.signed"), joined(signed)))
    show.fields(pairs)


def _print_timeline(record: Record, view: "CaseView | None") -> None:
    known = {event.seq: event for event in record.events}
    if view is not None:
        entries = [
            (e.seq, e.effective_on, e.kind, e.person, e.moved_in_by) for e in view.state.timeline
        ]
    else:
        entries = [
            (e.seq, e.effective_on, e.what.kind, e.person, e.moved_in_by) for e in record.events
        ]
    if not entries:
        return
    show.line()
    organ = record.row.line.organ
    rows = [
        [
            str(seq),
            on.isoformat(),
            term("kind", kind),
            _who(person, record.names, told=by is not None),
            detail(known[seq], organ, record.names) if seq in known else "",
        ]
        for seq, on, kind, person, by in entries
    ]
    show.table([say(f"column.{c}") for c in ("seq", "day", "act", "person", "detail")], rows)
    movers = entries[0][4]
    if movers is not None:
        show.line(say("case.moved_in", people=joined([record.names.person(p) for p in movers])))


def _who(person: str, known: NameBook, *, told: bool) -> str:
    """Who did it; of the past of a case that moved in, who is said to have."""
    if person == "system":
        return term("role", "system")
    return known.short(person) + (say("case.told") if told else "")


def _print_ledgers(record: Record, view: "CaseView | None") -> None:
    found: Any = view.deadlines if view else [d for d in record.deadlines if running(d)]
    state = view.state if view else record.state
    print_proofs(state, found, legal_day(record, view))
    print_moved(record.deadlines, record.events)


def legal_day(record: Record, view: "CaseView | None") -> date:
    """The legal day: of the case, or of its time as the register has it."""
    now = view.now.astimezone(OFFICE_ZONE) if view else legal_now(record.row.clock_offset)
    return now.date()


def _day(value: date | None) -> str:
    return day(value) if value else say("field.not_set")


def _instant(moment: datetime | None) -> str:
    if moment is None:
        return say("case.no_alarm")
    local = moment.astimezone(OFFICE_ZONE)
    return f"{day(local.date())} {local:%H:%M}"
