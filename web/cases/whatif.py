"""What if: the last days of a case if one more thing happened. Nothing is recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.case.answers.explain import explain
from domain.case.answers.whatif import Shift
from domain.case.state import CaseState
from domain.clock import ClockEvent, ClockEventKind
from domain.errors import YishenError
from office.cases.record import Record
from office.cases.whatif import Supposed, suppose_on_record
from office.desk import Reading
from office.written import written_count, written_day
from speech.ledger import SpokenSpan, ledger_lines
from speech.refusals import messages
from speech.whatif import difference, last_day_words
from speech.words import limit as limit_name
from speech.words import term
from web.cases.limits import ReadingLine, reading_lines
from web.frame.asked import CaseCalled
from web.frame.gate import ByWhom
from web.frame.pages import page, say

router = APIRouter()

K = ClockEventKind

KINDS = (
    *(K.THIRD_PARTY_CONSULTED, K.THIRD_PARTY_ANSWERED),
    *(K.COPRODUCER_CONSULTED, K.COPRODUCER_ANSWERED),
    *(K.AGENCY_CONSULTED, K.AGENCY_ANSWERED),
    *(K.EXTENSION_GRANTED, K.CORRECTION_NOTICE_SENT, K.CORRECTION_RECEIVED),
    *(K.FEE_NOTICE_SENT, K.FEE_PAID, K.RECEIPT_CONFIRMED, K.REPLY_DISPATCHED),
)
"""What may be supposed, in the order in which it is thought of."""

KNOWN = {str(kind): kind for kind in KINDS}

ANSWERED = {
    K.THIRD_PARTY_ANSWERED: "third_party",
    K.COPRODUCER_ANSWERED: "coproducer",
    K.AGENCY_ANSWERED: "agency",
}


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A limit as it is and as it would be, and how far it moves, in words."""

    name: str
    was: date | None
    due: date | None
    difference: str


@dataclass(frozen=True, slots=True)
class SupposedView:
    """What would come of it: the reply's day now and then, in words; the other limits that move;
    how it would be counted."""

    now: str
    then: str
    difference: str
    warnings: tuple[str, ...]
    others: tuple[ShiftLine, ...]
    readings: tuple[ReadingLine, ...]
    spans: tuple[SpokenSpan, ...]


@router.get("/cases/{case}/whatif")
async def what_if(
    request: Request, who: ByWhom, case: CaseCalled, kind: str = "", on: str = "", days: str = ""
) -> Response:
    """The question, and its answer where one was asked."""

    def read(session: Reading, record: Record) -> tuple[Record, SupposedView | None, list[str]]:
        if not kind:
            return record, None, []
        if kind not in KNOWN:
            return record, None, [say("whatif.pick")]
        try:
            event = _event(record.state, kind, on, days, record.today)
            supposed = suppose_on_record(session, record, [event])
            return record, _view(supposed, record.today), []
        except YishenError as no:
            return record, None, messages(no)

    record, found, problems = await who.read_case(case, read)
    return page(
        request,
        "cases/whatif.html",
        status=422 if problems else 200,
        record=record,
        line=record.row.line,
        kinds=[(str(one), term("kind", one)) for one in KINDS],
        given={"kind": kind, "on": on or record.today.isoformat(), "days": days},
        longest=_longest(record.state),
        found=found,
        problems=problems,
    )


def _event(state: CaseState, kind: str, on: str, days: str, today: date) -> ClockEvent:
    """What is supposed. InputError(bad_date)."""
    what, at = KNOWN[kind], written_day(on, today, ahead=True) if on else today
    if what is K.EXTENSION_GRANTED:
        n = written_count(days) if days else _longest(state)
        return ClockEvent(what, at, working_days=n or _longest(state))
    return ClockEvent(what, at, ref=_open_letter(state, what))


def _open_letter(state: CaseState, kind: ClockEventKind) -> str | None:
    """The letter that an answer would be to."""
    party = ANSWERED.get(kind)
    letters = [c for c in state.consultations if c.party == party and c.answered is None]
    return letters[0].ref if letters else None


def _longest(state: CaseState) -> int:
    rule = state.law.statute.extension
    return rule.n if rule else 0


def _view(supposed: Supposed, today: date) -> SupposedView:
    found = supposed.found
    proof = found.proof.own
    lines = explain(proof.ledger, supposed.state, found.proof) if proof.ledger else ()
    return SupposedView(
        now=last_day_words(found.now, today),
        then=last_day_words(found.then, today),
        difference=difference(found.reply),
        warnings=tuple(term("warning", code) for code in found.warnings),
        others=tuple(_shifts(found.others)),
        readings=tuple(reading_lines(found.readings)),
        spans=tuple(ledger_lines(lines)),
    )


def _shifts(shifts: tuple[Shift, ...]) -> Iterator[ShiftLine]:
    for shift in shifts:
        moved = difference(shift) if shift.was and shift.due else ""
        yield ShiftLine(limit_name(shift.name, shift.ref), shift.was, shift.due, moved)
