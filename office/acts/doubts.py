"""What is worth a question before it is recorded: nothing here refuses, the law does that.

Every way in asks the same: a terminal with a question, a program by a warning in the answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.case.act import Act
from domain.case.agenda import settle
from domain.case.decide import foreseen
from domain.case.state import CaseState
from domain.errors import YishenError
from domain.values import legal_day

LONG_AGO = 60
"""Calendar days after which a day is asked about: longer than any period for a reply."""

FINAL = frozenset(
    {
        *("delivered", "signed", "reply_approved"),
        *("correction_notice_sent", "extension_told", "dispatched"),
        *("reconsideration_decided", "judgment_received", "complaint_decided"),
    }
)
"""Acts that only an annulment takes back, approved where it moves a limit of the office: they end
a case or a proceeding, a person answers for them by name, or the law knows them only once and
counts from them. Others are put right by another act (reassign, replace, return, answer), or wait
for approval anyway, and a question before each would be read no more."""

MOVES_THE_CLOCK = frozenset({"entry_amended", "receipt_confirmed", "correction_received"})
"""Acts whose day is day 0 of the reply: a wrong year makes the case overdue at once."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to ask about: a code (`ask.CODE` and `terms.warning.CODE`) and what its text
    names."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


def of_day(day: date | None, now: date) -> Iterator[Doubt]:
    """A day far back, or in another year: most of them are a mistyped one."""
    if day is None:
        return
    if day.year != now.year:
        yield Doubt("another_year", {"day": day})
    if (now - day).days > LONG_AGO:
        yield Doubt("long_ago", {"day": day, "n": (now - day).days})


def of_overdue(state: CaseState, now: date) -> Iterator[Doubt]:
    """A case that is overdue in the moment it is recorded: notices of it go out at once. A window
    that closed, of which nobody is told, is no lateness. The reply is named before what else is
    late."""
    ladder = state.law.ladder.limits
    late = [d for d in state.deadlines if d.due < now and d.name in ladder]
    told = [d for d in late if ladder[d.name].overdue_to]
    if told:
        first = min(told, key=lambda d: (d.name != "reply", d.due))
        yield Doubt("overdue_at_once", {"limit": first.name, "day": first.due})


def of_act(state: CaseState, act: Act, now: datetime) -> Iterator[Doubt]:
    """All there is to ask about an act on the case as it stands; what the rules will refuse is
    left to them."""
    day = legal_day(now)
    kind = act.what.kind
    receipt = getattr(act.what, "receipt", None)
    yield from of_day(receipt.arrived if receipt else act.effective_on, day)
    if kind in MOVES_THE_CLOCK and not list(of_overdue(state, day)):
        try:
            after = settle(foreseen(state, act, now)[0].state, now).state
        except YishenError:
            return
        yield from of_overdue(after, day)
    if kind in FINAL:
        yield Doubt("cannot_be_undone", {"kind": kind})
