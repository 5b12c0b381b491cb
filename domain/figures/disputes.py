"""Suits as the yearly figures count them: one dispute, however many instances it went through.

A reconsideration and a complaint are a dispute each. A suit is one from its first instance to the
judgment that takes effect, over appeal and remand; with the reconsideration organ as co-defendant
it is still one. A retrial is a dispute of its own or counts nowhere, by the setting retrial_counts,
for which no text is known; either way the figures of past years stay. A
ruling of the State Council on the decision of a reconsideration is no reconsideration: it counts
nowhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.policy import Policy
from domain.remedies.proceeding import result_of
from domain.remedies.terms import KEEPS_LOWER, Instance, JudgmentOutcome, ProceedingKind, Result


@dataclass(frozen=True, slots=True)
class DisputeStep:
    """One proceeding as its row keeps it."""

    ref: str
    kind: str
    instance: str | None
    route: str | None
    after: str | None
    against: str
    reply_kind: str | None
    filed_on: date
    received_on: date
    outcome: str | None
    ended_on: date | None
    effective_on: date | None
    ground: str | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """`steps`: refs in order; `done`: the day the end took effect (None: pending); `result` then;
    `ground` of the decision that holds."""

    kind: str
    route: str | None
    steps: tuple[str, ...]
    against: str
    reply_kind: str | None
    filed: date
    done: date | None = None
    result: Result = Result.PENDING
    ground: str | None = None


def disputes(steps: Iterable[DisputeStep], policy: Policy | None = None) -> tuple[Dispute, ...]:
    """The disputes of one case, in the order they were filed."""
    known = {step.ref: step for step in steps}
    in_order = sorted(known.values(), key=lambda s: (s.filed_on, s.received_on, s.ref))
    retrials = (policy or Policy()).retrial_counts == "separate"
    return tuple(
        _dispute(_chain(step, known))
        for step in in_order
        if _begins(step, known) and (retrials or step.instance != Instance.RETRIAL)
    )


def _begins(step: DisputeStep, known: dict[str, DisputeStep]) -> bool:
    if step.kind == ProceedingKind.RECONSIDERATION and step.after:
        return False
    if step.kind != ProceedingKind.LITIGATION or step.instance == Instance.RETRIAL:
        return True
    before = known.get(step.after or "")
    return before is None or before.kind != ProceedingKind.LITIGATION


def _chain(first: DisputeStep, known: dict[str, DisputeStep]) -> list[DisputeStep]:
    chain = [first]
    if first.kind != ProceedingKind.LITIGATION:
        return chain
    while True:
        later = [
            step
            for step in known.values()
            if step.after == chain[-1].ref and step not in chain and not _begins(step, known)
        ]
        if not later:
            return chain
        chain.append(min(later, key=lambda s: (s.received_on, s.ref)))


def _dispute(chain: Sequence[DisputeStep]) -> Dispute:
    first, last = chain[0], chain[-1]
    shared = Dispute(
        kind=first.kind,
        route=first.route,
        steps=tuple(step.ref for step in chain),
        against=first.against,
        reply_kind=first.reply_kind,
        filed=first.filed_on,
    )
    done = last.ended_on if first.kind != ProceedingKind.LITIGATION else last.effective_on
    if last.outcome is None or done is None or last.outcome == JudgmentOutcome.REMANDED:
        return shared
    holds = last
    for step in reversed(chain[:-1]):
        if holds.outcome not in KEEPS_LOWER:
            break
        holds = step
    done = holds.effective_on or done  # an appeal turned away changes nothing about it
    return replace(shared, done=done, result=result_of(holds.outcome), ground=holds.ground)
