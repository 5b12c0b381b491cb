"""docs/procedure.md from the table of acts: `python -m cli.frame.procedure > docs/procedure.md`.

The table says where an act may start; where it leads follows from the facts, so the arrows are
told here and held to what cases do (`tests/test_procedure.py`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import texts
from cli.acts.table import BY_KIND
from domain.case.people import Role
from domain.case.summary import Status
from domain.case.table import TABLE
from texts.words import term_in

S = Status

GROUPS: dict[str, tuple[Status, ...]] = {
    "in_work": (S.IN_HAND, S.UNDER_REVIEW, S.IN_APPROVAL, S.APPROVED),
    "waiting": (S.CORRECTING, S.AWAITING_PAYMENT),
    "before_reply": (
        *(S.AWAITING_CONFIRMATION, S.REGISTERED, S.IN_HAND, S.UNDER_REVIEW),
        *(S.IN_APPROVAL, S.APPROVED, S.CORRECTING, S.AWAITING_PAYMENT),
    ),
}
"""States that the picture frames together."""

BEGIN = "[*]"


@dataclass(frozen=True, slots=True)
class Arrow:
    """`kind` leads from a state, or any of a group, to a state or one of a group."""

    start: str
    kind: str
    end: str
    drawn: bool = True

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """Every two states it joins."""
        return {(a, b) for a in members(self.start) for b in members(self.end)}


def members(name: str) -> Iterable[str]:
    """The states of a group, or the state itself."""
    return [str(state) for state in GROUPS.get(name, ())] or [name]


ARROWS = (
    Arrow(BEGIN, "registered", S.AWAITING_CONFIRMATION),
    Arrow(BEGIN, "registered", S.REGISTERED),
    Arrow(S.AWAITING_CONFIRMATION, "receipt_confirmed", S.REGISTERED),
    Arrow(S.AWAITING_CONFIRMATION, "receipt_confirmed", "in_work", drawn=False),
    Arrow(S.REGISTERED, "assigned", "in_work"),
    Arrow(S.IN_HAND, "item_added", S.UNDER_REVIEW),
    Arrow(S.UNDER_REVIEW, "item_reviewed", S.IN_HAND),
    Arrow(S.UNDER_REVIEW, "signed", S.IN_HAND),
    Arrow(S.IN_HAND, "reply_drafted", S.IN_APPROVAL),
    Arrow(S.UNDER_REVIEW, "reply_drafted", S.IN_APPROVAL),
    Arrow(S.IN_APPROVAL, "reply_approved", S.APPROVED),
    Arrow(S.IN_APPROVAL, "reply_returned", S.IN_HAND),
    Arrow(S.APPROVED, "reply_returned", S.IN_HAND),
    *(
        Arrow("in_work", kind, "in_work", drawn=False)
        for kind in ("item_added", "item_replaced", "item_reviewed", "returned", "reply_returned")
    ),
    Arrow(S.IN_HAND, "correction_notice_sent", S.CORRECTING),
    Arrow(S.UNDER_REVIEW, "correction_notice_sent", S.CORRECTING),
    Arrow(S.CORRECTING, "correction_received", "in_work"),
    Arrow(S.IN_HAND, "fee_notice_sent", S.AWAITING_PAYMENT),
    Arrow(S.UNDER_REVIEW, "fee_notice_sent", S.AWAITING_PAYMENT),
    Arrow(S.AWAITING_PAYMENT, "fee_paid", "in_work"),
    Arrow("waiting", "lapsed", S.LAPSED),
    Arrow(S.LAPSED, "late_correction_accepted", "in_work"),
    Arrow(S.LAPSED, "correction_received", "in_work", drawn=False),
    Arrow(S.LAPSED, "fee_paid", "in_work", drawn=False),
    Arrow(S.LAPSED, "reinstated", "waiting"),
    Arrow("before_reply", "withdrawn", S.WITHDRAWN),
    Arrow("before_reply", "voided", S.VOID),
    Arrow(S.APPROVED, "dispatched", S.DISPATCHED),
    Arrow(S.DISPATCHED, "delivered", S.CLOSED),
    Arrow(S.CLOSED, "case_reopened", "in_work"),
    *(
        Arrow(start, "case_reopened", end, drawn=False)
        for start in (S.DISPATCHED, S.LAPSED, S.WITHDRAWN, S.CLOSED, "waiting")
        for end in (S.REGISTERED, "in_work")
    ),
)

HEAD = """# The procedure · 办理流程

Generated from the table of acts (`domain/case/table.py`) by
`python -m cli.frame.procedure > docs/procedure.md`; a test keeps it current and holds its arrows to
what cases do. Left out of the picture: corrected receipts, changes of items while a reply is in
approval, and replies ordered for a case that had no reply.
"""

AFTER = """
## Who does what, and when · 办理、状态与角色

● the act is open in that state, to the roles named. A handler acts on the cases assigned to
them. ● 表示该状态下可由所列角色办理；承办人只办理交给自己的办件。
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for lang in texts.LANGUAGES:
        parts += ["```mermaid", *picture(lang), "```", ""]
    return "\n".join([*parts, AFTER, *table()]) + "\n"


def picture(lang: str) -> Iterator[str]:
    """The states and the acts between them, as a Mermaid diagram."""
    yield "stateDiagram-v2"
    yield from (f"    {state} : {term_in(lang, 'status', state)}" for state in Status)
    yield from _frames()
    for (start, end), kinds in _labels(lang).items():
        yield f"    {start} --> {end} : {kinds}"


def _frames() -> Iterator[str]:
    for group in ("in_work", "waiting"):
        yield f"    state {group} {{"
        yield from (f"        {state}" for state in GROUPS[group])
        yield "    }"
    yield "    state before_reply {"
    yield from (f"        {name}" for name in (S.AWAITING_CONFIRMATION, S.REGISTERED))
    yield from ("        in_work", "        waiting")
    yield "    }"


def _labels(lang: str) -> dict[tuple[str, str], str]:
    joined: dict[tuple[str, str], list[str]] = {}
    for arrow in ARROWS:
        if arrow.drawn:
            joined.setdefault((arrow.start, arrow.end), []).append(
                term_in(lang, "kind", arrow.kind)
            )
    return {ends: " / ".join(kinds) for ends, kinds in joined.items()}


def table() -> Iterator[str]:
    """Every act with its command, its roles, and a mark for every state."""
    heads = ["act · 办理", "command", "who · 角色", *(_both("status", s) for s in Status)]
    yield _line(heads)
    yield _line(["---"] * len(heads))
    for kind, row in TABLE.items():
        command = BY_KIND[kind]
        name = " ".join(filter(None, (command.group, command.name)))
        roles = [role for role in Role if role in row.roles]
        who = ["、".join(term_in("zh", "role", r) for r in roles)]
        who.append(", ".join(term_in("en", "role", r) for r in roles))
        marks = ["●" if state in row.states else "" for state in Status]
        yield _line([_both("kind", kind), f"`{name}`", "<br>".join(who), *marks])


def _both(group: str, code: str) -> str:
    return "<br>".join(term_in(lang, group, code) for lang in texts.LANGUAGES)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    print(page(), end="")
