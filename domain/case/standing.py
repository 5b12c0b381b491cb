"""What of remedies runs in a case: the paths open to the applicant, the limits of proceedings,
and what is bound to happen without anybody's act."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.case import facts as f
from domain.case.hindsight import decided, taken_up, told_in_time, used
from domain.case.instances import retriable
from domain.case.parts import End
from domain.case.release import overridden
from domain.case.state import CaseState
from domain.case.undelivered import known_since
from domain.errors import InputError, YishenError
from domain.periods.count import count_period
from domain.periods.period import CitedPeriod, Period, Roll, Unit
from domain.periods.running import Running
from domain.policy import Policy
from domain.remedies.counting import CountedLimit, counted
from domain.remedies.law import OtherActRule, RemedyLaw, order, period
from domain.remedies.paths import (
    LAPSE,
    LAWSUIT,
    LONGEST,
    PATHS,
    RECONSIDERATION,
    RETRIAL,
    SILENCE,
    NotifiedRemedies,
    attacks,
    longest,
    path_ref,
    until,
)
from domain.remedies.proceeding import APPEAL_SIDES, Proceeding, limits
from domain.remedies.terms import (
    Against,
    ProceedingKind,
    ReconsiderationOutcome,
    RemedyOrder,
)
from domain.values import midnight

TOLD = "remedies_told"
"""The cause of a path that runs from the day the applicant was told of it later."""


def open_limits(state: CaseState, reply_due: date | None) -> Iterator[Running]:
    """Every limit of remedies that runs; `reply_due` the last day of the reply period
    where it runs. None for a case without the law of remedies. Raises calendar_missing."""
    law = state.law.remedies
    if law is None or (state.ending is not None and state.ending.how is End.VOIDED):
        return
    heard = state.law.statute.complaint
    complaint = heard.article if heard else ""
    for proceeding in state.proceedings:
        if proceeding.open:
            yield from limits(proceeding, law, state.law.policy, state.calendar, complaint)
    lapsed = {(lapse.name, lapse.ref) for lapse in state.path_lapses}
    paths = (
        *_present(state, law, reply_due),
        *_after_reconsideration(state, law),
        *_retrials(state, law),
    )
    for path in paths:
        if (path.name, path.ref) not in lapsed:
            yield path


_WITHOUT_MERITS = (ReconsiderationOutcome.WITHDRAWN, ReconsiderationOutcome.REJECTED)
"""Ends of a reconsideration that say nothing of the reply: where no order binds, it may still be
sued over in its own period (Litigation Law art 46; interpretation 2018 art 58)."""


@dataclass(frozen=True, slots=True)
class Attackable:
    """What the applicant can go against, and by which paths, used ones left out. `knows`: since
    when, by its `cause`; None: the reply is not known to have arrived, and nothing runs but what
    counts from its making on `made`. `since`: the day that decides which law holds."""

    against: Against
    ref: str | None
    since: date
    knows: date | None
    cause: str
    paths: tuple[str, ...]
    made: date


def attackable(state: CaseState, law: RemedyLaw, reply_due: date | None) -> Iterator[Attackable]:
    """The present reply, or that there is none although its last day, `reply_due`, has passed, or
    the lapse; and, for third parties, what goes out over their objections."""
    dispatch, silence, ending = state.dispatch, state.silence, state.ending
    if dispatch is not None:
        knows, ref = known_since(state), None
        arrived = "delivered" if ending is not None else "handed_over"
        yield _attackable(state, law, ref, knows, dispatch.on, arrived if knows else "dispatched")
    elif ending is None and silence and reply_due and reply_due <= silence.due:
        yield _attackable(state, law, SILENCE, silence.due, silence.due, "reply_period_ended")
    elif ending is not None and lapse_rule(state) is not None:
        cause = TOLD if ending.told else "lapsed"
        yield _attackable(state, law, LAPSE, ending.told, ending.on, cause)
    for letter in state.consultations if law.rules.override is not None else ():
        made = letter.told or (dispatch.on if dispatch else None)
        if made is not None and overridden(state, letter):
            cause = "override_told" if letter.told else "dispatched"
            ref = path_ref(Against.RELEASE, letter.ref)
            yield _attackable(state, law, ref, letter.told, made, cause)


def lapse_rule(state: CaseState) -> OtherActRule | None:
    """The rule by which the present lapse may be attacked, if there are both."""
    law, ending = state.law.remedies, state.ending
    rule = law.rules.lapse if law else None
    lapsed = ending is not None and ending.how is End.LAPSED
    return rule if rule and ending and lapsed and ending.reply_kind in rule.replies else None


def _attackable(
    state: CaseState, law: RemedyLaw, ref: str | None, knows: date | None, made: date, cause: str
) -> Attackable:
    against, third_party = attacks(ref)
    since = knows or made
    of_it = [
        p
        for p in state.proceedings
        if p.round == state.round and p.against is against and p.third_party == third_party
    ]
    gone_to_court = any(p.kind is ProceedingKind.LITIGATION for p in of_it)
    asked = [p for p in of_it if p.kind is ProceedingKind.RECONSIDERATION and not p.final]
    kind = state.reply.reply_kind if state.reply and against is Against.REPLY else None
    first, _, _ = order(law, state.law.policy, against, kind, since)
    standing = [p for p in asked if p.outcome not in _WITHOUT_MERITS]
    paths = []
    if not asked and not gone_to_court:
        paths.append(RECONSIDERATION)
    if first is RemedyOrder.EITHER and not standing and not gone_to_court:
        paths.append(LAWSUIT)
    return Attackable(against, ref, since, knows, cause, tuple(paths), made)


def _present(state: CaseState, law: RemedyLaw, reply_due: date | None) -> Iterator[Running]:
    """The paths against the present reply, or against there being none, a lapse or a release."""
    for what in attackable(state, law, reply_due):
        yield from _paths(state, law, what)


def _paths(state: CaseState, law: RemedyLaw, what: Attackable) -> Iterator[Running]:
    for path in what.paths:
        if what.knows is None:
            outer = longest(law, state.calendar, path, what.since)
            if outer is not None:
                yield outer.running(LONGEST[path], what.ref, what.cause)
            continue
        count = counted_path(state, law, what, path, state.law.policy)
        told = state.dispatch.told if state.dispatch and what.against is Against.REPLY else None
        making = "lapsed" if what.against is Against.LAPSE else "dispatched"
        cause = {told: TOLD, what.knows: what.cause}.get(count.base, making)
        yield count.running(path, what.ref, cause)


def counted_path(
    state: CaseState, law: RemedyLaw, what: Attackable, path: str, policy: Policy
) -> CountedLimit:
    """The last day of a path against what is known. Raises no_statute."""
    assert what.knows is not None
    notice, sent = None, state.dispatch
    if sent is not None and what.against is Against.REPLY:
        notice = NotifiedRemedies(sent.on, sent.notice, sent.said, sent.told, policy.wrong_notice)
    elif what.against in (Against.LAPSE, Against.RELEASE):
        notice = NotifiedRemedies(what.made)
    return until(law, state.calendar, path, what.knows, notice, what.against)


def _after_reconsideration(state: CaseState, law: RemedyLaw) -> Iterator[Running]:
    """Suits after a decision, or after the organ's period passed without one (art 45)."""
    sued = {p.after for p in state.proceedings if p.after}
    for p in state.proceedings:
        base, cause = _open_to_court_since(p)
        if base is not None and p.ref not in sued:
            term = period(law.litigation, "sue_after_reconsideration", base)
            yield counted(term, state.calendar, base).running(LAWSUIT, p.ref, cause)


