"""What is shown and asked before an act goes to its case."""

from typing import TYPE_CHECKING

import texts
from cli.frame import show
from cli.frame.asking import ask
from cli.frame.words import say
from domain.errors import YishenError
from speech.words import spoken, term

if TYPE_CHECKING:
    from domain.case.act import Act
    from domain.case.state import CaseState
    from office.acts.order import Order
    from office.desk import Desk, Reading
    from workflows.messages import CaseView

RELEASING = frozenset({"signed", "reply_approved", "dispatched"})
"""Acts that stand under the files that go out: these are shown first."""


async def agreed(desk: "Desk", order: "Order", *, yes: bool) -> tuple[str, ...]:
    """Show what the act stands under and ask where there is something to ask about; the codes of
    what nobody could be asked. Refusal(not_agreed)."""
    from office.acts import doubts
    from office.running.asking import case_view

    kind = order.what.kind
    asking = {*doubts.FINAL, *doubts.MOVES_THE_CLOCK}
    if kind != "signed" and (yes or (kind not in asking and order.effective_on is None)):
        return ()
    view = desk.register.opened(await case_view(desk, order.case))
    if not await desk.read(lambda session: _theirs(session, view.state, order)):
        return ()  # the case refuses it, and nothing of it is shown before
    if kind == "signed" and not show.wants_json():
        show_released(view)
    act = await desk.read(lambda session: _act(desk, session, order))
    if act is None or yes:
        return ()

    def about() -> None:
        values = {"number": order.case, "subject": term("kind", kind)}
        show.note(texts.text(spoken(), "ask.about", **values))
        if kind in RELEASING:
            show_reply(view.state)
        if kind in RELEASING - {"signed"}:
            show_released(view)

    return ask(doubts.of_act(view.state, act, view.now), yes=yes, show=about)


def _act(desk: "Desk", session: "Reading", order: "Order") -> "Act | None":
    """The act as it will be sent; None where there is nothing to ask: it was recorded before, or
    will be refused anyway."""
    from office.acts.order import as_act
    from register.reads import queries, roster

    if queries.event_of_command(session, order.command_id) is not None:
        return None
    try:
        return as_act(desk, order, roster.actor(session, order.user))
    except YishenError:
        return None


def _theirs(session: "Reading", state: "CaseState", order: "Order") -> bool:
    """Whether the act is at all for somebody with the roles of this person."""
    from domain.case.table import right
    from register.reads import roster

    try:
        right(state, order.what.kind, roster.actor(session, order.user))
    except YishenError:
        return False
    return True


def show_released(view: "CaseView") -> None:
    """What goes out: each file with its hash, and how to look into it."""
    released = view.state.released
    if not released:
        return
    show.line(say("sign.intro"))
    rows = []
    for signed in released:
        item = view.state.item(signed.ref)
        decision = term("decision", item.review.decision) if item and item.review else ""
        rows.append([signed.ref, item.title if item else "", decision, signed.sha256])
    show.table([say(f"column.{c}") for c in ("ref", "title", "decision", "sha256")], rows)
    show.line(say("sign.look", case=view.state.id, ref=released[0].ref))


def show_reply(state: "CaseState") -> None:
    """The reply as it is drafted."""
    reply = state.reply
    if reply is not None:
        pairs = [(say("reply.kind"), term("reply_kind", reply.reply_kind))]
        pairs.append((say("reply.reasons"), reply.reasons))
        show.fields(pairs)
