"""What is open to the applicant, and the proceedings of a case, as its page shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.case.answers.open_paths import OpenPath, open_paths
from domain.case.answers.path_readings import path_readings
from domain.case.state import CaseState
from domain.clock.readings import said
from domain.remedies.proceeding import Proceeding
from office.cases.record import Record
from speech.dates import days_in_words, instant
from speech.remedies import (
    articles_of,
    bound_words,
    forum_words,
    has_a_period,
    limit_words,
    next_limit,
    order_words,
    proceeding_words,
    reading_words,
    remedy_words,
    rounds,
    stands,
    until_words,
    where_words,
)
from speech.words import cited, joined, spoken
from texts.citations import choice
from web.frame.pages import nearness, say


@dataclass(frozen=True, slots=True)
class PathLine:
    """A way that is open; `until` its last day, else `words` of when it will have one; `more`: what
    else is to be known of it."""

    remedy: str
    until: date | None
    provisional: bool
    words: str
    where: str
    article: str
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProceedingRow:
    """A proceeding, how far it is, and its next limit."""

    ref: str
    what: str
    forum: str
    docket: str
    received: date
    stands: str
    limit: str
    due: date | None
    nearness: str
    hearings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemediesView:
    """All of it; `before`: replies that a decision took back, `order`: which way goes first."""

    before: tuple[str, ...]
    order: tuple[str, ...]
    paths: tuple[PathLine, ...]
    proceedings: tuple[ProceedingRow, ...]


def remedies_view(record: Record) -> RemediesView | None:
    """None: nothing of the kind is open or was."""
    state, today = record.state, record.today
    paths = [path for path in open_paths(state) if has_a_period(path)]
    if not paths and not state.proceedings and not state.rounds:
        return None
    orders = dict.fromkeys(order_words(p) for p in paths if not p.retrial)
    return RemediesView(
        before=tuple(days_in_words(w, today) for w in rounds(state)) if state.rounds else (),
        order=(*orders, *(days_in_words(w, today) for w in _other_readings(state, today))),
        paths=tuple(_path(state, path, today) for path in paths),
        proceedings=tuple(_proceeding(state, p, today) for p in state.proceedings),
    )


def _path(state: CaseState, path: OpenPath, today: date) -> PathLine:
    more = [*(bound_words(path, b) for b in path.bounds)]
    more += [reading_words(path, reading) for reading in path.readings]
    return PathLine(
        remedy=remedy_words(path),
        until=path.until if path.after_days is None and not path.bounds else None,
        provisional=path.provisional,
        words=days_in_words(until_words(path, today), today),
        where=where_words(state, path),
        article=cited(articles_of(path)),
        more=tuple(days_in_words(words, today) for words in more),
    )


def _other_readings(state: CaseState, today: date) -> Iterator[str]:
    for reading in path_readings(state, today):
        ways = [f"{remedy_words(p)} {until_words(p, today)}" for p in reading.paths]
        words = choice(spoken(), reading.setting, said(reading.value))
        yield say("case.other_reading", choice=words, ways=joined(ways))


def _proceeding(state: CaseState, p: Proceeding, today: date) -> ProceedingRow:
    limit = next_limit(state, p)
    return ProceedingRow(
        ref=p.ref,
        what=proceeding_words(p.kind, p.instance, p.route),
        forum=forum_words(p.organ, p.court, p.co_defendant),
        docket=p.docket or "",
        received=p.received,
        stands=days_in_words(stands(p), today),
        limit=limit_words(limit.name, limit.ref, short=p.ref) if limit else "",
        due=limit.due if limit else None,
        nearness=nearness(limit.due, today) if limit else "",
        hearings=tuple(f"{instant(h.at)} {h.place or ''}".strip() for h in p.hearings),
    )
