"""Proceedings as they come in and go on: copies, answers, papers, hearings, stops."""

from collections.abc import Callable
from typing import Any, Unpack

from domain.case import facts as f
from domain.case.changes import Changes, ProceedingChanges, replaced
from domain.case.state import CaseState, TimelineEntry
from domain.case.topics.base import Case, Fold, Guard, not_in_the_future
from domain.errors import Code, InputError, Refusal
from domain.remedies.proceeding import OPENED_BY, Hearing, Proceeding, Suspension
from domain.remedies.terms import Against, Instance, ProceedingKind

Opening = f.ReconsiderationReceived | f.LawsuitReceived | f.ComplaintReceived

# -- may it be done ------------------------------------------------------------------------------


def known(case: Case, ref: str) -> Proceeding:
    """The proceeding of that ref; InputError(unknown_ref) with those that there are."""
    found = case.state.proceeding(ref)
    if found is None:
        refs = ", ".join(p.ref for p in case.state.proceedings) or "-"
        raise InputError(Code.UNKNOWN_REF, case=case.state.id, ref=ref, refs=refs)
    if case.on < found.received:
        raise Refusal(
            Code.BEFORE_WHAT_IT_FOLLOWS,
            day=case.on,
            kind=f"{OPENED_BY[found.kind]}",
            on=found.received,
        )
    return found


def pending(case: Case, ref: str, *kinds: ProceedingKind) -> Proceeding:
    """The proceeding of that ref, of one of `kinds`, not ended yet."""
    found = known(case, ref)
    if kinds and found.kind not in kinds:
        raise Refusal(Code.OTHER_PROCEEDING, ref=ref, kind=found.kind)
    if found.outcome is not None:
        raise Refusal(Code.PROCEEDING_ENDED, ref=ref, on=found.served)
    return found


def check_opening(case: Case, fact: Opening) -> None:
    """A new ref, days that have been, and something that can be attacked."""
    state = case.state
    if state.law.remedies is None:
        raise Refusal(Code.REMEDY_LAW_MISSING, case=state.id)
    if state.proceeding(fact.ref) is not None:
        raise Refusal(Code.REF_TAKEN, ref=fact.ref)
    not_in_the_future(case, fact.filed, getattr(fact, "accepted", None))
    if fact.against is Against.REPLY and _dispatched(state, fact.round) is None:
        raise Refusal(Code.NO_REPLY)


def _dispatched(state: CaseState, number: int | None) -> object | None:
    """The dispatch of round `number`; None: of the present one, else of the one before."""
    if number is not None:
        past = next((r.dispatch for r in state.rounds if r.number == number), None)
        return past or (state.dispatch if number == state.round else None)
    return state.dispatch or next((r.dispatch for r in reversed(state.rounds) if r.dispatch), None)


def check_lawsuit(case: Case, fact: f.LawsuitReceived) -> None:
    check_opening(case, fact)
    before = known(case, fact.after) if fact.after is not None else None
    if fact.instance is not Instance.FIRST:
        if before is None or before.kind is not ProceedingKind.LITIGATION:
            raise Refusal(Code.LOWER_INSTANCE_MISSING, instance=fact.instance)
        if before.outcome is None:
            raise Refusal(Code.PROCEEDING_OPEN, ref=before.ref)
        if fact.instance is Instance.SECOND and (before.effective or not before.appealable):
            raise Refusal(Code.NOT_APPEALABLE, ref=before.ref)


def check_answered(case: Case, fact: f.AnswerSubmitted) -> None:
    found = pending(case, fact.ref)
    if found.answered is not None:
        raise Refusal(Code.PROCEEDING_ANSWERED, ref=fact.ref, on=found.answered)


def check_pending(case: Case, fact: Any) -> None:
    pending(case, fact.ref)


def check_reconsideration(case: Case, fact: Any) -> None:
    pending(case, fact.ref, ProceedingKind.RECONSIDERATION)


def check_extended(case: Case, fact: f.ReconsiderationExtended) -> None:
    if pending(case, fact.ref, ProceedingKind.RECONSIDERATION).extended:
        raise Refusal(Code.SECOND_EXTENSION, "Administrative Reconsideration Law 2023 art 62")


def check_suspended(case: Case, fact: f.ProceedingSuspended) -> None:
    if pending(case, fact.ref).suspended:
        raise Refusal(Code.PROCEEDING_SUSPENDED, ref=fact.ref)


def check_resumed(case: Case, fact: f.ProceedingResumed) -> None:
    found = pending(case, fact.ref)
    if not found.suspended:
        raise Refusal(Code.PROCEEDING_NOT_SUSPENDED, ref=fact.ref)
    began = found.suspensions[-1].began
    if case.on < began:
        raise Refusal(
            Code.BEFORE_WHAT_IT_FOLLOWS, day=case.on, kind="proceeding_suspended", on=began
        )


def check_hearing(case: Case, fact: f.HearingSet) -> None:
    pending(case, fact.ref)
    if fact.at.tzinfo is None:
        raise InputError(Code.BAD_FIELD, field="at", detail="offset")


