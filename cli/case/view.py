"""One case for people: where it stands, what runs, what is in it, what happened."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from cli.case.proof import print_moved, print_proofs, readings_of
from cli.frame import show
from cli.frame.asked import asked_lines
from cli.frame.readings import print_readings
from cli.frame.words import say
from cli.remedies.view import print_briefly
from domain.case.parts import End
from domain.case.state import CaseState, TimelineEntry, Validity
from domain.case.tasks import summarise
from domain.errors import InputError
from domain.periods.gauge import days_for
from domain.values import OFFICE_ZONE
from speech.dates import day
from speech.days import days_words
from speech.detail import detail
from speech.marks import marks_of, open_questions
from speech.names import NameBook
from speech.refusals import message
from speech.standing import due_words, next_words, status_words
from speech.words import cited, days, joined, spoken, term
from speech.words import limit as limit_name
from speech.words import say as told

if TYPE_CHECKING:
    from office.cases.record import Record
    from workflows.messages import CaseView

Pairs = list[tuple[str, str]]


def print_case(record: "Record", known: NameBook, *, why: bool) -> None:
    """The whole page."""
    line, view = record.row.line, record.view
    if view is None:
        unstarted = record.row.started_at is None and line.seq == 0
        show.note(say("case.no_run") if unstarted else from_register(record))
    mark = say("list.training_mark") if line.training else ""
    show.line(f"{line.number}{mark}  {line.subject}")
    show.fields(_recorded(record, known) if view is None else _head(record, view, known))
    if view is not None and view.state.seq == 0 and view.summary.next_alarm:
        show.line(say("case.early", day=_instant(view.summary.next_alarm)))
    if record.behind:
        show.line(say("case.behind", n=record.behind))
    _print_deadlines(record)
    if record.begun:
        print_readings(spoken(), readings_of(record))
    if view is not None:
        _print_items(view.state)
        _print_reply(view.state, known)
    if record.begun:
        print_briefly(record.state, record.today)
    _print_timeline(record, known)
    if why:
        print_proofs(record, record.running)
        print_moved(record)


def from_register(record: "Record") -> str:
    """That the register speaks for the case, up to where, and why the case doesn't."""
    detail = message(record.unanswered) if record.unanswered else ""
    return say("case.from_register", detail=detail, seq=record.row.line.seq)


def _head(record: "Record", view: "CaseView", known: NameBook) -> Pairs:
    line, summary, state, today = record.row.line, view.summary, view.state, record.today
    due = due_words(summary)
    if summary.due is not None:
        left = days(today, summary.due) + _working(state, today, summary.due)
        due = told("due.with_left", due=due, left=left)
    voided = summary.ending is not None and summary.ending.how is End.VOIDED
    alarm = "field.idle_until" if summary.ending else "field.alarm"
    return [
        (told("field.status"), status_words(summary, view.now)),
        (told("field.due"), due),
        (told("field.next"), next_words(summary, known)),
        (say("field.handler"), known.handling(line.organ, state.department, state.handler)),
        (say("field.received"), _day(summary.receipt_day)),
        *_reopened(state),
        *_used(record),
        *([] if voided else [(say(alarm), _instant(summary.next_alarm))]),
        *_organ(record, known),
    ]


def _recorded(record: "Record", known: NameBook) -> Pairs:
    """Where the case stood at its last line in the register."""
    line = record.row.line
    status, due = term("status", line.status), _day(line.due)
    following = term("mover", line.mover)
    if record.events:
        summary = summarise(record.state, line.next_alarm)
        status, due = status_words(summary), due_words(summary)
        following = next_words(summary, known)
    return [
        (told("field.status"), status),
        (told("field.due"), due),
        (told("field.next"), following),
        (say("field.handler"), known.handling(line.organ, line.department, line.handler)),
        (say("field.received"), _day(line.receipt_day)),
        *_reopened(record.state),
        *_used(record),
        (say("field.alarm"), _instant(line.next_alarm)),
        *_organ(record, known),
    ]


