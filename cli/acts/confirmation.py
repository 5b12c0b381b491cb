"""What a person sees after an act: what was recorded, where the case stands, who moves next."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cli.frame import show
from cli.frame.names import NameBook
from cli.frame.words import joined, say, spoken, term
from domain.case.facts import ConsultationSent, FeeNoticeSent
from domain.case.second_person import Reason

if TYPE_CHECKING:
    from domain.case.act import Event
    from domain.case.summary import Summary
    from office.acts.order import Sent


def confirm(
    sent: "Sent", names: NameBook, recorded: "Event | None" = None, unasked: Sequence[str] = ()
) -> None:
    """Report an accepted act; `recorded`: its event, where the register has it, for what the case
    filled in by itself; `unasked`: what nobody could be asked about."""
    answer, summary = sent.answer, sent.answer.summary
    warnings = [*answer.warnings, *unasked]
    waits = not set(answer.warnings).isdisjoint(Reason)
    if show.wants_json():
        show.emit(
            {
                "case": sent.case,
                "number": sent.number,
                "act": sent.kind,
                "seq": answer.seq,
                "command_id": sent.command_id,
                "repeated": answer.repeated,
                "waits": waits,
                "warnings": warnings,
                "register": "written" if sent.written else "follows",
                **summary_fields(summary),
            }
        )
        return
    key = "act.repeated" if answer.repeated else "act.waits" if waits else "act.done"
    show.line(say(key, number=sent.number, act=term("kind", sent.kind), seq=answer.seq))
    if recorded is not None and isinstance(recorded.what, ConsultationSent):
        items = joined(list(recorded.what.items))
        show.line(say("act.asks_about", items=items) if items else say("act.asks_about_all"))
    if recorded is not None and isinstance(recorded.what, FeeNoticeSent):
        show.line(_of_fee(recorded.what))
    now = recorded.at if recorded is not None else None
    print_standing(summary, warnings, names, now, written=sent.written)


def _of_fee(notice: FeeNoticeSent) -> str:
    """What is demanded, for which number."""
    parts = [term("standard", notice.standard)]
    if notice.items_before is not None:
        first, last = notice.items_before + 1, notice.items_before + (notice.items or 1)
        parts.append(say("detail.fee_items", first=first, last=last))
    if notice.pages is not None:
        parts.append(say("detail.fee_pages", n=notice.pages))
    return joined([*parts, say("detail.amount", amount=notice.amount)])


def print_standing(
    summary: "Summary",
    warnings: Sequence[str],
    names: NameBook,
    now: datetime | None,
    *,
    written: bool,
) -> None:
    """Where the case stands, what to know, and whether the register has it; `now`: the legal
    instant (None: not known, nothing is said of lateness)."""
    show.fields(standing(summary, names, now))
    for warning in warnings:
        show.line(say("act.warning", warning=term("warning", warning)))
    if not written:
        show.line(say("act.register_follows"))


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


def day(value: Any) -> str:
    """A day in the reader's language."""
    import pendulum

    moment = pendulum.date(value.year, value.month, value.day)
    if spoken() == "zh":
        return moment.format("YYYY年M月D日（dddd）", locale="zh")
    return moment.format("ddd D MMM YYYY", locale="en")


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


def summary_fields(summary: "Summary") -> dict[str, Any]:
    """The standing of a case for machines."""
    return summary.model_dump(mode="json", exclude={"seq"})
