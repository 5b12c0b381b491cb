"""What an act would bring about, shown instead of doing it."""

from typing import TYPE_CHECKING

from cli.frame import show
from cli.frame.words import say
from domain.case.status import status
from domain.case.tasks import summarise
from speech.detail import detail
from speech.marks import conflicts
from speech.names import NameBook
from speech.standing import due_words
from speech.words import limit as limit_name
from speech.words import say as told
from speech.words import term

if TYPE_CHECKING:
    from domain.case.answers.prospect import Prospect


def show_prospect(case: str, found: "Prospect", known: NameBook) -> None:
    """The lines that would be recorded, the limits that would move, the conflicts."""
    if show.wants_json():
        show.emit(_machine(case, found))
        return
    show.line(say("prospect.title"))
    if found.needs is not None:
        show.line(told("prospect.needs", why=term("warning", found.needs)))
    was, becomes = status(found.before), status(found.after)
    if was != becomes:
        words = {"was": term("status", was), "becomes": term("status", becomes)}
        show.line(told("prospect.status", **words))
    if found.before.dispatch and found.after.dispatch:
        dues = [due_words(summarise(state, None)) for state in (found.before, found.after)]
        if dues[0] != dues[1]:
            show.line(say("prospect.due", was=dues[0], becomes=dues[1]))
    rows = [
        [
            event.effective_on.isoformat(),
            term("kind", event.what.kind),
            detail(event, found.before.organ, known),
        ]
        for event in found.events
    ]
    show.table([say(f"column.{c}") for c in ("day", "act", "detail")], rows)
    moves = [
        [
            limit_name(move.limit, move.ref),
            move.was.isoformat() if move.was else say("prospect.none"),
            move.due.isoformat() if move.due else say("prospect.none"),
        ]
        for move in found.moves
    ]
    if moves:
        show.line()
        show.table([say(f"column.{c}") for c in ("limit", "was", "now_due")], moves)
    aside = {one.seq for one in found.conflicts}
    for line in conflicts(found.after.timeline, found.events, aside):
        show.line(line)


def _machine(case: str, found: "Prospect") -> dict[str, object]:
    return {
        "case": case,
        "dry_run": True,
        "needs_approval": found.needs,
        "status": {"was": status(found.before), "becomes": status(found.after)},
        "events": [event.model_dump(mode="json") for event in found.events],
        "limits": [
            {"limit": move.limit, "ref": move.ref, "was": move.was, "due": move.due}
            for move in found.moves
        ],
        "conflicts": [aside.model_dump(mode="json") for aside in found.conflicts],
    }
