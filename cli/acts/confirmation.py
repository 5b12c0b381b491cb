"""What a person sees after an act: what was recorded, where the case stands, who moves next."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cli.frame import show
from cli.frame.words import say
from domain.case.facts import ConsultationSent, FeeNoticeSent
from domain.case.second_person import Reason
from speech.names import NameBook
from speech.standing import standing
from speech.words import joined, term
from speech.words import say as told

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
        parts.append(told("detail.fee_items", first=first, last=last))
    if notice.pages is not None:
        parts.append(told("detail.fee_pages", n=notice.pages))
    return joined([*parts, told("detail.amount", amount=notice.amount)])


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


def summary_fields(summary: "Summary") -> dict[str, Any]:
    """The standing of a case for machines."""
    return summary.model_dump(mode="json", exclude={"seq"})
