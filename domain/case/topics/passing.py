"""The system's own: steps of the ladder, and another version of the law."""

from domain.case import facts as f
from domain.case.act import Event
from domain.case.state import CaseState, Mark
from domain.case.topics.base import Changes, Fold, Guard


def _alarm_raised(state: CaseState, event: Event, fact: f.AlarmRaised) -> Changes:
    mark = Mark(name=fact.limit, ref=fact.ref, due=fact.due, through=fact.instant)
    rest = tuple(m for m in state.marks if (m.name, m.ref) != (fact.limit, fact.ref))
    return {"marks": (*rest, mark)}


_LAW = ("calendar", "rules", "closures", "edition", "remedies", "ladder")


def _law_revised(state: CaseState, event: Event, fact: f.LawRevised) -> Changes:
    given = {name: getattr(fact, name) for name in _LAW}
    update = {name: value for name, value in given.items() if value is not None}
    return {"law": state.law.model_copy(update=update)}


GUARDS: dict[str, Guard] = {}

FOLDS: dict[str, Fold] = {
    "alarm_raised": _alarm_raised,
    "law_revised": _law_revised,
}
