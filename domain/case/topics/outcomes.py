"""How proceedings end: decisions, judgments, appeals, complaints, and who may record it.

Nobody who made the attacked reply (drafted, approved or signed it) records its end.
"""

from typing import Any

from domain.case import facts as f
from domain.case.changes import Changes, ProceedingChanges, replaced
from domain.case.hindsight import noticed, served_on_applicant
from domain.case.instances import instance_ended
from domain.case.parts import Accountability
from domain.case.standing import lapse_rule
from domain.case.state import CaseState, TimelineEntry
from domain.case.topics.base import Case, Fold, Guard, not_in_the_future
from domain.case.topics.proceedings import (
    against_judgment,
    change,
    known,
    pending,
    remade,
    warned,
)
from domain.errors import Code, Refusal
from domain.periods.period import Unit
from domain.remedies.paths import LAWSUIT
from domain.remedies.proceeding import Proceeding, ReplyOrder
from domain.remedies.terms import (
    KEEPS_LOWER,
    Against,
    Instance,
    JudgmentOutcome,
    ProceedingKind,
    RemedyWarning,
)

ORDERS_NOTHING = ("upheld", "dismissed", "unfounded", "rejected", "withdrawn", "terminated")
_ONLY_SECOND = (*KEEPS_LOWER, JudgmentOutcome.REMANDED)

# -- may it be done ------------------------------------------------------------------------------


def _other_eyes(case: Case, found: Proceeding) -> None:
    if found.against is Against.INACTION:
        return
    state = case.state
    past = next((r for r in state.rounds if r.number == found.round), None)
    for maker in past.makers if past else state.makers:
        if maker.person == case.person:
            raise Refusal(Code.FOUR_EYES, person=case.person, did=maker.kind)


def _check_end(case: Case, found: Proceeding, fact: Any) -> None:
    _other_eyes(case, found)
    not_in_the_future(case, fact.decided)
    orders = fact.orders_reply or fact.within is not None
    if orders and fact.outcome in ORDERS_NOTHING:
        raise Refusal(Code.ORDERS_NOTHING, outcome=fact.outcome)


def check_decided(case: Case, fact: f.ReconsiderationDecided) -> None:
    found = pending(case, fact.ref, ProceedingKind.RECONSIDERATION)
    not_in_the_future(case, fact.served_applicant)
    _check_end(case, found, fact)


def check_judgment(case: Case, fact: f.JudgmentReceived) -> None:
    found = pending(case, fact.ref, ProceedingKind.LITIGATION)
    not_in_the_future(case, fact.served_other)
    if fact.outcome in _ONLY_SECOND and found.instance is Instance.FIRST:
        raise Refusal(Code.OTHER_INSTANCE, outcome=fact.outcome, instance=found.instance)
    _check_end(case, found, fact)


def check_complaint(case: Case, fact: f.ComplaintDecided) -> None:
    _check_end(case, pending(case, fact.ref, ProceedingKind.COMPLAINT), fact)


def check_appeal(case: Case, fact: f.AppealFiled) -> None:
    """A side appeals once; that a court took its appeal up may be known before. The other side may
    have had the judgment before the agency."""
    found = known(case, fact.ref, ProceedingKind.LITIGATION)
    if fact.by in found.filed_by:
        raise Refusal(Code.ALREADY_APPEALED, ref=fact.ref)


def check_served_other(case: Case, fact: f.JudgmentServedOnOther) -> None:
    known(case, fact.ref, ProceedingKind.LITIGATION)


def check_served_applicant(case: Case, fact: f.ReconsiderationServedOnApplicant) -> None:
    known(case, fact.ref, ProceedingKind.RECONSIDERATION)


def check_accountability(case: Case, fact: f.AccountabilityRecorded) -> None:
    if fact.ref is not None:
        known(case, fact.ref)


def check_told(case: Case, fact: f.RemedyNoticeGiven | f.RemedyNoticeFaulty) -> None:
    state = case.state
    if state.dispatch is not None:
        made, kind = state.dispatch.on, "dispatched"
    elif state.ending is not None and lapse_rule(state) is not None:
        made, kind = state.ending.on, "lapsed"
    else:
        raise Refusal(Code.NO_REPLY)
    if case.on < made:
        raise Refusal(Code.BEFORE_WHAT_IT_FOLLOWS, day=case.on, kind=kind, on=made)


# -- what it does ---------------------------------------------------------------------------------


def _order(fact: f.Ordering) -> ReplyOrder | None:
    if not fact.orders_reply:
        return None
    return ReplyOrder(n=fact.within, unit=fact.within_unit or Unit.CALENDAR_DAY)


