"""Who works on the case, and remarks. Passing it on inside the organ moves no clock."""

from datetime import timedelta

from domain.case import facts as f
from domain.case.changes import Changes
from domain.case.state import CaseState, TimelineEntry
from domain.case.topics.base import Case, Fold, Guard
from domain.errors import Code, InputError, Problem, Refusal

DAY = 86_400
"""Seconds."""


def _assigned(state: CaseState, entry: TimelineEntry, fact: f.Assigned | f.Reassigned) -> Changes:
    return {"department": fact.department, "handler": fact.handler}


def check_training_advanced(case: Case, fact: f.TrainingAdvanced) -> None:
    """Only a training case has a time of its own, and it goes forward only."""
    if not case.state.training:
        raise Refusal(Code.NOT_TRAINING, case=case.state.id)
    if (fact.days is None) == (fact.to is None):
        raise InputError(Code.BAD_FIELD, problems=[Problem("days", "days_or_day")])
    if fact.to is not None and fact.to <= case.today:
        raise Refusal(Code.NOT_FORWARD, day=fact.to, today=case.today)
    if fact.to is not None and (fact.to - case.today).days > f.MOST_DAYS:
        last = case.today + timedelta(days=f.MOST_DAYS)
        raise InputError(Code.BAD_FIELD, problems=[Problem("to", "not_after", {"day": last})])


def _training_advanced(state: CaseState, entry: TimelineEntry, fact: f.TrainingAdvanced) -> Changes:
    # Never 0: that is the time of real cases.
    return {"clock_offset": state.clock_offset + (fact.days or 0) * DAY or 1}


def _noted(state: CaseState, entry: TimelineEntry, fact: f.Fact) -> Changes:
    return {}


GUARDS: dict[str, Guard] = {"training_advanced": check_training_advanced}

FOLDS: dict[str, Fold] = {
    "assigned": _assigned,
    "reassigned": _assigned,
    "noted": _noted,
    "training_advanced": _training_advanced,
}
