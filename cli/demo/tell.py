"""The first three parts as text; the fourth is in `tell_contest.py`."""

from collections.abc import Sequence
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

from cli.demo.screen import Screen, say
from cli.lists.commands import due_cell
from domain.case.act import Event
from domain.clock import Span
from domain.periods.ledger import spans_from_json
from domain.values import OFFICE_ZONE
from register.reads.annual import Report
from register.reads.queries import DeadlineLine, NoticeLine
from speech.detail import detail
from speech.names import NameBook
from speech.words import cited, term
from starter.demo import annex, expected
from starter.demo.county import ENTERED
from starter.demo.data import PublishedReport
from starter.demo.story import Lived
from starter.demo.today import OnDesk
from texts.figures import official

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def columns(*keys: str) -> list[str]:
    """Headings of a table."""
    return [say(f"column.{key}") for key in keys]


def day(value: date) -> str:
    """A date with its weekday: whoever counts working days wants it."""
    return f"{value.isoformat()} {say(f'weekday.{WEEKDAYS[value.weekday()]}')}"


# -- part 1 -------------------------------------------------------------------------------------


def county(
    screen: Screen, counted: Report, published: PublishedReport, opened: dict[str, int]
) -> None:
    """The year's annex beside the published one, its sums, and what the figures open: `opened`
    has the number of cases behind each row of this year."""
    screen.title(say("county.title", organ=published.organ, year=published.year))
    rows = []
    lines = annex.lines(counted, published)
    for row in lines:
        year, ever = row.ticks
        rows.append([row.name, *_pair(row, 0), year, *_pair(row, 1), ever, _source(row, published)])
    screen.table(
        columns("row", "published", "counted", "tick", "published_ever", "counted_ever", "tick")
        + columns("source"),
        rows,
        right=(1, 2, 4, 5),
    )
    cells = sum(well for row in lines for well in row.ticks)
    screen.line(say("county.cells", n=cells, of=2 * len(lines)))
    screen.line(say("county.opening", sources=next(s for row in lines for s in row.sources)))
    screen.title(say("county.sums"))
    for check in annex.sums(counted, published):
        left, right = (" / ".join(map(str, side)) for side in (check.left, check.right))
        screen.check(check.holds, say(f"sum.{check.key}", left=left, right=right))
    from_cases = {official(row.key): row.year for row in counted.rows[ENTERED:]}
    screen.check(opened == from_cases, say("county.opened", n=len(opened)))


def _pair(row: annex.AnnexLine, n: int) -> tuple[str, str]:
    counted = row.counted[n]
    return str(row.published[n]), "—" if counted is None else str(counted)


def _source(row: annex.AnnexLine, published: PublishedReport) -> str:
    """Where a row's figures come from."""
    if row.name in [name for name, *_ in published.annex.rows[:ENTERED]]:
        return say("county.entered")
    year, ever = row.published
    return say("county.counted_on" if ever > year else "county.counted")


# -- part 2 -------------------------------------------------------------------------------------


def story(screen: Screen, lived: Lived, organ: str, names: NameBook, mail: Path) -> None:
    """The timeline, the notices, the limits and the proof of the last count."""
    screen.line(say("story.case", number=lived.number, subject=lived.subject))
    screen.line(say("story.training"))
    timeline(screen, lived, organ, names)
    screen.title(say("story.notices", folder=mail.name))
    rows = [_letter(notice, mail, names) for notice in lived.notices]
    screen.table(columns("to", "subject", "said", "file"), rows)
    limits(screen, lived, expected.LIMITS, expected.ALARMS)
    line = lived.line
    screen.check(
        (line.reply_kind, line.dispatched_on, line.in_time) == expected.REPLY,
        say("story.reply_checked", kind=term("reply_kind", line.reply_kind), on=line.dispatched_on),
    )
    _proof(screen, lived)


def timeline(screen: Screen, lived: Lived, organ: str, names: NameBook) -> None:
    """What happened, when, by whom."""
    screen.title(say("story.timeline"))
    rows = [
        [
            f"{event.at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}",
            term("role", event.role),
            names.short(event.person) if event.person != "system" else "—",
            term("kind", event.what.kind),
            detail(event, organ, names),
        ]
        for event in lived.events
    ]
    screen.table(columns("when", "role", "person", "act", "detail"), rows)


def _letter(notice: NoticeLine, mail: Path, names: NameBook) -> list[str]:
    """A notice as it lies in the mail drop."""
    to = names.short(notice.recipient)
    if notice.file_name is None:
        return [to, notice.kind, notice.state, "—"]
    letter = message_from_bytes((mail / notice.file_name).read_bytes(), policy=policy.default)
    body = letter.get_body()
    # Greeting, an empty line, what it says.
    said = body.get_content().splitlines()[2:3] if body else []
    return [to, str(letter["Subject"]), "".join(said), notice.file_name]


