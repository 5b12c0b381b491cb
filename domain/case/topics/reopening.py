"""What the case does about remedies by itself: paths lapse, silence opens them, judgments take
effect, and a decision that orders a new reply begins a new clock beside the old record."""

from domain.case import facts as f
from domain.case.changes import Changes, ProceedingChanges, replaced
from domain.case.instances import in_effect
from domain.case.parts import Inaction, PathLapse, PinnedTerms, Round
from domain.case.state import CaseState, Law, TimelineEntry
from domain.case.topics.base import Fold, Guard
from domain.case.topics.proceedings import change, remade
from domain.clock import Receipt
from domain.periods.period import CitedPeriod
from domain.remedies.proceeding import APPEAL_SIDES, Lapse, Proceeding
from domain.statute import Channel, DayZero


def _lapsed(state: CaseState, entry: TimelineEntry, fact: f.RemedyLapsed) -> Changes:
    on = entry.effective_on
    if fact.limit in APPEAL_SIDES and fact.ref is not None:
        lapse = Lapse(side=APPEAL_SIDES[fact.limit], on=on)
        return remade(state, fact.ref, lambda p: {"lapses": (*p.lapses, lapse)})
    lapse_of_path = PathLapse(name=fact.limit, ref=fact.ref, on=on)
    return {"path_lapses": (*state.path_lapses, lapse_of_path)}


def _inaction(state: CaseState, entry: TimelineEntry, fact: f.InactionOpened) -> Changes:
    return {"silence": Inaction(due=fact.due)}


def _silent(state: CaseState, entry: TimelineEntry, fact: f.ReconsiderationSilent) -> Changes:
    return change(state, fact.ref, silent_since=fact.due)


def _hearing_passed(state: CaseState, entry: TimelineEntry, fact: f.HearingPassed) -> Changes:
    def passed(p: Proceeding) -> ProceedingChanges:
        return {
            "hearings": tuple(
                replaced(h, passed=True) if h.hearing == fact.hearing else h for h in p.hearings
            )
        }

    return remade(state, fact.ref, passed)


def _effective(state: CaseState, entry: TimelineEntry, fact: f.JudgmentEffective) -> Changes:
    return {"proceedings": in_effect(state, fact.ref, entry.effective_on).proceedings}


def _reopened(state: CaseState, entry: TimelineEntry, fact: f.CaseReopened) -> Changes:
    """The present reply becomes a round of the past; work on one never sent goes on."""
    pinned = state.pinned or _pinned(state.law)
    changes: Changes = {
        "rounds": (*state.rounds, _round(state, fact)),
        "opened_by": fact.ref,
        "pinned": pinned,
        "law": _law(state.law, pinned, fact.period),
        "receipt": Receipt(channel=_day_zero_is_arrival(state), arrived=entry.effective_on),
        "clock": (),
        "extension": None,
        "fee": None,
        "dispatch": None,
        "ending": None,
        "silence": None,
        "path_lapses": tuple(x for x in state.path_lapses if at_proceeding(state, x.ref)),
    }
    if fact.replied:
        changes |= {"consultations": (), "items": (), "signatures": (), "reply": None, "makers": ()}
    else:
        over = tuple(c for c in state.consultations if c.answered is not None or c.silent)
        changes["consultations"] = over
    return changes | change(state, fact.ref, reopened=True)


def at_proceeding(state: CaseState, ref: str | None) -> bool:
    """Whether `ref` names a proceeding."""
    return ref is not None and state.proceeding(ref) is not None


def _round(state: CaseState, fact: f.CaseReopened) -> Round:
    assert state.receipt is not None
    same = set(Round.model_fields) & set(CaseState.model_fields) - {"receipt_day"}
    own = {name: getattr(state, name) for name in same}
    return Round(**own, number=fact.closes, receipt_day=fact.receipt_day)


def _pinned(law: Law) -> PinnedTerms:
    statute = law.statute
    return PinnedTerms(
        period=statute.period,
        correction=statute.correction,
        in_force_to=statute.in_force_to,
        committed=law.policy.committed_working_days,
    )


def as_pinned(law: Law, terms: PinnedTerms | None) -> Law:
    """The law as it was for the first reply; the calendar and the rules are the newest."""
    if terms is None:
        return law
    statute = replaced(
        law.statute,
        period=terms.period,
        correction=terms.correction,
        in_force_to=terms.in_force_to,
    )
    policy = law.policy.changed(committed_working_days=terms.committed)
    return replaced(law, statute=statute, policy=policy)


def _law(law: Law, pinned: PinnedTerms, period: CitedPeriod) -> Law:
    """The law of the case with the ordered period. The text that governed the request governs
    the new reply, also after its end; the window of a correction notice does not open again, and
    the office's own shorter promise holds where it is shorter."""
    committed, full = pinned.committed, pinned.period
    if (period.unit, period.n) != (full.unit, full.n) and committed is not None:
        shorter = period.unit is full.unit and committed < period.n
        committed = committed if shorter else None
    correction = pinned.correction
    statute = replaced(
        law.statute,
        period=period,
        in_force_to=None,
        correction=correction and correction.changed(notice=None),
    )
    policy = law.policy.changed(committed_working_days=committed)
    return replaced(law, statute=statute, policy=policy)


def _day_zero_is_arrival(state: CaseState) -> Channel:
    """A channel whose day 0 is the day of arrival: the decision's day needs no confirmation."""
    rules = state.law.statute.receipt
    if Channel.IN_PERSON in rules:
        return Channel.IN_PERSON
    return next(c for c, rule in rules.items() if rule.day_zero is DayZero.ARRIVAL)


GUARDS: dict[str, Guard] = {}

FOLDS: dict[str, Fold] = {
    "remedy_lapsed": _lapsed,
    "inaction_opened": _inaction,
    "reconsideration_silent": _silent,
    "hearing_passed": _hearing_passed,
    "judgment_effective": _effective,
    "case_reopened": _reopened,
}
