"""Many items of a case in one go: each is an act of its own, with its own result."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.case.facts import ItemAdded
from domain.case.parts import Item
from domain.case.state import CaseState
from domain.errors import Code, InputError, Refusal, Unreachable, YishenError
from office.acts.forms.filling import Filled
from office.acts.forms.ordering import ordered
from office.acts.order import Sent, repeatable, send_act
from office.desk import Desk
from office.files import Incoming


@dataclass(frozen=True, slots=True)
class NewItem:
    """One that is to be added: its form, the id of its act, its files."""

    filled: Filled
    command_id: str
    files: Incoming


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What became of one: the item it is now (`ref`, `seq` its entry, `kept`: on record, so that
    nobody needs what it came with), or why not (`error`); neither: it was not reached."""

    ref: str | None = None
    seq: int | None = None
    kept: bool = False
    error: YishenError | None = None


async def add_items(
    desk: Desk, state: CaseState, user: str, wanted: Sequence[NewItem], expected_seq: int
) -> list[ItemResult]:
    """Add one after the other, as long as each is answered; `state`: the case as the person saw it,
    at entry `expected_seq`. What is refused keeps none of the others, unless somebody else did
    something in the case meanwhile. Sent again, each is the act it was.
    """
    found: list[ItemResult] = []
    for item in wanted:
        result = await _add(desk.renewed(), state, user, item, expected_seq)
        found.append(result)
        if _stops(result.error):
            break
        if result.ref is not None and result.seq is not None:
            expected_seq = max(expected_seq, result.seq)
            state = _with(state, result.ref, item, user)
    return [*found, *_unreached(len(wanted) - len(found))]


async def _add(desk: Desk, state: CaseState, user: str, item: NewItem, seen: int) -> ItemResult:
    try:
        order = await ordered(desk, state, user, item.filled, item.command_id, seen)
        assert isinstance(order.what, ItemAdded)
        with repeatable(item.command_id):
            sent = await send_act(desk, order, item.files)
    except (InputError, Refusal, Unreachable) as error:
        return ItemResult(error=error)
    return _added(order.what, sent)


def _added(what: ItemAdded, sent: Sent) -> ItemResult:
    return ItemResult(ref=what.ref, seq=sent.answer.seq, kept=sent.written)


def _stops(error: YishenError | None) -> bool:
    """Whether it is no use to go on: nobody answers, or the case is another one by now."""
    if isinstance(error, Refusal):
        return error.code is Code.CHANGED_MEANWHILE
    return isinstance(error, Unreachable)


def _unreached(n: int) -> Iterator[ItemResult]:
    return (ItemResult() for _ in range(n))


def _with(state: CaseState, ref: str, item: NewItem, user: str) -> CaseState:
    """The case with that item in it, for the number of the next."""
    if state.item(ref) is not None:
        return state
    values = item.filled.values
    one = Item(
        ref=ref,
        title=values["title"],
        sha256=values.get("sha256"),
        pages=values.get("pages"),
        drafters=(user,),
    )
    return state.changed(items=(*state.items, one))
