"""One form per act of remedies: reconsiderations, suits through the instances, complaints."""

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from domain.case import facts as f
from domain.periods.period import Unit
from domain.remedies import terms as t
from domain.remedies.proceeding import Document, Proceeding
from domain.values import OFFICE_ZONE
from tests.walk.forms import Form
from tests.walk.pen import Pen
from tests.walk.planted import planted

_STEMS = {"reconsideration": "r", "litigation": "s", "complaint": "c"}


def _new(pen: Pen, kind: t.ProceedingKind) -> dict[str, Any]:
    """What every proceeding begins with."""
    fields: dict[str, Any] = {
        "ref": pen.fresh(_STEMS[kind], [p.ref for p in pen.state.proceedings]),
        "docket": pen.maybe(planted("（2026）某行初1号（虚构）")),
        "filed": pen.maybe(pen.lately(30)),
        "document": pen.maybe(pen.sha(), 0.2),
        "against": pen.any(t.Against) if pen.often(0.3) else _likely(pen),
        "round": pen.maybe(pen.rng.randint(1, 3), 0.1),
        "third_party": pen.maybe(pen.known((c.ref for c in pen.state.consultations), "t"), 0.1),
    }
    return fields


def _likely(pen: Pen) -> t.Against:
    replied = pen.state.dispatch is not None or any(r.dispatch for r in pen.state.rounds)
    return t.Against.REPLY if replied else t.Against.INACTION


def _reconsideration(pen: Pen) -> f.OfficeFact:
    kind = t.ProceedingKind.RECONSIDERATION
    asked = [p.ref for p in pen.state.proceedings if p.kind is kind]
    return f.ReconsiderationReceived(
        organ=pen.name(),
        after=pen.maybe(pen.known(asked, "r"), 0.1),
        accepted=pen.maybe(pen.lately(10), 0.6),
        simplified=pen.often(0.3),
        **_new(pen, t.ProceedingKind.RECONSIDERATION),
    )


def _lawsuit(pen: Pen) -> f.OfficeFact:
    ended = [p for p in pen.state.proceedings if p.outcome is not None]
    suits = [p for p in ended if p.instance is not None]
    instance = pen.any(t.Instance) if suits else t.Instance.FIRST
    earlier = suits if instance is not t.Instance.FIRST else pen.state.proceedings
    after = pen.maybe(pen.known((p.ref for p in earlier), "s"), 0.8 if earlier else 0.05)
    return f.LawsuitReceived(
        instance=instance,
        court=pen.name(),
        after=after,
        by=pen.maybe(pen.any(t.Side), 0.3),
        procedure=pen.maybe(pen.any(t.Procedure), 0.2),
        route=pen.maybe(pen.any(t.Route), 0.1),
        co_defendant=pen.maybe(pen.name(), 0.2),
        **_new(pen, t.ProceedingKind.LITIGATION),
    )


def _complaint(pen: Pen) -> f.OfficeFact:
    fields = _new(pen, t.ProceedingKind.COMPLAINT)
    fields.pop("docket")
    return f.ComplaintReceived(organ=pen.name(), answer_by=pen.maybe(pen.later()), **fields)


def _open(pen: Pen, *kinds: t.ProceedingKind) -> str:
    found = [p.ref for p in pen.state.proceedings if p.outcome is None and p.kind in kinds]
    return pen.known(found, "p")


def _any_open(pen: Pen) -> str:
    return _open(pen, *t.ProceedingKind)


def _end(pen: Pen) -> dict[str, Any]:
    """What every end may order and says of itself."""
    orders = pen.often(0.3)
    return {
        "orders_reply": orders,
        "within": pen.maybe(pen.rng.randint(5, 60), 0.5 if orders else 0.02),
        "within_unit": pen.maybe(pen.any(Unit), 0.4),
        "decided": pen.maybe(pen.lately()),
        "ground": pen.maybe(pen.text(), 0.6),
        "document": pen.maybe(pen.sha(), 0.2),
    }


def _decided(pen: Pen) -> f.OfficeFact:
    return f.ReconsiderationDecided(
        ref=_open(pen, t.ProceedingKind.RECONSIDERATION),
        outcome=pen.any(t.ReconsiderationOutcome),
        served_applicant=pen.maybe(pen.lately(3)),
        **_end(pen),
    )


def _judgment(pen: Pen) -> f.OfficeFact:
    ref = _open(pen, t.ProceedingKind.LITIGATION)
    found = pen.state.proceeding(ref)
    outcomes = list(t.JudgmentOutcome)
    if found is None or found.instance is t.Instance.FIRST:
        outcomes = outcomes[: outcomes.index(t.JudgmentOutcome.AFFIRMED)] * 4 + outcomes
    return f.JudgmentReceived(
        ref=ref,
        form=pen.any(t.DecisionForm),
        outcome=pen.any(outcomes),
        served_other=pen.maybe(pen.lately(3)),
        costs=pen.maybe(Decimal("50.00")),
        costs_borne_by=pen.maybe(pen.any(t.Side)),
        **_end(pen),
    )


