"""What became of each item, beside the reply that is being drafted: which of them contradict it,
and what it still needs."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.case.parts import Item
from domain.case.release import check_bears_out, check_items_fit, unfit
from domain.errors import Refusal
from office.cases.record import Record
from speech.refusals import messages
from speech.words import cited, term
from web.frame.pages import say


@dataclass(frozen=True, slots=True)
class ItemFate:
    """One item, what its review says of it, and whether a reply of the kind contradicts that."""

    ref: str
    title: str
    said: str
    ground: str
    article: str
    unfit: bool


@dataclass(frozen=True, slots=True)
class Fates:
    """All items; `wrong`: why there can't be such a reply; `lacks`: what it needs before it goes
    out; each in words, by the article that says so. Both empty: nothing, or no kind is chosen."""

    items: tuple[ItemFate, ...]
    wrong: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    article: str = ""


def fates(record: Record, kind: str = "") -> Fates:
    """Of a case, for a reply of that kind (empty, or none of the statute's: none is chosen)."""
    state = record.state
    known = state.law.statute.replies.get(kind)
    if known is None or not known.dispatchable:
        return Fates(tuple(fate(item) for item in state.items))
    against = unfit(state, kind)
    items = tuple(fate(item, against) for item in state.items)
    if (no := _refusal(lambda: check_items_fit(state, kind))) is not None:
        return Fates(items, wrong=tuple(messages(no)), article=_article(no))
    if (no := _refusal(lambda: check_bears_out(state, kind))) is not None:
        return Fates(items, lacks=tuple(messages(no)), article=_article(no))
    return Fates(items)


def fate(item: Item, against: tuple[str, ...] = ()) -> ItemFate:
    """What became of one item; `against`: those that contradict the reply."""
    review = item.review
    said = term("decision", review.decision) if review else say("case.unreviewed")
    return ItemFate(
        ref=item.ref,
        title=item.title,
        said=said if item.returned is None else say("case.item_returned", reason=item.returned),
        ground=(review.ground or "") if review else "",
        article=cited(review.article) if review and review.article else "",
        unfit=item.ref in against,
    )


def _refusal(check: Callable[[], None]) -> Refusal | None:
    try:
        check()
    except Refusal as no:
        return no
    return None


def _article(no: Refusal) -> str:
    return cited(no.article) if no.article else ""