def limits(
    screen: Screen,
    lived: Lived,
    by_hand: Sequence[expected.ExpectedLimit],
    called: Sequence[expected.Alarm],
) -> None:
    """Every setting of a limit beside the one counted by hand; the alarms likewise."""
    screen.title(say("story.limits"))
    kept = [d for d in lived.deadlines if d.base and d.due]
    rows: list[list[object]] = []
    for n, limit in enumerate(kept):
        hand = by_hand[n] if n < len(by_hand) else None
        same = hand == (limit.name, limit.base, limit.due)
        rows.append(
            [
                _name(limit),
                *_days(limit),
                _fate(limit, kept, lived.events),
                hand.due if hand else "",
                same,
            ]
        )
    screen.table(columns("limit", "day_zero", "last_day", "why", "fate", "by_hand", "tick"), rows)
    screen.check(
        expected.limits(lived.deadlines) == tuple(by_hand),
        say("story.limits_checked", n=len(by_hand)),
    )
    alarms = expected.alarms(lived.events)
    screen.check(alarms == tuple(called), say("story.alarms_checked", n=len(called)))


def _name(limit: DeadlineLine) -> str:
    return term("limit", limit.name)


def _days(limit: DeadlineLine) -> list[str]:
    assert limit.base is not None
    assert limit.due is not None
    return [day(limit.base), day(limit.due), term("kind", limit.why)]


def _fate(limit: DeadlineLine, kept: Sequence[DeadlineLine], events: Sequence[Event]) -> str:
    """What became of a setting: moved by a later one, or ended."""
    if limit.superseded_by_seq is None:
        return say("story.runs")
    later = [
        d
        for d in kept
        if (d.name, d.ref, d.set_by_seq) == (limit.name, limit.ref, limit.superseded_by_seq)
    ]
    if later:
        return say("story.moved", due=later[0].due)
    by = next(e.what.kind for e in events if e.seq == limit.superseded_by_seq)
    return say("story.ended", by=term("kind", by))


def _proof(screen: Screen, lived: Lived) -> None:
    """The ledger of the reply limit, as the case itself and as the register has it."""
    running = next(d for d in lived.before_dispatch.deadlines if d.name == "reply")
    kept = [d for d in lived.deadlines if d.name == "reply" and d.due][-1]
    screen.title(say("story.proof", base=day(running.base), due=day(running.due)))
    so_far = ledger(screen, running.ledger)
    screen.check(so_far == expected.LEDGER_DAYS, say("story.proof_sum", n=so_far))
    same = running.due == kept.due and spans_from_json(kept.ledger) == running.ledger
    screen.check(same, say("story.proof_same"))
    gap_free = all(
        (b.first - a.last).days == 1
        for a, b in zip(running.ledger, running.ledger[1:], strict=False)
    )
    screen.check(gap_free, say("story.proof_gaps"))


def ledger(screen: Screen, found: Sequence[Span], limit: str = "reply") -> int:
    """A count span by span; the days counted in it."""
    rows, so_far = [], 0
    for span in found:
        so_far += span.counted
        length = (span.last - span.first).days + 1
        rows.append(
            [
                *(day(span.first), day(span.last), length, span.counted, so_far),
                *(_why(span, limit), cited(span.article)),
            ]
        )
    screen.table(
        columns("from", "to_day", "days", "counts", "so_far", "reason", "article"),
        rows,
        right=(2, 3, 4),
    )
    return so_far


def _why(span: Span, limit: str) -> str:
    """The reason of a span: days of the period itself by the name of the limit."""
    own = span.why == "period" and limit != "reply"
    return term("limit", limit) if own else term("why", span.why)


# -- part 3 -------------------------------------------------------------------------------------


def desk(screen: Screen, cases: Sequence[OnDesk], today: date, names: NameBook) -> None:
    """Every case of the desk as the list has it."""
    screen.line(say("desk.intro", n=len(cases), today=day(today)))
    screen.line()
    rows: list[list[object]] = [
        [
            case.line.number,
            term("status", case.line.status),
            due_cell(case.line) + (say("desk.overdue") if case.overdue else ""),
            term("mover", case.line.mover),
            names.short(case.line.handler),
            case.line.subject,
            case.as_expected,
        ]
        for case in cases
    ]
    screen.table(columns("number", "status", "due", "mover", "handler", "subject", "tick"), rows)
    late = sum(case.overdue for case in cases)
    states = len({case.line.status for case in cases})
    screen.line(say("desk.summary", states=states, late=late))
