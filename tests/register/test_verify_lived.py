"""Cases as the domain lives them: what the register shows of them follows from the record."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from domain.case import facts as f
from domain.case.agenda import idle_until, upcoming
from domain.case.people import Role
from domain.case.summary import Status, Summary
from domain.case.tasks import summarise
from domain.statute import Party
from register.engine import Register
from register.models import ConsultationRow, RecordItem, Request, SignOff
from register.reads import queries
from register.verify import verify
from register.writes.record import record
from tests.domain.case.desk import Desk, in_state
from tests.register.office import registered


def in_work() -> Desk:
    return Desk.open(date(2024, 3, 4)).assign()


def granted() -> Desk:
    desk = in_work().add("a").add("b").review("a").review("b", f.Decision.WITHHOLD)
    desk.do(Role.LEADER_IN_CHARGE, f.Signed())
    return (
        desk.review("a").do(Role.LEADER_IN_CHARGE, f.Signed()).do(Role.PRINCIPAL_LEADER, f.Signed())
    )


def never_signed() -> Desk:
    desk = in_work().add("a").review("a").do(Role.LEADER_IN_CHARGE, f.Signed())
    return desk.do(Role.DISCLOSURE_HEAD, desk.annulled("signed"))


def overdue() -> Desk:
    return in_work().until(date(2024, 4, 12))


def consulted() -> Desk:
    sent = f.ConsultationSent(ref="c1", party=Party.THIRD_PARTY, name="某公司")
    return in_work().do(Role.HANDLER, sent).until(date(2024, 4, 20))


def lapsed() -> Desk:
    asked = f.CorrectionNoticeSent(points="请明确年度")
    return in_work().do(Role.HANDLER, asked).until(date(2024, 5, 20))


def extended() -> Desk:
    desk = in_work().do(Role.HANDLER, f.ExtensionAsked(working_days=10, reason="量大"))
    return desk.do(Role.DISCLOSURE_HEAD, f.ExtensionGranted()).do(Role.HANDLER, f.ExtensionTold())


def line(desk: Desk) -> Summary:
    thing = upcoming(desk.state)
    return summarise(desk.state, thing.instant if thing else idle_until(desk.state))


STATES = [pytest.param(partial(in_state, where), id=where) for where in Status]


@pytest.mark.parametrize(
    "live", [granted, never_signed, overdue, consulted, lapsed, extended, *STATES]
)
def test_a_lived_case_verifies(register: Register, live: Callable[[], Desk]) -> None:
    desk = live()
    start = {"law": desk.start.law.model_dump(mode="json"), "organ": desk.start.organ}
    case_id = registered(register, start_input=start).id
    for event in desk.events:
        with register.writing() as session:
            record(session, case_id, [event], line(desk))
    report = verify(register)
    assert report.differences == ()
    with register.reading() as session:
        assert queries.events(session, case_id) == desk.events
        running = {
            (d.name, d.ref, d.due)
            for d in queries.deadlines(session, case_id)
            if not d.superseded_by_seq and d.due
        }
        assert running == {(d.name, d.ref, d.due) for d in desk.state.deadlines}

        def rows(table: Any) -> list[Any]:
            return list(session.query(table).filter_by(case_id=case_id))

        assert [(i.ref, i.released_sha256) for i in rows(RecordItem)] == [
            (i.ref, i.review.released_sha256 if i.review else None) for i in desk.state.items
        ]
        request = session.query(Request).filter_by(id=case_id).one()
        if Role.REVIEWER in {task.role for task in line(desk).tasks}:
            assert request.had_items  # which is all that a reviewer's sight asks
        assert (request.had_items, request.was_signed) == (
            bool(rows(RecordItem)),
            bool(rows(SignOff)),
        )
        standing = [s for s in rows(SignOff) if s.voided_by_seq is None]
        assert [(s.role, s.person, s.signed_on) for s in standing] == [
            (s.role, s.person, s.on) for s in desk.state.signatures
        ]
        assert [(c.ref, c.delivered, c.silent_on is not None) for c in rows(ConsultationRow)] == [
            (c.ref, c.delivered, c.silent) for c in desk.state.consultations
        ]
