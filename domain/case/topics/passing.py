"""The system's own: steps of the ladder, and another version of the law."""

from typing import TypeVar

from domain.case import facts as f
from domain.case.changes import Changes, replaced
from domain.case.state import CaseState, Mark, TimelineEntry
from domain.case.topics.base import Fold, Guard

T = TypeVar("T")


def _alarm_raised(state: CaseState, entry: TimelineEntry, fact: f.AlarmRaised) -> Changes:
    mark = Mark(name=fact.limit, ref=fact.ref, due=fact.due, through=fact.instant)
    # A last day that is moved may come back: what was said of it is not said again.
    same = (fact.limit, fact.ref, fact.due)
    rest = tuple(m for m in state.marks if (m.name, m.ref, m.due) != same)
    return {"marks": (*rest, mark)}


def _law_revised(state: CaseState, entry: TimelineEntry, fact: f.LawRevised) -> Changes:
    law = state.law
    return {
        "law": replaced(
            law,
            calendar=_given(fact.calendar, law.calendar),
            rules=_given(fact.rules, law.rules),
            closures=_given(fact.closures, law.closures),
            edition=_given(fact.edition, law.edition),
            remedies=_given(fact.remedies, law.remedies),
            ladder=_given(fact.ladder, law.ladder),
        )
    }


def _given(new: T | None, old: T) -> T:
    """A revision leaves as it was what it does not name."""
    return old if new is None else new


GUARDS: dict[str, Guard] = {}

FOLDS: dict[str, Fold] = {
    "alarm_raised": _alarm_raised,
    "law_revised": _law_revised,
}
