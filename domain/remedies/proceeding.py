"""One reconsideration, suit or complaint as it stands, and the limits that run in it."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import StringConstraints

from domain.calendar.model import Calendar
from domain.periods.ledger import ONE_DAY, Gap
from domain.periods.period import Closures, Period, Unit
from domain.periods.running import Running
from domain.policy import Policy
from domain.remedies.counting import CountedLimit, counted
from domain.remedies.law import RemedyLaw, period, suspended_by
from domain.remedies.terms import (
    Against,
    DecisionForm,
    Instance,
    JudgmentOutcome,
    Procedure,
    ProceedingKind,
    RemedyWarning,
    Result,
    Route,
    Side,
)
from domain.values import Value, legal_day
from domain.words import Line

ANSWER_LIMITS = ("reconsideration_answer", "litigation_defence", "complaint_answer")
OPENED_BY = {
    ProceedingKind.RECONSIDERATION: "reconsideration_received",
    ProceedingKind.LITIGATION: "lawsuit_received",
    ProceedingKind.COMPLAINT: "complaint_received",
}
"""The kind of the event by which a proceeding came."""

APPEAL_SIDES = {"appeal": Side.AGENCY, "appeal_other": Side.APPLICANT}
"""Limits of appeal, and whose they are."""

_RESULTS = {
    "upheld": Result.UPHELD,
    "dismissed": Result.UPHELD,
    "unfounded": Result.UPHELD,
    "changed": Result.CORRECTED,
    "annulled": Result.CORRECTED,
    "confirmed_unlawful": Result.CORRECTED,
    "confirmed_void": Result.CORRECTED,
    "ordered_to_perform": Result.CORRECTED,
    "ordered_to_correct": Result.CORRECTED,
    "remanded": Result.PENDING,
}


class Document(Value):
    """A paper of a proceeding: what it is, and its file by hash."""

    title: Line
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None


class Hearing(Value):
    """A hearing that is called; `passed`: its day is over."""

    hearing: str
    at: datetime
    place: str | None = None
    passed: bool = False


class Suspension(Value):
    """Days after `began`, up to and including `ended`, on which no period of it runs."""

    began: date
    ended: date | None = None
    reason: str


class Lapse(Value):
    """One side's period of appeal passed; `on` the day after its last."""

    side: Side
    on: date


class ReplyOrder(Value):
    """The agency has to reply anew. `n` None: within the full period of the statute."""

    n: int | None = None
    unit: Unit = Unit.CALENDAR_DAY