def check_hearing_cancelled(case: Case, fact: f.HearingCancelled) -> None:
    found = known(case, fact.ref)
    if all(h.hearing != fact.hearing for h in found.hearings):
        refs = ", ".join(h.hearing for h in found.hearings) or "-"
        raise InputError(Code.UNKNOWN_REF, case=fact.ref, ref=fact.hearing, refs=refs)


# -- what it does ---------------------------------------------------------------------------------


def _opened(state: CaseState, entry: TimelineEntry, fact: Opening) -> Changes:
    shared = set(Proceeding.model_fields) & set(type(fact).model_fields)
    fields = {name: getattr(fact, name) for name in shared if name not in ("kind", "round")}
    kind = next(kind for kind, name in OPENED_BY.items() if name == fact.kind)
    found = Proceeding(
        **fields,
        kind=kind,
        round=fact.round or state.round,
        received=entry.effective_on,
    )
    return {"proceedings": (*state.proceedings, found)}


def change(state: CaseState, ref: str, **changes: Unpack[ProceedingChanges]) -> Changes:
    """The proceedings with one of them changed."""
    return remade(state, ref, lambda _: changes)


def remade(state: CaseState, ref: str, how: Callable[[Proceeding], ProceedingChanges]) -> Changes:
    """The proceedings with that one changed by what it was; all as they are where it is none."""
    return {
        "proceedings": tuple(
            replaced(p, **how(p)) if p.ref == ref else p for p in state.proceedings
        )
    }


def _answered(state: CaseState, entry: TimelineEntry, fact: f.AnswerSubmitted) -> Changes:
    on = entry.effective_on
    listed = _listed(state, entry, fact)
    return change(replaced(state, **listed), fact.ref, answered=on)


def _listed(
    state: CaseState, entry: TimelineEntry, fact: f.EvidenceListed | f.AnswerSubmitted
) -> Changes:
    return remade(state, fact.ref, lambda p: {"documents": (*p.documents, *fact.documents)})


def _procedure(
    state: CaseState, entry: TimelineEntry, fact: f.ReconsiderationProcedureChanged
) -> Changes:
    return change(state, fact.ref, simplified=fact.simplified)


def _extended(state: CaseState, entry: TimelineEntry, fact: f.ReconsiderationExtended) -> Changes:
    return change(state, fact.ref, extended=fact.calendar_days)


def _mediated(state: CaseState, entry: TimelineEntry, fact: f.MediationHeld) -> Changes:
    return change(state, fact.ref, mediated=fact.agreed)


def _suspended(state: CaseState, entry: TimelineEntry, fact: f.ProceedingSuspended) -> Changes:
    stop = Suspension(began=entry.effective_on, reason=fact.reason)
    return remade(state, fact.ref, lambda p: {"suspensions": (*p.suspensions, stop)})


def _resumed(state: CaseState, entry: TimelineEntry, fact: f.ProceedingResumed) -> Changes:
    def resumed(p: Proceeding) -> ProceedingChanges:
        if not p.suspended:
            return {}
        *before, last = p.suspensions
        return {"suspensions": (*before, replaced(last, ended=entry.effective_on))}

    return remade(state, fact.ref, resumed)


def _hearing(state: CaseState, entry: TimelineEntry, fact: f.HearingSet) -> Changes:
    called = Hearing(hearing=fact.hearing, at=fact.at, place=fact.place)
    return remade(
        state, fact.ref, lambda p: {"hearings": (*_without(p.hearings, fact.hearing), called)}
    )


def _hearing_cancelled(state: CaseState, entry: TimelineEntry, fact: f.HearingCancelled) -> Changes:
    return remade(state, fact.ref, lambda p: {"hearings": _without(p.hearings, fact.hearing)})


def _without(hearings: tuple[Hearing, ...], hearing: str) -> tuple[Hearing, ...]:
    return tuple(h for h in hearings if h.hearing != hearing)


GUARDS: dict[str, Guard] = {
    "reconsideration_received": check_opening,
    "lawsuit_received": check_lawsuit,
    "complaint_received": check_opening,
    "answer_submitted": check_answered,
    "evidence_listed": check_pending,
    "reconsideration_procedure_changed": check_reconsideration,
    "reconsideration_extended": check_extended,
    "mediation_held": check_pending,
    "proceeding_suspended": check_suspended,
    "proceeding_resumed": check_resumed,
    "hearing_set": check_hearing,
    "hearing_cancelled": check_hearing_cancelled,
}

FOLDS: dict[str, Fold] = {
    "reconsideration_received": _opened,
    "lawsuit_received": _opened,
    "complaint_received": _opened,
    "answer_submitted": _answered,
    "evidence_listed": _listed,
    "reconsideration_procedure_changed": _procedure,
    "reconsideration_extended": _extended,
    "mediation_held": _mediated,
    "proceeding_suspended": _suspended,
    "proceeding_resumed": _resumed,
    "hearing_set": _hearing,
    "hearing_cancelled": _hearing_cancelled,
}
