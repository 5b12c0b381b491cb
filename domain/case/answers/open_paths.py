"""What is open to the applicant of a case now: every path with its order, last day and place.

The last days are those the case has recorded; nothing is counted here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.case.parts import End
from domain.case.state import CaseState, Deadline
from domain.errors import InputError
from domain.remedies.law import RemedyLaw, order, period
from domain.remedies.paths import PATHS, RECONSIDERATION, SILENCE, Destination
from domain.remedies.paths import destinations as places
from domain.remedies.terms import Against, CourtLevel, ProceedingKind, RemedyOrder

COMPLAINT_ARTICLES = {"cn-2008": "art 33"}
"""Where the right to complain stands; else art 51."""


@dataclass(frozen=True, slots=True)
class OpenPath:
    """One remedy. `until` None: without a period (complaint), or (`after_days`) only once a
    reconsideration is decided, so many days from its service.

    `unsettled`: no text decides the order, the setting did. `ref`: the reconsideration it follows.
    """

    remedy: ProceedingKind
    against: Against
    order: RemedyOrder
    unsettled: bool
    order_article: str
    ref: str | None = None
    base: date | None = None
    until: date | None = None
    article: str = ""
    provisional: bool = False
    after_days: int | None = None
    organs: tuple[Destination, ...] = ()
    organs_article: str = ""
    court: str | None = None
    court_level: CourtLevel | None = None
    court_article: str = ""


def open_paths(state: CaseState) -> tuple[OpenPath, ...]:
    """Every path that is open; none in a case without the law of remedies."""
    law = state.law.remedies
    return () if law is None else tuple(_paths(state, law))


def _paths(state: CaseState, law: RemedyLaw) -> Iterator[OpenPath]:
    running = [d for d in state.deadlines if d.name in PATHS]
    for deadline in running:
        yield _running(state, law, deadline)
    asked = next((d for d in running if d.name == RECONSIDERATION), None)
    if asked is not None:
        yield from _only_afterwards(state, law, asked)
    if state.dispatch is not None or state.silence is not None:
        first, unsettled, article = _order(state, law, _attacked(state))
        yield OpenPath(
            remedy=ProceedingKind.COMPLAINT,
            against=_attacked(state),
            order=first,
            unsettled=unsettled,
            order_article=article,
            article=COMPLAINT_ARTICLES.get(state.law.statute.id, "art 51"),
        )


def _running(state: CaseState, law: RemedyLaw, deadline: Deadline) -> OpenPath:
    against = Against.INACTION if deadline.ref == SILENCE else Against.REPLY
    first, unsettled, order_article = _order(state, law, against)
    shared = {
        "against": against,
        "order": first,
        "unsettled": unsettled,
        "order_article": order_article,
        "ref": None if deadline.ref == SILENCE else deadline.ref,
        "base": deadline.base,
        "until": deadline.due,
        "article": deadline.article,
        "provisional": deadline.provisional,
    }
    if deadline.name == RECONSIDERATION:
        organs, organs_article = places(law, _known_since(state, against) or deadline.base)
        where = {"organs": organs, "organs_article": organs_article}
        return OpenPath(remedy=ProceedingKind.RECONSIDERATION, **shared, **where)  # type: ignore[arg-type]
    return OpenPath(remedy=ProceedingKind.LITIGATION, **shared, **_court(law))  # type: ignore[arg-type]


def _only_afterwards(state: CaseState, law: RemedyLaw, asked: Deadline) -> Iterator[OpenPath]:
    """A suit that waits for the reconsideration."""
    against = Against.INACTION if asked.ref == SILENCE else Against.REPLY
    first, unsettled, order_article = _order(state, law, against)
    if first is not RemedyOrder.RECONSIDERATION_FIRST:
        return
    try:
        term = period(law.litigation, "sue_after_reconsideration", asked.base)
    except InputError:
        return
    yield OpenPath(
        remedy=ProceedingKind.LITIGATION,
        against=against,
        order=first,
        unsettled=unsettled,
        order_article=order_article,
        after_days=term.n,
        article=term.article,
        **_court(law),  # type: ignore[arg-type]
    )


def _court(law: RemedyLaw) -> dict[str, object]:
    level = next(iter(law.rules.courts), None)
    return {
        "court": law.organ.court,
        "court_level": level.level if level else None,
        "court_article": level.article if level else "",
    }


def _attacked(state: CaseState) -> Against:
    return Against.REPLY if state.dispatch is not None else Against.INACTION


def _known_since(state: CaseState, against: Against) -> date | None:
    """The day that decides which rules hold: of delivery, else of dispatch, or of the silence."""
    if against is Against.INACTION:
        return state.silence.due if state.silence else None
    if state.ending is not None and state.ending.how is End.DELIVERED:
        return state.ending.on
    return state.dispatch.on if state.dispatch else None


def _order(state: CaseState, law: RemedyLaw, against: Against) -> tuple[RemedyOrder, bool, str]:
    known = _known_since(state, against)
    if known is None:
        return RemedyOrder.EITHER, False, ""
    kind = state.reply.reply_kind if state.reply and against is Against.REPLY else None
    return order(law, state.law.policy, against, kind, known)
