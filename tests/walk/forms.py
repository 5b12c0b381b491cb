"""One form per act up to the reply: the fact with its fields filled by a pen."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from domain.case import facts as f
from domain.case.parts import Reply, ReplyStatus
from domain.case.release import check_reply_ready
from domain.case.state import Validity
from domain.clock import Receipt
from domain.errors import YishenError
from domain.remedies.terms import NoticeOfRemedy
from domain.statute import Channel, Party
from domain.tariff import Standard
from tests.walk.office import handlers
from tests.walk.pen import Pen

Form = Callable[[Pen], f.OfficeFact]


def _receipt(pen: Pen) -> Receipt:
    arrived = pen.state.receipt.arrived if pen.state.receipt else pen.today
    return Receipt(channel=pen.any(Channel), arrived=pen.any((arrived, pen.since(arrived))))


def _amended(pen: Pen) -> f.OfficeFact:
    """Mostly another day, at times another receipt."""
    if pen.often(0.3):
        receipt = _receipt(pen)
        confirmed = pen.maybe(pen.since(receipt.arrived), 0.6)
        registered = f.Registered(receipt=receipt, confirmed_on=confirmed)
        return f.EntryAmended(seq=1, what=registered, reason=pen.text())
    entry = pen.entry()
    on = pen.maybe(entry.effective_on + timedelta(days=pen.rng.randint(-5, 5)), 0.9)
    kinds = [kind for kind in FORMS if not kind.startswith(("entry", "conflict"))]
    what: Any = entry.what if pen.often(0.9) else FORMS[pen.any(kinds)](pen)
    return f.EntryAmended(seq=entry.seq, what=what, on=on, reason=pen.text())


def _proposal(pen: Pen) -> int:
    """The number of one that waits, or of anything."""
    waiting = [e.seq for e in pen.state.timeline if e.kind == "entry_proposed"]
    return pen.any(waiting[-2:] or [pen.state.seq])


def _set_aside(pen: Pen) -> int:
    aside = [e.seq for e in pen.state.timeline if e.validity is Validity.SET_ASIDE]
    return pen.any(aside or [pen.state.seq])


def _hands(pen: Pen) -> dict[str, str]:
    if pen.often(0.03):
        return {"department": "ghj", "handler": pen.any(("nobody", "chen", "shen"))}
    department, handler = pen.any(handlers(pen.state.organ))
    return {"department": department, "handler": handler}


def _consultation_sent(pen: Pen) -> f.OfficeFact:
    state = pen.state
    taken = [c.ref for c in state.consultations]
    taken += [c.ref for past in state.rounds for c in past.consultations]
    party = pen.any(Party)
    return f.ConsultationSent(
        ref=pen.fresh("t", taken),
        party=party,
        secrecy=party is Party.AGENCY and pen.any((True, False)),
        name=pen.name(),
        items=pen.some(i.ref for i in state.items),
        delivered=pen.maybe(pen.since(pen.on)),
    )


def _open_letter(pen: Pen) -> str:
    return pen.known((c.ref for c in pen.state.consultations if c.answered is None), "t")


def _answered(pen: Pen) -> f.OfficeFact:
    answer = pen.any(f.Answer)
    share = 0.95 if answer is f.Answer.OBJECTS else 0.3
    return f.ConsultationAnswered(
        ref=_open_letter(pen), answer=answer, reason=pen.maybe(pen.text(), share)
    )


def _fee_notice(pen: Pen) -> f.OfficeFact:
    standards: tuple[Standard, ...] = ("item", "page")
    standard = pen.any(standards)
    amount = Decimal(pen.rng.randint(1, 90_000)) / 100
    by_item, by_page = standard == "item", standard == "page"
    return f.FeeNoticeSent(
        standard=standard,
        amount=amount,
        ground=pen.text(),
        how_to_pay=pen.text(),
        delivered=pen.maybe(pen.since(pen.on)),
        items=pen.maybe(pen.rng.randint(1, 40)) if by_item else None,
        items_before=pen.maybe(pen.rng.randint(0, 40)) if by_item else None,
        pages=pen.maybe(pen.rng.randint(1, 400)) if by_page else None,
        by_tariff=pen.maybe(amount if pen.often(0.9) else Decimal(10)),
        because=pen.maybe(pen.text(), 0.3),
    )


def _fee_paid(pen: Pen) -> f.OfficeFact:
    owed = pen.state.fee.amount if pen.state.fee else Decimal("10.00")
    return f.FeePaid(amount=owed if pen.often(0.95) else Decimal("1.00"))


def _item_added(pen: Pen) -> f.OfficeFact:
    taken = [i.ref for i in pen.state.items]
    taken += [i.ref for past in pen.state.rounds for i in past.items]
    return f.ItemAdded(
        ref=pen.fresh("a", taken),
        title=pen.line(),
        sha256=pen.maybe(pen.sha(), 0.85),
        pages=pen.maybe(pen.rng.randint(1, 300)),
    )


def _item_replaced(pen: Pen) -> f.OfficeFact:
    return f.ItemReplaced(
        ref=pen.known(i.ref for i in pen.state.items),
        title=pen.maybe(pen.line()),
        sha256=pen.maybe(pen.sha(), 0.85),
        pages=pen.maybe(pen.rng.randint(1, 300)),
    )


def _item_reviewed(pen: Pen) -> f.OfficeFact:
    waiting = [i.ref for i in pen.state.items if i.review is None]
    ref = pen.known(waiting or (i.ref for i in pen.state.items))
    item = pen.state.item(ref)
    own = item.sha256 if item else None
    decision = pen.any((f.Decision.RELEASE, *f.Decision))
    cleaned = decision is f.Decision.RELEASE_DEIDENTIFIED
    return f.ItemReviewed(
        ref=ref,
        decision=decision,
        sha256=pen.maybe(own),
        released_sha256=pen.maybe(pen.sha(), 0.95) if cleaned else pen.maybe(own, 0.1),
        ground=pen.maybe(pen.text(), 0.95 if decision is f.Decision.WITHHOLD else 0.2),
        article=pen.maybe("art 16"),
        public_interest=pen.maybe(pen.text(), 0.15),
    )


def _signed(pen: Pen) -> f.OfficeFact:
    return f.Signed(items=pen.state.released if pen.often(0.3) else ())


def _returned(pen: Pen) -> f.OfficeFact:
    return f.Returned(reason=pen.text(), items=pen.some(i.ref for i in pen.state.items))


def _training_advanced(pen: Pen) -> f.OfficeFact:
    days = pen.rng.randint(1, 20)
    if pen.often(0.5):
        return f.TrainingAdvanced(days=days)
    return f.TrainingAdvanced(to=pen.today + timedelta(days))


def _reply_drafted(pen: Pen) -> f.OfficeFact:
    kinds = pen.state.law.statute.replies
    fitting = [code for code, kind in kinds.items() if kind.dispatchable and _fits(pen, code)]
    pick = fitting if fitting and pen.often(0.75) else list(kinds)
    code = pen.any(pick)
    needed = kinds[code].needs_fields
    fields: dict[str, Any] = {}
    for name in ("ground", "location", "search_record", "right_agency"):
        fields[name] = pen.maybe(pen.text(), 0.97 if name in needed else 0.15)
    return f.ReplyDrafted(
        reply_kind=code, reasons=pen.text(), article=pen.maybe("art 36"), **fields
    )


def _fits(pen: Pen, code: str) -> bool:
    """Whether a reply of that kind could be approved as things stand."""
    reply = Reply(
        reply_kind=code, reasons="x", article="", drafted_by="x", status=ReplyStatus.DRAFTED
    )
    try:
        check_reply_ready(pen.state.model_copy(update={"reply": reply}))
    except YishenError:
        return False
    return True


def _dispatched(pen: Pen) -> f.OfficeFact:
    usual = tuple(c for c in f.DispatchChannel if c is not f.DispatchChannel.PRIVATE_COURIER)
    return f.Dispatched(
        channel=pen.any(usual if pen.often(0.95) else f.DispatchChannel),
        remedy_notice=pen.any((NoticeOfRemedy.GIVEN, NoticeOfRemedy.GIVEN, *NoticeOfRemedy)),
    )


FORMS: dict[str, Form] = {
    "registered": lambda pen: f.Registered(receipt=_receipt(pen)),
    "receipt_confirmed": lambda pen: f.ReceiptConfirmed(),
    "entry_amended": _amended,
    "entry_annulled": lambda pen: f.EntryAnnulled(seq=pen.entry().seq, reason=pen.text()),
    "conflict_kept": lambda pen: f.ConflictKept(seq=_set_aside(pen), reason=pen.text()),
    "entry_approved": lambda pen: f.EntryApproved(seq=_proposal(pen)),
    "entry_refused": lambda pen: f.EntryRefused(seq=_proposal(pen), reason=pen.text()),
    "withdrawn": lambda pen: f.Withdrawn(reason=pen.maybe(pen.text())),
    "voided": lambda pen: f.Voided(reason=pen.text()),
    "assigned": lambda pen: f.Assigned.model_validate(_hands(pen)),
    "reassigned": lambda pen: f.Reassigned.model_validate(_hands(pen) | {"reason": pen.text()}),
    "noted": lambda pen: f.Noted(text=pen.text()),
    "training_advanced": _training_advanced,
    "correction_notice_sent": lambda pen: f.CorrectionNoticeSent(
        points=pen.text(),
        correct_by=pen.maybe(pen.any((pen.later(), pen.on + timedelta(pen.rng.randint(0, 20))))),
    ),
    "correction_received": lambda pen: f.CorrectionReceived(),
    "late_correction_accepted": lambda pen: f.LateCorrectionAccepted(reason=pen.text()),
    "reinstated": lambda pen: f.Reinstated(until=pen.later(), reason=pen.text()),
    "consultation_sent": _consultation_sent,
    "consultation_delivered": lambda pen: f.ConsultationDelivered(ref=_open_letter(pen)),
    "consultation_answered": _answered,
    "override_told": lambda pen: f.OverrideTold(
        ref=pen.known((c.ref for c in pen.state.consultations if c.answered is not None), "t")
    ),
    "extension_asked": lambda pen: f.ExtensionAsked(
        working_days=pen.rng.randint(1, 21), reason=pen.text()
    ),
    "extension_granted": lambda pen: f.ExtensionGranted(),
    "extension_refused": lambda pen: f.ExtensionRefused(reason=pen.text()),
    "extension_told": lambda pen: f.ExtensionTold(),
    "limit_set": lambda pen: f.LimitSet(until=pen.later(1, 90), reason=pen.text()),
    "fee_notice_sent": _fee_notice,
    "fee_paid": _fee_paid,
    "item_added": _item_added,
    "item_replaced": _item_replaced,
    "item_reviewed": _item_reviewed,
    "signed": _signed,
    "returned": _returned,
    "reply_drafted": _reply_drafted,
    "reply_approved": lambda pen: f.ReplyApproved(),
    "reply_returned": lambda pen: f.ReplyReturned(reason=pen.text()),
    "dispatched": _dispatched,
    "delivered": lambda pen: f.Delivered(),
}
