"""What is open to the applicant of a case now: every path with its order, last day and place.

The last days are those the case has recorded; while the reply is not known to have arrived no
period runs, and what would be counted from when is said instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.case.standing import Attackable, attackable, counted_path, lapse_rule
from domain.case.state import CaseState, Deadline
from domain.case.undelivered import known_since
from domain.clock.readings import CHOICES, DatedReading
from domain.errors import InputError
from domain.remedies.law import RemedyLaw, court_rule, order, period, ruling
from domain.remedies.paths import (
    LAWSUIT,
    LONGEST,
    RECONSIDERATION,
    RETRIAL,
    WRONG_NOTICE,
    Bound,
    Destination,
    attacks,
    bounds,
)
from domain.remedies.paths import destinations as places
from domain.remedies.terms import (
    Against,
    CourtLevel,
    Place,
    ProceedingKind,
    ReconsiderationOutcome,
    RemedyOrder,
)


@dataclass(frozen=True, slots=True)
class OpenPath:
    """One remedy. `until` None: without a period (complaint), or (`after_days`) only once a
    reconsideration is decided, so many days from its service; or the reply is not known to have
    arrived, and no period runs but what `bounds` says.

    `unsettled`: no text decides the order, the setting did. `ref`: the proceeding it follows.
    `retrial`: an application by either side for the retrial of that; `final`: for a ruling of the
    State Council on it, after which no suit follows and for which no text sets a period.
    `readings`: the last days where no text settles the period, the earliest first.
    `third_party`: of whoever got that letter, not of the applicant.
    """

    remedy: ProceedingKind
    against: Against
    order: RemedyOrder
    unsettled: bool
    order_article: str
    ref: str | None = None
    base: date | None = None
    until: date | None = None
    article: str = ""
    provisional: bool = False
    after_days: int | None = None
    bounds: tuple[Bound, ...] = ()
    readings: tuple[DatedReading, ...] = ()
    organs: tuple[Destination, ...] = ()
    organs_article: str = ""
    court: str | None = None
    court_level: CourtLevel | None = None
    court_article: str = ""
    retrial: bool = False
    final: bool = False
    third_party: str | None = None


def open_paths(state: CaseState) -> tuple[OpenPath, ...]:
    """Every path that is open; none in a case without the law of remedies."""
    law = state.law.remedies
    return () if law is None else tuple(_paths(state, law))


def _paths(state: CaseState, law: RemedyLaw) -> Iterator[OpenPath]:
    running = [d for d in state.deadlines if d.name in (RECONSIDERATION, LAWSUIT)]
    for deadline in running:
        yield _running(state, law, deadline)
    own = (d for d in running if attacks(d.ref)[0] is not Against.RELEASE)
    asked = next((d for d in own if d.name == RECONSIDERATION), None)
    if asked is not None:
        against, _ = attacks(asked.ref)
        yield from _only_afterwards(state, law, against, asked.base)
    yield from _not_yet(state, law)
    yield from _rulings(state, law)
    yield from _retrials(state)
    complaint = state.law.statute.complaint
    lapsed = lapse_rule(state) is not None
    if state.dispatch is not None or state.silence is not None or lapsed:
        first, unsettled, article = _order(state, law, _attacked(state))
        yield OpenPath(
            remedy=ProceedingKind.COMPLAINT,
            against=_attacked(state),
            order=first,
            unsettled=unsettled,
            order_article=article,
            article=complaint.article if complaint else "",
        )


def _not_yet(state: CaseState, law: RemedyLaw) -> Iterator[OpenPath]:
    """The paths against what is not known to have reached whom it concerns."""
    for what in attackable(state, law, None):
        if what.knows is None:
            yield from _bounded(state, law, what)


def _bounded(state: CaseState, law: RemedyLaw, what: Attackable) -> Iterator[OpenPath]:
    lapsed = {lapse.name for lapse in state.path_lapses if lapse.ref == what.ref}
    first, unsettled, order_article = _order(state, law, what.against)
    for path in what.paths:
        if LONGEST[path] in lapsed:
            continue
        asked = path == RECONSIDERATION
        where = _organs(law, what.since) if asked else _court(law, what.since)
        yield OpenPath(
            remedy=ProceedingKind.RECONSIDERATION if asked else ProceedingKind.LITIGATION,
            against=what.against,
            third_party=attacks(what.ref)[1],
            order=first,
            unsettled=unsettled,
            order_article=order_article,
            article=_act_article(law, what.against),
            bounds=tuple(bounds(law, state.calendar, path, what.since)),
            **where,  # type: ignore[arg-type]
        )
        if asked and what.against is not Against.RELEASE:
            yield from _only_afterwards(state, law, what.against, what.since)


def _act_article(law: RemedyLaw, against: Against) -> str:
    """By what text an act beside the reply may be attacked."""
    rule = {Against.LAPSE: law.rules.lapse, Against.RELEASE: law.rules.override}.get(against)
    return rule.article if rule else ""


def _rulings(state: CaseState, law: RemedyLaw) -> Iterator[OpenPath]:
    """Instead of suing over what a province or a State Council department decided on its own act
    (art 26), while neither was done."""
    gone_on = {p.after for p in state.proceedings}
    for p in state.proceedings:
        asked = p.kind is ProceedingKind.RECONSIDERATION and not p.final and p.decided
        if not asked or p.outcome == ReconsiderationOutcome.WITHDRAWN or p.ref in gone_on:
            continue
        rule = ruling(law, asked)
        if rule is not None:
            yield OpenPath(
                remedy=ProceedingKind.RECONSIDERATION,
                against=p.against,
                order=RemedyOrder.EITHER,
                unsettled=False,
                order_article="",
                ref=p.ref,
                article=rule.article,
                organs=(Destination(place=Place.STATE_COUNCIL),),
                final=True,
            )


def _retrials(state: CaseState) -> Iterator[OpenPath]:
    for deadline in state.deadlines:
        found = state.proceeding(deadline.ref) if deadline.ref else None
        if deadline.name == RETRIAL and found is not None:
            yield OpenPath(
                remedy=ProceedingKind.LITIGATION,
                against=found.against,
                order=RemedyOrder.EITHER,
                unsettled=False,
                order_article="",
                ref=found.ref,
                base=deadline.base,
                until=deadline.due,
                article=deadline.article,
                provisional=deadline.provisional,
                retrial=True,
            )


def _running(state: CaseState, law: RemedyLaw, deadline: Deadline) -> OpenPath:
    against, third_party = attacks(deadline.ref)
    first, unsettled, order_article = _order(state, law, against)
    shared = {
        "against": against,
        "third_party": third_party,
        "order": first,
        "unsettled": unsettled,
        "order_article": order_article,
        "ref": deadline.ref if against is Against.REPLY else None,
        "base": deadline.base,
        "until": deadline.due,
        "article": "; ".join(filter(None, (deadline.article, _act_article(law, against)))),
        "provisional": deadline.provisional,
        "readings": tuple(_readings(state, law, deadline)),
    }
    if deadline.name == RECONSIDERATION:
        where = _organs(law, _rules_of(state, against) or deadline.base)
        return OpenPath(remedy=ProceedingKind.RECONSIDERATION, **shared, **where)  # type: ignore[arg-type]
    # A period of the text of before ends before the new one comes into force.
    court = _court(law, deadline.due)
    return OpenPath(remedy=ProceedingKind.LITIGATION, **shared, **court)  # type: ignore[arg-type]


def _readings(state: CaseState, law: RemedyLaw, deadline: Deadline) -> Iterator[DatedReading]:
    """The last day by each choice of the setting that decides what a wrong notice comes to."""
    found = (a for a in attackable(state, law, None) if a.ref == deadline.ref)
    what = next(found, None)
    if not deadline.article.endswith(WRONG_NOTICE) or what is None or what.knows is None:
        return
    setting, policy = "wrong_notice", state.law.policy
    dates = {
        choice: counted_path(
            state, law, what, deadline.name, policy.changed(wrong_notice=choice)
        ).due
        for choice in CHOICES[setting]
    }
    if len(set(dates.values())) > 1:
        for choice, day in sorted(dates.items(), key=lambda pair: pair[1]):
            yield DatedReading(day, setting, choice, choice == policy.wrong_notice)


def _only_afterwards(
    state: CaseState, law: RemedyLaw, against: Against, since: date
) -> Iterator[OpenPath]:
    """A suit that waits for the reconsideration, which may be asked for since that day."""
    first, unsettled, order_article = _order(state, law, against)
    if first is not RemedyOrder.RECONSIDERATION_FIRST:
        return
    try:
        term = period(law.litigation, "sue_after_reconsideration", since)
    except InputError:
        return
    yield OpenPath(
        remedy=ProceedingKind.LITIGATION,
        against=against,
        order=first,
        unsettled=unsettled,
        order_article=order_article,
        after_days=term.n,
        article=term.article,
    )


def _organs(law: RemedyLaw, on: date) -> dict[str, object]:
    organs, article = places(law, on)
    return {"organs": organs, "organs_article": article}


def _court(law: RemedyLaw, on: date) -> dict[str, object]:
    level = court_rule(law, on)
    return {
        "court": law.organ.court,
        "court_level": level.level if level else None,
        "court_article": level.article if level else "",
    }


def _attacked(state: CaseState) -> Against:
    if state.dispatch is not None:
        return Against.REPLY
    return Against.INACTION if state.ending is None else Against.LAPSE


def _rules_of(state: CaseState, against: Against) -> date | None:
    """The day that decides which rules hold: of knowing, else of dispatch, or of the silence."""
    if against is Against.INACTION:
        return state.silence.due if state.silence else None
    if against is Against.LAPSE:
        return (state.ending.told or state.ending.on) if state.ending else None
    if against is Against.RELEASE:
        return None
    return known_since(state) or (state.dispatch.on if state.dispatch else None)


def _order(state: CaseState, law: RemedyLaw, against: Against) -> tuple[RemedyOrder, bool, str]:
    known = _rules_of(state, against)
    if known is None:
        return RemedyOrder.EITHER, False, ""
    kind = state.reply.reply_kind if state.reply and against is Against.REPLY else None
    return order(law, state.law.policy, against, kind, known)
