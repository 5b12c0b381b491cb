"""Where a case stands, in words."""

from datetime import datetime
from typing import TYPE_CHECKING

from speech.dates import day
from speech.names import NameBook
from speech.words import joined, say, term

if TYPE_CHECKING:
    from domain.case.summary import Summary


def standing(
    summary: "Summary", names: NameBook, now: datetime | None = None
) -> list[tuple[str, str]]:
    """Where a case stands, as fields for people."""
    pairs = [(say("field.status"), status_words(summary, now))]
    pairs.append((say("field.due"), due_words(summary)))
    pairs.append((say("field.next"), next_words(summary, names)))
    return pairs


def status_words(summary: "Summary", now: datetime | None = None) -> str:
    """Status, how it ended, and whether it is overdue at `now`."""
    words = term("status", summary.status)
    if summary.reply_kind:
        words += say("field.kind_of_reply", kind=term("reply_kind", summary.reply_kind))
    late = now is not None and summary.due_at is not None and summary.due_at <= now
    return words + say("case.late") if late else words


def due_words(summary: "Summary") -> str:
    """The last day of the reply, or why none runs."""
    if summary.status == "void":
        return say("due.none", why=term("status", summary.status))
    if summary.dispatch is not None:
        return say("due.in_time" if summary.dispatch.in_time else "due.too_late")
    if summary.due is None:
        return term("clock_state", summary.clock_state)
    mark = say("due.provisional") if summary.provisional else ""
    return day(summary.due) + mark


def next_words(summary: "Summary", names: NameBook) -> str:
    """Who moves next, and with what."""
    if summary.mover == "nobody":
        return say("next.nobody")
    if summary.mover != "office":
        return say("next.waits", who=term("mover", summary.mover))
    comma = say("detail.comma")
    waiting: dict[tuple[str, str], list[str]] = {}
    for task in summary.tasks:
        who = names.person(task.person) or term("role", task.role)
        refs = waiting.setdefault((who, term("task", task.kind)), [])
        refs.extend([task.ref] if task.ref else [])
    lines = [
        say("next.task", who=who, what=" ".join(filter(None, (what, comma.join(refs)))))
        for (who, what), refs in waiting.items()
    ]
    return joined(lines) or term("mover", summary.mover)
