"""Every way a case can end, under every statute: decided, handed over, written, projected,
verified, shown and proved."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from cli.case.view import print_case
from domain.case import facts as f
from domain.case.agenda import idle_until, upcoming
from domain.case.answers.proof import limits_of, prove
from domain.case.people import Role
from domain.case.status import status
from domain.case.tasks import summarise
from domain.statute import Statute
from law.files import load_statutes
from office.cases.record import record_of
from papers.evidence import evidence_sheet
from register.engine import Register
from register.reads import queries
from register.verify import verify
from register.writes.record import record
from speech.names import names
from tests.domain.case.desk import Desk, law
from tests.register.office import registered
from tests.register.test_every_event import handed_over
from workflows.activity_names import RecordBatch
from workflows.messages import Carried

STATUTES = {statute.id: statute for statute in load_statutes()}


MONDAYS = (date(2024, 9, 2), date(2017, 9, 4), date(2026, 3, 2))


def opened(statute: Statute) -> Desk:
    start = next(day for day in MONDAYS if statute.in_force(day))
    return Desk.open(start, case_law=law(statute.id)).assign()


def replied(desk: Desk, code: str) -> Desk:
    kind = desk.state.law.statute.replies[code]
    if kind.needs_release:
        desk.add("a").review("a")
    if kind.needs_withheld:
        desk.add("b").review("b", f.Decision.WITHHOLD)
    if kind.needs_signatures:
        desk.sign()
    desk.draft(code, **dict.fromkeys(kind.needs_fields, "文字（虚构）"))
    return desk.approve().dispatch().do(Role.HANDLER, f.Delivered())


def ended_otherwise(desk: Desk, code: str) -> Desk:
    match code:
        case "withdrawn":
            return desk.do(Role.INTAKE, f.Withdrawn(reason="已从他处获得（虚构）"))
        case "correction_lapsed":
            return desk.notice().until(desk.day + timedelta(days=60))
        case "fee_unpaid":
            notice = f.FeeNoticeSent(
                standard="page",
                amount=Decimal("40.00"),
                ground="超过200页",
                how_to_pay="财政专户（虚构）",
            )
            return desk.do(Role.HANDLER, notice).until(desk.day + timedelta(days=60))
    raise NotImplementedError(code)


def kept(register: Register, desk: Desk) -> str:
    """Its record goes over the engine into the register as the worker's would; the case's id."""
    start: dict[str, Any] = {
        "id": desk.start.id,
        "law": desk.start.law.model_dump(mode="json"),
        "organ": desk.start.organ,
    }
    case_id = registered(register, command_id=uuid4().hex, start_input=start).id
    thing = upcoming(desk.state)
    line = summarise(desk.state, thing.instant if thing else idle_until(desk.state))
    batch = RecordBatch(case_id=case_id, events=tuple(desk.events), summary=line)
    arrived = handed_over(batch)
    assert arrived == batch
    assert handed_over(Carried(state=desk.state)).state == desk.state
    with register.writing() as session:
        record(session, case_id, arrived.events, arrived.summary)
    return case_id


def proved(desk: Desk) -> None:
    """Every limit it ever had has its sheet."""
    for name, ref in limits_of(desk.events):
        proof = prove(desk.start, desk.events, name, ref)
        sheet = evidence_sheet(
            proof, organ="某局", number="1", record_sha256="0" * 64, issued_on=desk.day
        )
        assert sheet.canonical()


@pytest.mark.parametrize("statute", STATUTES.values(), ids=STATUTES)
def test_every_end_under_every_statute(
    register: Register, statute: Statute, capsys: pytest.CaptureFixture[str]
) -> None:
    for code, kind in statute.replies.items():
        desk = opened(statute)
        desk = replied(desk, code) if kind.dispatchable else ended_otherwise(desk, code)
        assert desk.state.ending is not None
        case_id = kept(register, desk)
        with register.reading() as session:
            assert queries.events(session, case_id) == desk.events
            shown, known = record_of(session, case_id), names(session)
        row = shown.row.line
        assert (row.status, row.reply_kind) == (status(desk.state), code)
        print_case(shown, known, why=True)
        assert row.number in capsys.readouterr().out
        proved(desk)
    assert verify(register).differences == ()
