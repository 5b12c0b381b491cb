"""What an act would bring about, shown instead of doing it."""

from typing import TYPE_CHECKING

from cli.frame import show
from cli.frame.words import say
from domain.case.status import status
from speech.detail import detail
from speech.names import NameBook
from speech.prospect import leads_to, sets_aside
from speech.words import limit as limit_name
from speech.words import term

if TYPE_CHECKING:
    from domain.case.answers.prospect import Prospect


def show_prospect(case: str, found: "Prospect", known: NameBook) -> None:
    """The lines that would be recorded, the limits that would move, the conflicts."""
    if show.wants_json():
        show.emit(_machine(case, found))
        return
    show.line(say("prospect.title"))
    for line in leads_to(found):
        show.line(line)
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
    for line in sets_aside(found):
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