def _decided(state: CaseState, entry: TimelineEntry, fact: f.ReconsiderationDecided) -> Changes:
    """A decision that comes after all opens the court anew, also where the suit over the silence
    before it had lapsed (Litigation Law art 45)."""
    on = entry.effective_on
    lapses = (x for x in state.path_lapses if (x.name, x.ref) != (LAWSUIT, fact.ref))
    return {"path_lapses": tuple(lapses)} | change(
        state,
        fact.ref,
        outcome=fact.outcome.value,
        decided=fact.decided or on,
        served=on,
        served_other=served_on_applicant(state, fact.ref) or fact.served_applicant or on,
        effective=on,
        ground=fact.ground,
        order=_order(fact),
    )


def _complaint(state: CaseState, entry: TimelineEntry, fact: f.ComplaintDecided) -> Changes:
    on = entry.effective_on
    return change(
        state,
        fact.ref,
        outcome=fact.outcome.value,
        decided=fact.decided or on,
        served=on,
        effective=on,
        ground=fact.ground,
        order=_order(fact),
    )


def _judgment(state: CaseState, entry: TimelineEntry, fact: f.JudgmentReceived) -> Changes:
    on = entry.effective_on
    found = state.proceeding(fact.ref)
    if found is None:
        return {}
    update: ProceedingChanges = {
        "outcome": fact.outcome.value,
        "form": fact.form,
        "decided": fact.decided or on,
        "served": on,
        "served_other": served_on_applicant(state, fact.ref) or fact.served_other or on,
        "costs": fact.costs,
        "ground": fact.ground,
        "order": _order(fact),
    }
    ended = replaced(found, **update)
    if not ended.appealable:
        update["effective"] = on
    if RemedyWarning.JUDGMENT_MISSING in found.warnings:
        other = tuple(w for w in found.warnings if w is not RemedyWarning.JUDGMENT_MISSING)
        update["warnings"] = warned(replaced(found, warnings=other), *against_judgment(ended))
    changed = replaced(state, **change(state, fact.ref, **update))
    after = instance_ended(changed, changed.proceeding(fact.ref) or ended, on)
    return {"proceedings": after.proceedings}


def _served_other(
    state: CaseState,
    entry: TimelineEntry,
    fact: f.JudgmentServedOnOther | f.ReconsiderationServedOnApplicant,
) -> Changes:
    return change(state, fact.ref, served_other=served_on_applicant(state, fact.ref))


def _appealed(state: CaseState, entry: TimelineEntry, fact: f.AppealFiled) -> Changes:
    def appealed(p: Proceeding) -> ProceedingChanges:
        update: ProceedingChanges = {"filed_by": (*p.filed_by, fact.by)}
        if fact.by in p.appealed_by:  # a court took it up before
            return update
        if any(lapse.side is fact.by for lapse in p.lapses):
            update["appealed_late"] = (*p.appealed_late, fact.by)
            return update | {"warnings": warned(p, RemedyWarning.APPEAL_LATE)}
        update["appealed_by"] = (*p.appealed_by, fact.by)
        return update | {"warnings": warned(p, *against_judgment(p))}

    return remade(state, fact.ref, appealed)


def _accountability(
    state: CaseState, entry: TimelineEntry, fact: f.AccountabilityRecorded
) -> Changes:
    line = Accountability(on=entry.effective_on, **fact.model_dump(exclude={"kind"}))
    return {"accountability": (*state.accountability, line)}


def _faulty(state: CaseState, entry: TimelineEntry, fact: f.RemedyNoticeFaulty) -> Changes:
    dispatch = state.dispatch
    return {"dispatch": dispatch and noticed(state, dispatch)}


def _told(state: CaseState, entry: TimelineEntry, fact: f.RemedyNoticeGiven) -> Changes:
    on, dispatch, ending = entry.effective_on, state.dispatch, state.ending
    if dispatch is None:
        return {"ending": ending and replaced(ending, told=on)}
    return {"dispatch": replaced(dispatch, told=on)}


GUARDS: dict[str, Guard] = {
    "reconsideration_decided": check_decided,
    "reconsideration_served_applicant": check_served_applicant,
    "judgment_received": check_judgment,
    "judgment_served_on_other": check_served_other,
    "appeal_filed": check_appeal,
    "complaint_decided": check_complaint,
    "accountability_recorded": check_accountability,
    "remedy_notice_faulty": check_told,
    "remedy_notice_given": check_told,
}

FOLDS: dict[str, Fold] = {
    "reconsideration_decided": _decided,
    "reconsideration_served_applicant": _served_other,
    "judgment_received": _judgment,
    "judgment_served_on_other": _served_other,
    "appeal_filed": _appealed,
    "complaint_decided": _complaint,
    "accountability_recorded": _accountability,
    "remedy_notice_faulty": _faulty,
    "remedy_notice_given": _told,
}
