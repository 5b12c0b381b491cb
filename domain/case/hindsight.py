"""What is known by now of a day gone by, on whatever day the office came to know it.

Papers of others reach the office after the day they tell of: a second instance, after the appeal
that began it; an application, after it was filed. A judgment takes effect, and a path lapses, by
what happened and not by what was known. So these are asked of all that is on record, later facts
among them; in a case that lives its days for the first time there are none.
"""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from hashlib import sha256

from domain.case import facts as f
from domain.case.changes import replaced
from domain.case.parts import Dispatch
from domain.case.state import CaseState, Validity
from domain.remedies.paths import LONGEST, RECONSIDERATION, RETRIAL, SaidPeriods, attacks
from domain.remedies.terms import Against, Instance, JudgmentOutcome, NoticeOfRemedy, Side

TELLING = frozenset(
    {
        "reconsideration_received",
        "reconsideration_decided",
        "reconsideration_served_applicant",
        "lawsuit_received",
        "judgment_received",
        "judgment_served_on_other",
        "remedy_notice_faulty",
    }
)
"""Kinds that tell of a day before their own."""

_ASKED_FOR = (RECONSIDERATION, LONGEST[RECONSIDERATION])
"""The limits of the path that an application for reconsideration goes."""

_ASKED = TELLING | {"appeal_filed", "extension_told"}

PASSED = frozenset(
    {"remedy_lapsed", "reconsideration_silent", "judgment_effective", "case_reopened"}
)
"""Kinds of what passes by itself unless it is known better."""


def retold(state: CaseState, fact: f.Fact) -> bool:
    """Whether `fact` may mean that something which passed by itself did not, or did."""
    if isinstance(fact, f.AppealFiled):
        return any(_unsaid_copy(known, fact.ref) for known, _ in _known(state))
    if isinstance(fact, f.RemedyNoticeFaulty):
        return True  # by a setting its periods are shorter than those of a reply that said nothing
    if isinstance(fact, f.JudgmentReceived) and fact.outcome is JudgmentOutcome.APPEAL_REJECTED:
        return True
    return fact.kind in TELLING and any(entry.kind in PASSED for entry in state.timeline)


def _unsaid_copy(fact: f.Fact, ref: str) -> bool:
    """Whether it is the copy of an appeal against the judgment of that ref, and says not whose."""
    if not isinstance(fact, f.LawsuitReceived) or fact.instance is not Instance.SECOND:
        return False
    return fact.after == ref and fact.by is None


def served_on_applicant(state: CaseState, ref: str) -> date | None:
    """The day the decision or judgment of that ref reached the applicant, the last where several
    are on record; None: not known."""
    days = (
        on
        for fact, on in _known(state)
        if isinstance(fact, f.JudgmentServedOnOther | f.ReconsiderationServedOnApplicant)
        and fact.ref == ref
    )
    return max(days, default=None)


def noticed(state: CaseState, dispatch: Dispatch) -> Dispatch:
    """The dispatch of the present reply with what came to light of its notice of remedies, the
    last where several things did."""
    for fact, _ in sorted(_known(state), key=lambda known: known[1]):
        if isinstance(fact, f.RemedyNoticeFaulty) and fact.of_round in (None, state.round):
            said = SaidPeriods(
                reconsideration_days=fact.reconsideration_days, lawsuit_months=fact.lawsuit_months
            )
            dispatch = replaced(dispatch, notice=NoticeOfRemedy(fact.notice), said=said)
    return dispatch


def taken_up(state: CaseState, ref: str) -> tuple[Side, ...]:
    """The sides whose appeal against the judgment of that ref a court took up; whose it was if
    nobody says so: the side whose appeal is on record, else the applicant's.

    A court that takes an appeal up finds that it came in time. One it turned away it did not.
    """
    known = _known(state)
    turned_away = {
        fact.ref
        for fact, _ in known
        if isinstance(fact, f.JudgmentReceived) and fact.outcome is JudgmentOutcome.APPEAL_REJECTED
    }
    higher = [
        fact
        for fact, _ in known
        if isinstance(fact, f.LawsuitReceived)
        and fact.instance is Instance.SECOND
        and fact.after == ref
        and fact.ref not in turned_away
    ]
    if not higher:
        return ()
    stated = {fact.by for fact in higher if fact.by is not None}
    return _sides(stated) or appellants(state, ref)