def _retrials(state: CaseState, law: RemedyLaw) -> Iterator[Running]:
    """Either side may ask for a retrial of what is in effect (2018 art 110)."""
    for p in retriable(state):
        assert p.effective is not None
        try:
            term = law.litigation.period("retrial", p.effective)
        except InputError:
            continue
        cause = "judgment_received" if p.effective == p.served else "judgment_effective"
        yield counted(term, state.calendar, p.effective).running(RETRIAL, p.ref, cause)


def _open_to_court_since(p: Proceeding) -> tuple[date | None, str]:
    """Since when a suit may follow, and what happened that day."""
    if p.kind is not ProceedingKind.RECONSIDERATION or p.final:
        return None, ""
    if p.outcome is None:
        return p.silent_since, "decision_period_ended"
    if p.outcome == ReconsiderationOutcome.WITHDRAWN:
        return None, ""
    if p.served_other is not None and p.served_other != p.served:
        return p.served_other, "decision_served_applicant"
    return p.served, "reconsideration_decided"


def end_of(state: CaseState, name: str, ref: str | None, due: date) -> f.SystemFact | None:
    """What it means by itself that a limit passed; None: nothing, or it is on record."""
    if name in PATHS and used(state, name, ref, due):
        return None
    if name in APPEAL_SIDES and APPEAL_SIDES[name] in taken_up(state, ref or ""):
        return None
    if name in PATHS or name in APPEAL_SIDES:
        return f.RemedyLapsed(limit=name, ref=ref, due=due)
    if name == "reconsideration_decision" and ref is not None:
        if decided(state, ref, due):
            return None
        return f.ReconsiderationSilent(ref=ref, due=due)
    if name == "hearing" and ref is not None:
        of, _, hearing = ref.partition("/")
        return f.HearingPassed(ref=of, hearing=hearing)
    silent = state.silence is not None and state.silence.due == due
    if name == "reply" and state.law.remedies is not None and not silent:
        if told_in_time(state, due):
            return None
        return f.InactionOpened(due=due)
    return None


