"""The facts of a case by topic. Each module holds, for its facts, what an act needs beyond its
place in the table (`GUARDS`: raise a Refusal with code and article) and what the fact does to the
state (`FOLDS`: trust the record). Every kind of fact has exactly one fold."""

from domain.case.topics import (
    consultation,
    correcting,
    correction,
    extension,
    fee,
    items,
    lapse,
    outcomes,
    passing,
    proceedings,
    receipt,
    reopening,
    reply,
    work,
)
from domain.case.topics.base import Fold, Guard

_TOPICS = (
    receipt,
    work,
    correction,
    lapse,
    consultation,
    extension,
    fee,
    items,
    reply,
    proceedings,
    outcomes,
    reopening,
    passing,
    correcting,
)

GUARDS: dict[str, Guard] = {kind: guard for t in _TOPICS for kind, guard in t.GUARDS.items()}
FOLDS: dict[str, Fold] = {kind: fold for t in _TOPICS for kind, fold in t.FOLDS.items()}