class Proceeding(Value):
    """`received`: day the copy arrived, day 0 of the answer; `served`: day the end was served on
    the agency; `effective`: day it took effect; `overturned`: a higher instance replaced it;
    `filed_by`: sides whose appeal is on record, `appealed_by` those whose appeal keeps it from
    taking effect, `appealed_late` those whose appeal does not. Of a second instance `by`: who
    appealed as its copy says, `appellants`: as is known of all that is on record."""

    ref: str
    kind: ProceedingKind
    instance: Instance | None = None
    procedure: Procedure | None = None
    route: Route | None = None
    against: Against
    third_party: str | None = None
    round: int
    reply_kind: str | None = None
    organ: str | None = None
    court: str | None = None
    docket: str | None = None
    after: str | None = None
    by: Side | None = None
    appellants: tuple[Side, ...] = ()
    co_defendant: str | None = None
    received: date
    filed: date | None = None
    accepted: date | None = None
    simplified: bool = False
    answer_by: date | None = None
    answered: date | None = None
    documents: tuple[Document, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    extended: int = 0
    mediated: bool | None = None
    silent_since: date | None = None
    outcome: str | None = None
    form: DecisionForm | None = None
    decided: date | None = None
    served: date | None = None
    served_other: date | None = None
    costs: Decimal | None = None
    ground: str | None = None
    order: ReplyOrder | None = None
    filed_by: tuple[Side, ...] = ()
    appealed_by: tuple[Side, ...] = ()
    appealed_late: tuple[Side, ...] = ()
    lapses: tuple[Lapse, ...] = ()
    effective: date | None = None
    overturned: bool = False
    reopened: bool = False
    warnings: tuple[RemedyWarning, ...] = ()

    @property
    def suspended(self) -> bool:
        """Whether it stands still now."""
        return bool(self.suspensions) and self.suspensions[-1].ended is None

    @property
    def final(self) -> bool:
        """Whether it is a ruling of the State Council on a decision: no suit follows."""
        return self.kind is ProceedingKind.RECONSIDERATION and self.after is not None

    @property
    def appealable(self) -> bool:
        """Whether its end may be appealed: by the rules of first instance (a retrial too: 2018
        art 119), a judgment, or a ruling that turns the suit away."""
        return (
            self.outcome is not None
            and (self.instance is Instance.FIRST or self.procedure is Procedure.FIRST)
            and (self.form is DecisionForm.JUDGMENT or self.outcome == JudgmentOutcome.REJECTED)
        )

    @property
    def owes_answer(self) -> bool:
        """Whether the agency still has to answer: to an appeal only where it did not appeal itself
        (litigation interpretation 2018 art 108)."""
        ours_alone = self.appellants == (Side.AGENCY,)
        return self.outcome is None and self.answered is None and not ours_alone

    @property
    def lost(self) -> bool:
        """Whether it ended against the agency; else an appeal of ours needs no reminder."""
        return result(self) is Result.CORRECTED

    @property
    def open(self) -> bool:
        """Whether anything may still come of it."""
        if self.outcome is None:
            return True
        return (
            self.kind is ProceedingKind.LITIGATION
            and self.effective is None
            and not self.overturned
        )


def result(proceeding: Proceeding) -> Result:
    """Its column of the yearly table, of its own outcome. What a higher instance made of a suit
    stands in the row of that instance."""
    return result_of(proceeding.outcome)


def result_of(outcome: str | None) -> Result:
    """The column an outcome counts in; without one it is pending."""
    return Result.PENDING if outcome is None else _RESULTS.get(outcome, Result.OTHER)


def limits(
    p: Proceeding, law: RemedyLaw, policy: Policy, calendar: Calendar, complaint: str
) -> Iterator[Running]:
    """The limits of `p` that run; `complaint`: the article by which one may be made. Raises
    calendar_missing, no_statute."""
    for hearing in p.hearings:
        day = legal_day(hearing.at)
        if p.outcome is None and not hearing.passed:
            base = min(p.received, day)
            ref = f"{p.ref}/{hearing.hearing}"
            yield _given(base, day, "hearing").running("hearing", ref, "hearing_set")
    if p.outcome is not None:
        yield from _appeals(p, law, calendar)
    elif not p.suspended:
        if p.owes_answer:
            yield _answer(p, law, policy, calendar, complaint)
        if p.kind is ProceedingKind.RECONSIDERATION and p.accepted and p.silent_since is None:
            name = "decide_simplified" if p.simplified else "decide"
            term = period(law.reconsideration, name, p.accepted, "decide")
            count = counted(term, calendar, p.accepted, _gaps(p, law, p.accepted), p.extended)
            cause = "reconsideration_accepted"
            yield count.running("reconsideration_decision", p.ref, cause)


def _answer(
    p: Proceeding, law: RemedyLaw, policy: Policy, calendar: Calendar, complaint: str
) -> Running:
    gaps, cause = _gaps(p, law, p.received), OPENED_BY[p.kind]
    if p.kind is ProceedingKind.RECONSIDERATION:
        name = "simplified_answer" if p.simplified else "answer"
        term = period(law.reconsideration, name, p.received, "answer")
        count = counted(term, calendar, p.received, gaps)
        return count.running("reconsideration_answer", p.ref, cause)
    if p.kind is ProceedingKind.LITIGATION:
        name = "defence_second" if p.instance is Instance.SECOND else "defence"
        term = period(law.litigation, name, p.received, "defence")
        count = counted(term, calendar, p.received, gaps)
        return count.running("litigation_defence", p.ref, cause)
    if p.answer_by is not None:
        return _given(p.received, p.answer_by, complaint).running("complaint_answer", p.ref, cause)
    article = "; ".join(filter(None, (complaint, "setting complaint_answer_days")))
    term = Period(
        n=policy.complaint_answer_days,
        unit=Unit.WORKING_DAY,
        closures=Closures.OWN,  # no text sets it: the office promises itself
        article=article,
    )
    return counted(term, calendar, p.received).running("complaint_answer", p.ref, cause)


def _appeals(p: Proceeding, law: RemedyLaw, calendar: Calendar) -> Iterator[Running]:
    if not p.appealable or p.effective or p.overturned:
        return
    name = "appeal_judgment" if p.form is DecisionForm.JUDGMENT else "appeal_ruling"
    over = {*p.appealed_by, *(lapse.side for lapse in p.lapses)}
    for limit, side in APPEAL_SIDES.items():
        served = p.served if side is Side.AGENCY else p.served_other
        if side not in over and served is not None:
            term = period(law.litigation, name, served)
            ours = side is Side.AGENCY or served == p.served
            cause = "judgment_received" if ours else "judgment_served_applicant"
            yield counted(term, calendar, served).running(limit, p.ref, cause)


def _given(base: date, due: date, article: str) -> CountedLimit:
    """A day set by hand or by a court."""
    return CountedLimit(base, due, article, False, ())


def _gaps(p: Proceeding, law: RemedyLaw, base: date) -> list[Gap]:
    found = []
    for stop in p.suspensions:
        first = max(stop.began, base) + ONE_DAY
        if stop.ended is not None and first <= stop.ended:
            article = suspended_by(law, p.kind, stop.began)
            found.append(Gap(first, stop.ended, "suspension", article))
    return found
