"""Who works on the case, and remarks. Passing it on inside the organ moves no clock."""

from domain.case import facts as f
from domain.case.act import Event
from domain.case.state import CaseState
from domain.case.topics.base import Changes, Fold, Guard


def _assigned(state: CaseState, event: Event, fact: f.Assigned | f.Reassigned) -> Changes:
    return {"department": fact.department, "handler": fact.handler}


def _noted(state: CaseState, event: Event, fact: f.Fact) -> Changes:
    return {}


GUARDS: dict[str, Guard] = {}

FOLDS: dict[str, Fold] = {
    "assigned": _assigned,
    "reassigned": _assigned,
    "noted": _noted,
}