def _complaint_decided(pen: Pen) -> f.OfficeFact:
    return f.ComplaintDecided(
        ref=_open(pen, t.ProceedingKind.COMPLAINT),
        outcome=pen.any(t.ComplaintOutcome),
        **_end(pen),
    )


def _appealable(pen: Pen) -> str:
    suits = [p for p in pen.state.proceedings if p.instance is not None]
    likely = [p.ref for p in suits if p.appealable]
    return pen.known(likely if pen.often(0.8) else [p.ref for p in suits], "s")


def _papers(pen: Pen, least: int = 0) -> tuple[Document, ...]:
    number = pen.rng.randint(least, 3)
    return tuple(
        Document(title=pen.line(), sha256=pen.maybe(pen.sha(), 0.8)) for _ in range(number)
    )


def _hearing_set(pen: Pen) -> f.OfficeFact:
    ref = _any_open(pen)
    found = pen.state.proceeding(ref)
    day = pen.later(0, 40)
    return f.HearingSet(
        ref=ref,
        hearing=f"h{pen.rng.randint(1, 2 if found else 3)}",
        at=datetime.combine(day, time(pen.rng.randint(8, 17), 30), OFFICE_ZONE),
        place=pen.maybe(pen.line()),
    )


def _hearing_cancelled(pen: Pen) -> f.OfficeFact:
    called: list[tuple[Proceeding, str]] = [
        (p, h.hearing) for p in pen.state.proceedings for h in p.hearings
    ]
    if not called:
        return f.HearingCancelled(ref=_any_open(pen), hearing="h1")
    proceeding, hearing = pen.any(called)
    return f.HearingCancelled(ref=proceeding.ref, hearing=hearing)


def _accountability(pen: Pen) -> f.OfficeFact:
    refs = [p.ref for p in pen.state.proceedings]
    return f.AccountabilityRecorded(
        ref=pen.maybe(pen.known(refs), 0.6 if refs else 0.02),
        measure=pen.any(t.Measure),
        article="art 53",
        text=pen.text(),
    )


REMEDY_FORMS: dict[str, Form] = {
    "reconsideration_received": _reconsideration,
    "reconsideration_procedure_changed": lambda pen: f.ReconsiderationProcedureChanged(
        ref=_open(pen, t.ProceedingKind.RECONSIDERATION),
        simplified=pen.often(0.5),
        reason=pen.maybe(pen.text()),
    ),
    "reconsideration_extended": lambda pen: f.ReconsiderationExtended(
        ref=_open(pen, t.ProceedingKind.RECONSIDERATION),
        calendar_days=pen.rng.randint(1, 30) if pen.often(0.9) else 45,
    ),
    "reconsideration_decided": _decided,
    "reconsideration_served_applicant": lambda pen: f.ReconsiderationServedOnApplicant(
        ref=pen.known(
            (p.ref for p in pen.state.proceedings if p.kind is t.ProceedingKind.RECONSIDERATION),
            "r",
        )
    ),
    "lawsuit_received": _lawsuit,
    "judgment_received": _judgment,
    "judgment_served_on_other": lambda pen: f.JudgmentServedOnOther(ref=_appealable(pen)),
    "appeal_filed": lambda pen: f.AppealFiled(ref=_appealable(pen), by=pen.any(t.Side)),
    "answer_submitted": lambda pen: f.AnswerSubmitted(ref=_any_open(pen), documents=_papers(pen)),
    "evidence_listed": lambda pen: f.EvidenceListed(ref=_any_open(pen), documents=_papers(pen, 1)),
    "mediation_held": lambda pen: f.MediationHeld(
        ref=_any_open(pen), agreed=pen.often(0.5), terms=pen.maybe(pen.text())
    ),
    "proceeding_suspended": lambda pen: f.ProceedingSuspended(
        ref=_any_open(pen), reason=pen.text()
    ),
    "proceeding_resumed": lambda pen: f.ProceedingResumed(
        ref=pen.known((p.ref for p in pen.state.proceedings if p.suspended), "p")
    ),
    "hearing_set": _hearing_set,
    "hearing_cancelled": _hearing_cancelled,
    "complaint_received": _complaint,
    "complaint_decided": _complaint_decided,
    "accountability_recorded": _accountability,
    "remedy_notice_faulty": lambda pen: f.RemedyNoticeFaulty(
        notice=pen.any(("missing", "wrong")),
        reconsideration_days=pen.any((None, 30, 90)),
        lawsuit_months=pen.any((None, 3, 12)),
    ),
    "remedy_notice_given": lambda pen: f.RemedyNoticeGiven(),
}