def appellants(state: CaseState, ref: str) -> tuple[Side, ...]:
    """The sides that appealed against the judgment of that ref; none on record: the applicant."""
    known = _known(state)
    filed = {fact.by for fact, _ in known if isinstance(fact, f.AppealFiled) and fact.ref == ref}
    return _sides(filed) or (Side.APPLICANT,)


def _sides(sides: Collection[Side]) -> tuple[Side, ...]:
    return tuple(side for side in Side if side in sides)


def used(state: CaseState, path: str, ref: str | None, due: date) -> bool:
    """Whether the path of that name and ref, up to its last day, was used on or before it."""
    for fact, on in _known(state):
        if not isinstance(fact, f.ReconsiderationReceived | f.LawsuitReceived):
            continue
        if (fact.filed or on) <= due and _goes(state, fact, path, ref):
            return True
    return False


def decided(state: CaseState, ref: str, due: date) -> bool:
    """Whether the reconsideration of that ref was decided on or before the last day for it, however
    late the decision reached the agency."""
    return any(
        isinstance(fact, f.ReconsiderationDecided)
        and fact.ref == ref
        and (fact.decided or on) <= due
        for fact, on in _known(state)
    )


def basis(state: CaseState) -> str:
    """The fingerprint of what the clock has been told; the same by every calendar, and by a later
    release: kept on record."""
    receipt = state.receipt
    said = [f"{receipt.channel} {receipt.arrived}" if receipt else ""]
    said += (f"{e.kind} {e.at} {e.ref} {e.delivered} {e.working_days}" for e in state.clock)
    return sha256("\n".join(said).encode()).hexdigest()[:16]


def told_in_time(state: CaseState, due: date) -> bool:
    """Whether after `due` the applicant was told of an extension, in time by the last day as it
    was shown then; by the setting told_extension that keeps the period from ending there."""
    if state.law.policy.told_extension == "as_recounted":
        return False
    return any(
        isinstance(fact, f.ExtensionTold)
        and fact.last_day is not None
        and due < on <= fact.last_day
        and fact.basis == basis(state)
        for fact, on in _known(state)
    )


def _goes(
    state: CaseState,
    fact: f.ReconsiderationReceived | f.LawsuitReceived,
    path: str,
    ref: str | None,
) -> bool:
    """Whether it goes the path of that name and ref: on from a proceeding (to court, to the State
    Council, to a retrial), or against the present reply or the present silence."""
    asks = isinstance(fact, f.ReconsiderationReceived)
    if path == RETRIAL:
        retried = isinstance(fact, f.LawsuitReceived) and fact.instance is Instance.RETRIAL
        return retried and fact.after == ref
    against, third_party = attacks(ref)
    if ref is not None and against is Against.REPLY:
        return fact.after == ref
    if (path in _ASKED_FOR) is not asks or (asks and fact.after is not None):
        return False
    same = fact.against is against and fact.third_party == third_party
    return same and fact.round in (None, state.round)


class _Timeline:
    """The entries of a case, known by which tuple they are and not by what is in it: a life asks of
    the same ones at every step."""

    def __init__(self, state: CaseState) -> None:
        self.entries = state.timeline

    def __hash__(self) -> int:
        return id(self.entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Timeline) and self.entries is other.entries


def _known(state: CaseState) -> tuple[tuple[f.Fact, date], ...]:
    """What the office has said of days gone by and stands by, with its day. What is set aside too:
    it may become possible again in the very life that asks."""
    return _said(_Timeline(state))


@lru_cache(maxsize=4)
def _said(timeline: _Timeline) -> tuple[tuple[f.Fact, date], ...]:
    return tuple(
        (entry.what, entry.effective_on)
        for entry in timeline.entries
        if entry.kind in _ASKED and entry.validity is not Validity.ANNULLED
    )
