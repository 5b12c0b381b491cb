"""The one extension (art 33), and a later limit for an excessive request (art 35)."""

from domain.case import facts as f
from domain.case.changes import Changes, replaced
from domain.case.parts import Extension
from domain.case.state import CaseState, TimelineEntry
from domain.case.topics.base import Case, Fold, Guard, tick
from domain.clock import ClockEvent
from domain.clock import ClockEventKind as Kind
from domain.errors import Code, Refusal

# -- may it be done ------------------------------------------------------------------------------


def check_extension_asked(case: Case, fact: f.ExtensionAsked) -> None:
    rule = case.statute.extension
    if case.state.extension is not None:
        raise Refusal(Code.SECOND_EXTENSION, article=rule.article if rule else None)
    if rule is None:
        raise Refusal(Code.NOT_IN_THIS_STATUTE, statute=case.statute.id)
    if fact.working_days > rule.n:
        raise Refusal(
            Code.EXTENSION_TOO_LONG, article=rule.article, asked=fact.working_days, max=rule.n
        )


def check_extension_granted(case: Case, fact: f.ExtensionGranted | f.ExtensionRefused) -> None:
    extension = case.state.extension
    if extension is None or extension.granted is not None:
        raise Refusal(Code.NO_EXTENSION_ASKED)
    if extension.asked_by == case.person:
        raise Refusal(Code.FOUR_EYES, person=case.person, did="extension_asked")


def check_extension_told(case: Case, fact: f.ExtensionTold) -> None:
    extension = case.state.extension
    if extension is None or extension.granted is None or extension.told is not None:
        raise Refusal(Code.EXTENSION_NOT_GRANTED)


def check_limit_set(case: Case, fact: f.LimitSet) -> None:
    deadline = case.state.deadline("reply")
    floor = max(case.on, deadline.due) if deadline else case.on
    if fact.until <= floor:
        raise Refusal(Code.LIMIT_NOT_LATER, until=fact.until, due=floor)


# -- what it does ---------------------------------------------------------------------------------


def _extension_asked(state: CaseState, entry: TimelineEntry, fact: f.ExtensionAsked) -> Changes:
    extension = Extension(working_days=fact.working_days, reason=fact.reason, asked_by=entry.doer)
    return {"extension": extension}


def _extension_granted(state: CaseState, entry: TimelineEntry, fact: f.ExtensionGranted) -> Changes:
    extension = state.extension
    return {"extension": extension and replaced(extension, granted=entry.effective_on)}


def _extension_refused(state: CaseState, entry: TimelineEntry, fact: f.ExtensionRefused) -> Changes:
    return {"extension": None}


def _extension_told(state: CaseState, entry: TimelineEntry, fact: f.ExtensionTold) -> Changes:
    extension = state.extension
    if extension is None:
        return {}
    told = replaced(extension, told=entry.effective_on)
    granted = ClockEvent(
        Kind.EXTENSION_GRANTED,
        entry.effective_on,
        working_days=extension.working_days,
        shown=fact.last_day,
    )
    return tick(state, granted) | {"extension": told}


def _limit_set(state: CaseState, entry: TimelineEntry, fact: f.LimitSet) -> Changes:
    return tick(state, ClockEvent(Kind.LIMIT_SET, entry.effective_on, until=fact.until))


GUARDS: dict[str, Guard] = {
    "extension_asked": check_extension_asked,
    "extension_granted": check_extension_granted,
    "extension_refused": check_extension_granted,
    "extension_told": check_extension_told,
    "limit_set": check_limit_set,
}

FOLDS: dict[str, Fold] = {
    "extension_asked": _extension_asked,
    "extension_granted": _extension_granted,
    "extension_refused": _extension_refused,
    "extension_told": _extension_told,
    "limit_set": _limit_set,
}