def new_warnings(before: CaseState, after: CaseState) -> tuple[str, ...]:
    """What proceedings are to be warned of in `after`, and were not in `before`."""
    known = {(p.ref, w) for p in before.proceedings for w in p.warnings}
    found = ((p.ref, w) for p in after.proceedings for w in p.warnings)
    return tuple(w for ref, w in found if (ref, w) not in known)


def bound(
    state: CaseState,
) -> Iterator[tuple[datetime, f.JudgmentEffective | f.CaseReopened]]:
    """Judgments that take effect and orders that begin a new clock, with their instants."""
    for p in state.proceedings:
        if p.appealable and p.effective is None and not p.overturned and not p.appealed_by:
            if len(p.lapses) == len(APPEAL_SIDES):
                yield midnight(max(x.on for x in p.lapses)), f.JudgmentEffective(ref=p.ref)
        elif p.order and p.effective and not p.reopened and not p.overturned:
            reopened = _reopening(state, p, p.effective)
            if reopened is not None:
                yield midnight(p.effective), reopened


def _reopening(state: CaseState, p: Proceeding, on: date) -> f.CaseReopened | None:
    """The new clock; None while the calendar can't count it (another version will come)."""
    assert p.order is not None
    full = state.pinned.period if state.pinned else state.law.statute.period
    n, unit = p.order.n, p.order.unit
    rolls = Roll.NONE if unit is Unit.WORKING_DAY else Roll.NEXT_WORKING_DAY
    article = f"order {p.ref}"
    term = full if n is None else CitedPeriod(n=n, unit=unit, roll=rolls, article=article)
    plain = Period(n=term.n, unit=term.unit, roll=term.roll, closures=term.closures)
    try:
        count_period(plain, state.calendar, on, None)
    except YishenError:
        return None
    return f.CaseReopened(
        ref=p.ref,
        period=term,
        full=n is None,
        closes=state.round,
        receipt_day=state.receipt_day,
        replied=state.dispatch is not None or state.ending is not None,
    )