def _reopened(state: CaseState) -> Pairs:
    """Day 0 of a reply that a decision ordered."""
    return [(say("field.reopened"), _day(state.receipt_day))] if state.rounds else []


def _used(record: "Record") -> Pairs:
    """Days taken, left and late, where a period runs."""
    words = days_words(record.days)
    return [(say("field.used"), words)] if words else []


def _organ(record: "Record", known: NameBook) -> Pairs:
    line = record.row.line
    return [
        (say("field.organ"), known.organ(line.organ)),
        (say("field.statute"), line.statute),
    ]


def _working(state: CaseState, today: date, due: date) -> str:
    """Working days left to the reply by the days it is counted by; none are shown of a year that
    the case doesn't have."""
    if due <= today:
        return ""
    days_worked = days_for(state.law.statute.period, state.calendar)
    try:
        return told("days.working", n=days_worked.count(today, due))
    except InputError:
        return ""


def _print_deadlines(record: "Record") -> None:
    found, today = record.running, record.today
    if not found:
        return
    show.line()
    rows = [
        [
            limit_name(limit.name, limit.ref),
            limit.due.isoformat() + (told("due.provisional") if limit.provisional else ""),
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


def _print_reply(state: CaseState, known: NameBook) -> None:
    reply = state.reply
    if reply is None:
        return
    show.line()
    pairs = [
        (say("reply.kind"), term("reply_kind", reply.reply_kind)),
        (say("reply.reasons"), joined([r for r in (reply.reasons, reply.ground) if r])),
        *([(say("column.article"), cited(reply.article))] if reply.article else []),
        (say("reply.status"), term("reply_status", reply.status)),
        (say("reply.by"), known.short(reply.drafted_by)),
    ]
    if reply.returned:
        pairs.append((say("reply.returned"), reply.returned))
    if state.signatures:
        signed = [known.short(s.person) for s in state.signatures]
        pairs.append((say("reply.signed"), joined(signed)))
    show.fields(pairs)


def _print_timeline(record: "Record", known: NameBook) -> None:
    recorded = {event.seq: event for event in record.events}
    entries = record.state.timeline
    if not entries:
        return
    show.line()
    organ = record.row.line.organ
    marks = marks_of(entries)
    rows = [
        [
            str(entry.seq),
            recorded.get(entry.seq, entry).effective_on.isoformat(),
            term("kind", entry.kind) + marks.get(entry.seq, ""),
            _who(entry, known),
            detail(recorded[entry.seq], organ, known) if entry.seq in recorded else "",
        ]
        for entry in entries
    ]
    show.table([say(f"column.{c}") for c in ("seq", "day", "act", "person", "detail")], rows)
    movers = entries[0].moved_in_by
    if movers is not None:
        show.line(say("case.moved_in", people=joined([known.person(p) for p in movers])))
    for line in asked_lines(entries):
        show.line(line)
    for line in open_questions(record.state, record.events):
        show.line(line)
    if any(entry.validity is Validity.SET_ASIDE for entry in entries):
        show.line(say("case.conflict_commands"))


def _who(entry: "TimelineEntry", known: NameBook) -> str:
    """Who did it, and who recorded it for them; of the past of a case that moved in, who is said
    to have."""
    if entry.person == "system":
        return term("role", "system")
    if entry.moved_in_by is not None:
        return known.short(entry.person) + say("case.told")
    if entry.done_by in (None, entry.person):
        return known.short(entry.person)
    recorder = say("case.recorded_by", person=known.short(entry.person))
    return known.short(entry.doer) + recorder


def _day(value: date | None) -> str:
    return day(value) if value else told("field.not_set")


def _instant(moment: datetime | None) -> str:
    if moment is None:
        return say("case.no_alarm")
    local = moment.astimezone(OFFICE_ZONE)
    return f"{day(local.date())} {local:%H:%M}"
