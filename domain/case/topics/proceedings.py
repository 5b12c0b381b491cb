"""Proceedings as they come in and go on: copies, answers, papers, hearings, stops."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Unpack

from domain.case import facts as f
from domain.case.changes import Changes, ProceedingChanges, replaced
from domain.case.hindsight import appellants, taken_up
from domain.case.parts import End
from domain.case.state import CaseState, TimelineEntry, Validity
from domain.case.topics.base import Case, Fold, Guard, not_in_the_future
from domain.errors import Code, InputError, Refusal
from domain.remedies.law import ruling
from domain.remedies.paths import LAWSUIT, LONGEST, RECONSIDERATION, RETRIAL, path_ref
from domain.remedies.proceeding import OPENED_BY, Hearing, Proceeding, Suspension
from domain.remedies.terms import Against, Instance, ProceedingKind, RemedyWarning, Side
from domain.statute import Party

LONGEST_EXTENSION = 30
"""Calendar days by which a reconsideration may be extended (art 62)."""

Opening = f.ReconsiderationReceived | f.LawsuitReceived | f.ComplaintReceived

# -- may it be done ------------------------------------------------------------------------------


def known(case: Case, ref: str, *kinds: ProceedingKind) -> Proceeding:
    """The proceeding of that ref, of one of `kinds`; InputError(unknown_ref) with those that there
    are."""
    found = case.state.proceeding(ref)
    if found is None:
        for entry in case.state.timeline:
            # It came later than this day.
            annulled = entry.validity is Validity.ANNULLED
            if isinstance(entry.what, Opening) and entry.what.ref == ref and not annulled:
                _refuse_before(case, entry.kind, entry.effective_on)
        refs = ", ".join(p.ref for p in case.state.proceedings) or "-"
        raise InputError(Code.UNKNOWN_REF, case=case.state.id, ref=ref, refs=refs)
    if kinds and found.kind not in kinds:
        raise Refusal(Code.OTHER_PROCEEDING, ref=ref, kind=found.kind)
    _refuse_before(case, OPENED_BY[found.kind], found.received)
    return found


def _refuse_before(case: Case, kind: str, on: date) -> None:
    if case.on < on:
        raise Refusal(Code.BEFORE_WHAT_IT_FOLLOWS, day=case.on, kind=kind, on=on)


def pending(case: Case, ref: str, *kinds: ProceedingKind) -> Proceeding:
    """The proceeding of that ref, of one of `kinds`, not ended yet."""
    found = known(case, ref, *kinds)
    if found.outcome is not None:
        raise Refusal(Code.PROCEEDING_ENDED, ref=ref, on=found.served)
    return found


def check_opening(case: Case, fact: Opening) -> None:
    """A new ref, days that have been, and something on record that it attacks; whether it may be
    attacked so, and so late, others judge."""
    state = case.state
    if state.law.remedies is None:
        raise Refusal(Code.REMEDY_LAW_MISSING, case=state.id)
    if state.proceeding(fact.ref) is not None:
        raise Refusal(Code.REF_TAKEN, ref=fact.ref)
    not_in_the_future(case, fact.filed, getattr(fact, "accepted", None))
    if fact.third_party is not None or fact.against is Against.RELEASE:
        _check_third_party(case, fact)
        return
    dispatches = (e for e in state.timeline if e.kind == "dispatched")
    replied = any(e.validity is not Validity.ANNULLED for e in dispatches)
    if fact.against is Against.REPLY and not replied:
        raise Refusal(Code.NO_REPLY)


def _check_third_party(case: Case, fact: Opening) -> None:
    """Whose objection it was is on record; whether it was overridden others judge."""
    past = (c for r in case.state.rounds for c in r.consultations)
    letters = [c.ref for c in (*past, *case.state.consultations) if c.party is Party.THIRD_PARTY]
    if fact.third_party not in letters:
        refs = ", ".join(letters) or "-"
        raise InputError(
            Code.UNKNOWN_REF, case=case.state.id, ref=fact.third_party or "-", refs=refs
        )


def _dispatched(state: CaseState, number: int | None) -> object | None:
    """The dispatch of round `number`; None: of the present one, else of the one before."""
    if number is not None:
        past = next((r.dispatch for r in state.rounds if r.number == number), None)
        return past or (state.dispatch if number == state.round else None)
    return state.dispatch or next((r.dispatch for r in reversed(state.rounds) if r.dispatch), None)


def check_application(case: Case, fact: f.ReconsiderationReceived) -> None:
    """A ruling of the State Council goes against what a province or one of its departments decided
    on its own act, and nothing else."""
    check_opening(case, fact)
    law = case.state.law.remedies
    if fact.after is None or law is None:
        return
    before = known(case, fact.after, ProceedingKind.RECONSIDERATION)
    if before.final or ruling(law, before.decided or case.on) is None:
        raise Refusal(Code.NO_RULING, ref=fact.after)


def check_lawsuit(case: Case, fact: f.LawsuitReceived) -> None:
    check_opening(case, fact)
    before = known(case, fact.after) if fact.after is not None else None
    suit = before is not None and before.kind is ProceedingKind.LITIGATION
    if fact.instance is not Instance.FIRST and not suit:
        raise Refusal(Code.LOWER_INSTANCE_MISSING, instance=fact.instance)


def check_answered(case: Case, fact: f.AnswerSubmitted) -> None:
    found = pending(case, fact.ref)
    if found.answered is not None:
        raise Refusal(Code.PROCEEDING_ANSWERED, ref=fact.ref, on=found.answered)


def check_pending(case: Case, fact: Any) -> None:
    pending(case, fact.ref)


def check_reconsideration(case: Case, fact: Any) -> None:
    pending(case, fact.ref, ProceedingKind.RECONSIDERATION)


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
        warnings=tuple(_warnings(state, entry, fact)),
    )
    below = fact.after if isinstance(fact, f.LawsuitReceived) else None
    if below is None or found.instance is not Instance.SECOND:
        return {"proceedings": (*state.proceedings, found)}
    found = replaced(found, appellants=(found.by,) if found.by else appellants(state, below))
    higher = replaced(state, proceedings=(*state.proceedings, found))
    return remade(higher, below, lambda p: _appealed(p, taken_up(state, p.ref)))


def _warnings(state: CaseState, entry: TimelineEntry, fact: Opening) -> Iterator[RemedyWarning]:
    if fact.against is Against.REPLY and _dispatched(state, fact.round) is None:
        yield RemedyWarning.REPLY_MISSING
    lapsed = state.ending is not None and state.ending.how is End.LAPSED
    if fact.against is Against.LAPSE and not lapsed:
        yield RemedyWarning.LAPSE_MISSING
    present = path_ref(fact.against, fact.third_party)
    if isinstance(fact, f.ReconsiderationReceived):
        if fact.after is not None:
            return  # no text limits the way to the State Council
        path, ref = RECONSIDERATION, present
    elif isinstance(fact, f.LawsuitReceived):
        after = state.proceeding(fact.after) if fact.after else None
        if fact.instance is Instance.SECOND and after is not None:
            yield from against_judgment(after)
        path, ref = LAWSUIT, present if after is None else after.ref
        if fact.instance is Instance.RETRIAL:
            path = RETRIAL
    else:
        return
    on = getattr(fact, "filed", None) or entry.effective_on
    over = {(path, ref), (LONGEST.get(path, path), ref)}
    if any((x.name, x.ref) in over and x.on <= on for x in state.path_lapses):
        yield RemedyWarning.REMEDY_LATE


def against_judgment(p: Proceeding) -> Iterator[RemedyWarning]:
    """What is to be said of an appeal against how `p` ended."""
    if p.outcome is None:
        yield RemedyWarning.JUDGMENT_MISSING
    elif not p.appealable or p.overturned:
        yield RemedyWarning.NOT_APPEALABLE


def _appealed(p: Proceeding, sides: tuple[Side, ...]) -> ProceedingChanges:
    """A court took up the appeal of `sides`, if no other appeal keeps the judgment from taking
    effect."""
    if p.appealed_by or (not p.appealable and p.outcome is not None):
        return {}
    return {
        "appealed_by": sides,
        "appealed_late": tuple(side for side in p.appealed_late if side not in sides),
        "lapses": tuple(lapse for lapse in p.lapses if lapse.side not in sides),
    }


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
    def extended(p: Proceeding) -> ProceedingChanges:
        days = p.extended + fact.calendar_days
        found = [RemedyWarning.SIMPLIFIED_EXTENDED] if p.simplified else []
        if p.extended or days > LONGEST_EXTENSION:
            found.append(RemedyWarning.EXTENDED_BEYOND)
        return {"extended": days, "warnings": warned(p, *found, *_overdue(p))}

    return remade(state, fact.ref, extended)


def _overdue(p: Proceeding) -> Iterator[RemedyWarning]:
    if p.silent_since is not None:
        yield RemedyWarning.DECISION_OVERDUE


def warned(p: Proceeding, *found: RemedyWarning) -> tuple[RemedyWarning, ...]:
    """The warnings of `p` with those found, each once."""
    return tuple(dict.fromkeys((*p.warnings, *found)))


def _mediated(state: CaseState, entry: TimelineEntry, fact: f.MediationHeld) -> Changes:
    return change(state, fact.ref, mediated=fact.agreed)


def _suspended(state: CaseState, entry: TimelineEntry, fact: f.ProceedingSuspended) -> Changes:
    stop = Suspension(began=entry.effective_on, reason=fact.reason)

    def suspended(p: Proceeding) -> ProceedingChanges:
        return {"suspensions": (*p.suspensions, stop), "warnings": warned(p, *_overdue(p))}

    return remade(state, fact.ref, suspended)


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
    "reconsideration_received": check_application,
    "lawsuit_received": check_lawsuit,
    "complaint_received": check_opening,
    "answer_submitted": check_answered,
    "evidence_listed": check_pending,
    "reconsideration_procedure_changed": check_reconsideration,
    "reconsideration_extended": check_reconsideration,
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
