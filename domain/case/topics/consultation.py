"""Consultations of third parties, co-producers and other agencies (arts 32-34)."""

from dataclasses import replace
from typing import Unpack

from domain.case import facts as f
from domain.case.changes import Changes, ConsultationChanges, replaced
from domain.case.parts import Consultation
from domain.case.release import overridden
from domain.case.state import CaseState, TimelineEntry
from domain.case.topics.base import (
    Case,
    Fold,
    Guard,
    delivered_in_between,
    known_item,
    retick,
    tick,
)
from domain.clock import ClockEvent
from domain.clock import ClockEventKind as Kind
from domain.errors import Code, InputError, Refusal
from domain.statute import Party

# -- may it be done ------------------------------------------------------------------------------


def check_consultation_sent(case: Case, fact: f.ConsultationSent) -> None:
    before = any(c.ref == fact.ref for past in case.state.rounds for c in past.consultations)
    if case.state.consultation(fact.ref) is not None or before:
        raise Refusal(Code.REF_TAKEN, ref=fact.ref)
    if fact.secrecy and fact.party is not Party.AGENCY:
        raise InputError(Code.BAD_FIELD, field="party", detail="one_of", known=Party.AGENCY)
    for ref in fact.items:
        known_item(case.state, ref)
    delivered_in_between(case, fact.delivered)


def check_consultation_delivered(case: Case, fact: f.ConsultationDelivered) -> None:
    _open_consultation(case, fact.ref)


def check_consultation_answered(case: Case, fact: f.ConsultationAnswered) -> None:
    consultation = _open_consultation(case, fact.ref)
    if fact.answer is f.Answer.OBJECTS and fact.reason is None:
        raise Refusal(Code.REASON_MISSING)
    if fact.answer is f.Answer.CONSENTS and fact.items:
        raise Refusal(Code.ITEMS_ONLY_OBJECTED, items=", ".join(fact.items))
    for ref in fact.items:
        known_item(case.state, ref)
        if not consultation.concerns(ref):
            asked = ", ".join(consultation.items)
            raise Refusal(Code.NOT_ASKED_ABOUT, ref=ref, letter=fact.ref, items=asked)


def check_override_told(case: Case, fact: f.OverrideTold) -> None:
    letter = case.state.consultation(fact.ref)
    if letter is None or not overridden(case.state, letter):
        raise Refusal(Code.NOT_OVERRIDDEN, case.statute.third_party.article, ref=fact.ref)
    if letter.answered is not None and case.on < letter.answered:
        raise Refusal(
            Code.BEFORE_WHAT_IT_FOLLOWS,
            day=case.on,
            kind="consultation_answered",
            on=letter.answered,
        )


def _open_consultation(case: Case, ref: str) -> Consultation:
    consultation = case.state.consultation(ref)
    if consultation is None:
        refs = ", ".join(c.ref for c in case.state.consultations) or "-"
        raise InputError(Code.UNKNOWN_REF, case=case.state.id, ref=ref, refs=refs)
    if consultation.answered is not None:
        raise Refusal(Code.ALREADY_ANSWERED, ref=ref, on=consultation.answered)
    if case.on < consultation.sent:
        raise Refusal(
            Code.BEFORE_WHAT_IT_FOLLOWS,
            day=case.on,
            kind="consultation_sent",
            on=consultation.sent,
        )
    return consultation


# -- what it does ---------------------------------------------------------------------------------


def _consultation_sent(state: CaseState, entry: TimelineEntry, fact: f.ConsultationSent) -> Changes:
    consultation = Consultation(
        ref=fact.ref,
        party=fact.party,
        name=fact.name,
        items=fact.items,
        sent=entry.effective_on,
        delivered=fact.delivered or entry.effective_on,
    )
    kind = Kind(f"{fact.party}_consulted")
    asked = ClockEvent(
        kind,
        entry.effective_on,
        ref=fact.ref,
        delivered=fact.delivered,
        secrecy=fact.secrecy,
    )
    ticked = tick(state, asked)
    return ticked | {"consultations": (*state.consultations, consultation)}


def _with_consultation(
    state: CaseState, ref: str, **changes: Unpack[ConsultationChanges]
) -> Changes:
    return {
        "consultations": tuple(
            replaced(c, **changes) if c.ref == ref else c for c in state.consultations
        )
    }


def _consultation_delivered(
    state: CaseState, entry: TimelineEntry, fact: f.ConsultationDelivered
) -> Changes:
    on = entry.effective_on
    asked = (Kind.THIRD_PARTY_CONSULTED, Kind.COPRODUCER_CONSULTED, Kind.AGENCY_CONSULTED)
    reticked = retick(state, lambda e: replace(e, delivered=on), *asked, ref=fact.ref)
    # A silence before the letter was there was none.
    return reticked | _with_consultation(state, fact.ref, delivered=on, silent=False)


def _consultation_answered(
    state: CaseState, entry: TimelineEntry, fact: f.ConsultationAnswered
) -> Changes:
    asked = state.consultation(fact.ref)
    if asked is None:
        return {}
    kind = Kind(f"{asked.party}_answered")
    return tick(state, ClockEvent(kind, entry.effective_on, ref=fact.ref)) | _with_consultation(
        state, fact.ref, answered=entry.effective_on, answer=fact.answer, objected=fact.items
    )


def _consultation_silent(
    state: CaseState, entry: TimelineEntry, fact: f.ConsultationSilent
) -> Changes:
    return _with_consultation(state, fact.ref, silent=True)


def _override_told(state: CaseState, entry: TimelineEntry, fact: f.OverrideTold) -> Changes:
    return _with_consultation(state, fact.ref, told=entry.effective_on)


GUARDS: dict[str, Guard] = {
    "consultation_sent": check_consultation_sent,
    "consultation_delivered": check_consultation_delivered,
    "consultation_answered": check_consultation_answered,
    "override_told": check_override_told,
}

FOLDS: dict[str, Fold] = {
    "consultation_sent": _consultation_sent,
    "consultation_delivered": _consultation_delivered,
    "consultation_answered": _consultation_answered,
    "override_told": _override_told,
    "consultation_silent": _consultation_silent,
}
