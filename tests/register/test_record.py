"""The record: once, in order, without gaps, chained, closed against change."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from domain.case import facts as f
from domain.case.act import Event
from domain.case.people import Role
from domain.case.summary import Status
from domain.errors import Code, InputError
from domain.periods.period import CitedPeriod, Unit
from domain.statute import Party
from register.chain import beginning, canonical, link
from register.engine import Register
from register.models import (
    Base,
    CaseEvent,
    CaseStart,
    ConsultationRow,
    FeeRow,
    RecordItem,
    Request,
    SignOff,
)
from register.reads import queries, tasks
from register.reads.visible import facts_of, viewer_of
from register.verify import verify
from register.writes.record import record
from tests.register import office
from tests.register.office import alarm, assigned, deadline, event, first, notes, registered

HASH = "ab" * 32


def write(register: Register, case_id: str, *events: Event, **other: Any) -> None:
    last = events[-1].seq if events else 0
    with register.writing() as session:
        record(session, case_id, events, office.summary(**{"seq": last, **other}))


def rows(
    register: Register, table: type[Base], case_id: str | None = None, **more: Any
) -> list[Any]:
    of = {"case_id": case_id} if case_id else more
    with register.reading() as session:
        found = session.scalars(select(table).filter_by(**of)).all()
        session.expunge_all()
        return list(found)


def test_a_batch_is_recorded_with_summary_and_tasks(register: Register) -> None:
    case_id = registered(register).id
    write(register, case_id, first(), assigned())
    with register.reading() as session:
        row = queries.case(session, case_id)
        assert (row.line.status, row.line.due, row.line.seq) == (Status.IN_HAND, office.DUE, 2)
        assert [e.kind for e in queries.timeline(session, case_id)] == ["registered", "assigned"]
        assert queries.events(session, case_id) == [first(), assigned()]
        li = viewer_of(session, "li")
        assert [t.kind for t in tasks.tasks_of(session, li)] == ["reply_drafted"]
        assert queries.has_event(session, case_id, 2)
        assert not queries.has_event(session, case_id, 3)
        assert queries.event_count(session, case_id) == 2
        assert queries.event_of_command(session, "act-2") == (case_id, 2)


def test_repeating_a_batch_changes_nothing(register: Register) -> None:
    case_id = registered(register).id
    write(register, case_id, first(), assigned())
    before = rows(register, CaseEvent, case_id)
    write(register, case_id, first(), assigned())
    write(register, case_id, first())
    after = rows(register, CaseEvent, case_id)
    assert [(e.seq, e.hash, e.written_at) for e in after] == [
        (e.seq, e.hash, e.written_at) for e in before
    ]
    with register.reading() as session:
        assert queries.case(session, case_id).line.seq == 2


def test_a_batch_that_overlaps_appends_only_what_is_new(register: Register) -> None:
    case_id = registered(register).id
    write(register, case_id, first(), assigned())
    write(register, case_id, assigned(), *notes(3, 2))
    assert [e.seq for e in rows(register, CaseEvent, case_id)] == [1, 2, 3, 4]


def test_other_content_under_a_recorded_number_is_refused(register: Register) -> None:
    case_id = registered(register).id
    write(register, case_id, first(), assigned())
    with pytest.raises(InputError) as refused:
        write(register, case_id, first(), assigned(handler="zhao"))
    assert refused.value.code is Code.RECORD_CONFLICT


def test_an_event_written_before_a_field_was_added_is_still_the_same(register: Register) -> None:
    case_id = registered(register).id
    body = canonical(first()).replace('"warnings":[]', '"warnings": []')
    assert body != canonical(first())
    assert Event.model_validate_json(body) == first()
    write(register, case_id, first())
    with register.writing() as session:
        _without_triggers(session.connection().engine.dialect.name, session)
        session.execute(text("UPDATE case_events SET body = :body"), {"body": body})
    write(register, case_id, first())


def test_a_gap_is_refused_and_nothing_is_written(register: Register) -> None:
    case_id = registered(register).id
    with pytest.raises(InputError) as refused:
        write(register, case_id, first(), *notes(3, 1))
    assert refused.value.code is Code.RECORD_GAP
    assert rows(register, CaseEvent, case_id) == []


def test_an_unknown_case_is_refused(register: Register) -> None:
    with pytest.raises(InputError) as refused:
        write(register, "2026-0009", first())
    assert refused.value.code is Code.UNKNOWN_CASE


def test_events_are_chained_over_their_exact_text(register: Register) -> None:
    case_id = registered(register).id
    write(register, case_id, first())
    write(register, case_id, assigned(), *notes(3, 3))
    (start,) = rows(register, CaseStart, case_id)
    prev = beginning(start.input)
    for row in rows(register, CaseEvent, case_id):
        assert row.prev_hash == prev
        assert row.hash == link(prev, case_id, row.body)
        prev = row.hash


@pytest.mark.parametrize("table", ["case_events", "access_log"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET person = 'x'", "DELETE FROM {}"])
def test_the_record_refuses_change(register: Register, table: str, verb: str) -> None:
    case_id = registered(register).id
    write(register, case_id, first())
    from register.writes.access import Attempt, log_access

    assert log_access(register, Attempt("wang", "register", "ok", case_id))
    with pytest.raises(DBAPIError, match="append-only"), register.writing() as session:
        session.execute(text(verb.format(table)))


def test_the_same_command_id_in_two_cases_loses_no_event(register: Register) -> None:
    """What the engine has answered, the record takes (docs/decisions/004-writing-the-record.md)."""
    one, two = registered(register, "c-1").id, registered(register, "c-2").id
    for case_id in (one, two):
        write(register, case_id, first(), assigned(command_id="twice"))
    assert len(rows(register, CaseEvent, two)) == 2


# -- projections --------------------------------------------------------------------------------


def test_a_moved_limit_keeps_the_one_before(register: Register) -> None:
    case_id = registered(register).id
    write(register, case_id, first(), assigned())
    later = deadline(date(2026, 4, 28), was=office.DUE, why="extension_told")
    write(register, case_id, event(3, f.ExtensionTold(), deadlines=(later,)))
    stopped = deadline(None, was=later.due, why="correction_notice_sent")
    write(register, case_id, event(4, f.Noted(text="x"), deadlines=(stopped,)))
    with register.reading() as session:
        lines = queries.deadlines(session, case_id)
    assert [(d.due, d.was, d.set_by_seq, d.superseded_by_seq) for d in lines] == [
        (office.DUE, None, 1, 3),
        (later.due, office.DUE, 3, 4),
        (None, later.due, 4, None),
    ]
    assert lines[0].ledger[0] == {
        "from": "2026-03-03",
        "to": "2026-03-30",
        "counted": 20,
        "why": "working_day",
        "article": office.ARTICLE,
    }


def test_limits_of_two_consultations_do_not_supersede_each_other(register: Register) -> None:
    case_id = registered(register).id
    sent = [
        event(
            n + 2,
            f.ConsultationSent(ref=ref, party=Party.THIRD_PARTY, name="某公司"),
            deadlines=(deadline(name="third_party_answer", ref=ref),),
        )
        for n, ref in enumerate(("a", "b"))
    ]
    answered = event(
        4,
        f.ConsultationAnswered(ref="a", answer=f.Answer.OBJECTS, reason="商业秘密"),
        deadlines=(deadline(None, name="third_party_answer", ref="a"),),
    )
    silent = event(5, f.ConsultationSilent(ref="b"), "system")
    write(register, case_id, first(), *sent, answered, silent)
    with register.reading() as session:
        running = [d for d in queries.deadlines(session, case_id) if not d.superseded_by_seq]
    assert [(d.name, d.ref, d.due) for d in running] == [
        ("reply", None, office.DUE),
        ("third_party_answer", "b", office.DUE),
        ("third_party_answer", "a", None),
    ]
    letters = rows(register, ConsultationRow, case_id)
    assert [(c.ref, c.answer, c.silent_on) for c in letters] == [
        ("a", "objects", None),
        ("b", None, office.NOW.date()),
    ]


def test_a_changed_item_voids_review_and_signatures(register: Register) -> None:
    case_id = registered(register).id
    release = f.ItemReviewed(ref="1", decision=f.Decision.RELEASE, sha256=HASH)
    signed = f.Signed(items=(f.ItemHash(ref="1", sha256=HASH),))
    write(
        register,
        case_id,
        first(),
        event(2, f.ItemAdded(ref="1", title="预算", sha256=HASH, pages=3)),
        event(3, release, "zhao"),
        event(4, signed, "qian", role=Role.LEADER_IN_CHARGE),
    )
    (item,) = rows(register, RecordItem, case_id)
    assert (item.decision, item.released_sha256, item.reviewer) == ("release", HASH, "zhao")
    (sign_off,) = rows(register, SignOff, case_id)
    assert (sign_off.role, sign_off.voided_by_seq) == ("leader_in_charge", None)
    assert sign_off.items == [{"ref": "1", "sha256": HASH}]

    write(register, case_id, event(5, f.ItemReplaced(ref="1", sha256="cd" * 32)))
    (item,) = rows(register, RecordItem, case_id)
    assert (item.title, item.decision, item.sha256) == ("预算", None, "cd" * 32)
    (sign_off,) = rows(register, SignOff, case_id)
    assert sign_off.voided_by_seq == 5


ITEM = event(2, f.ItemAdded(ref="1", title="预算", sha256=HASH))
SIGNED = event(3, f.Signed(), "qian", role=Role.LEADER_IN_CHARGE)
REOPENED = f.CaseReopened(
    ref="r1",
    period=CitedPeriod(n=10, unit=Unit.WORKING_DAY, article=office.ARTICLE),
    closes=1,
    replied=True,
)


@pytest.mark.parametrize(
    ("more", "had_items", "was_signed"),
    [
        pytest.param([], False, False, id="nothing"),
        pytest.param([ITEM], True, False, id="item"),
        pytest.param([ITEM, SIGNED], True, True, id="signed"),
        pytest.param(
            [ITEM, SIGNED, event(4, f.Returned(reason="缺页"), "qian")], True, True, id="returned"
        ),
        pytest.param(
            [ITEM, SIGNED, event(4, REOPENED)],
            True,
            True,
            id="replied_anew",
        ),
        pytest.param(
            [ITEM, SIGNED, event(4, f.EntryAnnulled(seq=3, reason="误登"))],
            True,
            False,
            id="signature_annulled",
        ),
        pytest.param(
            [ITEM, event(3, f.EntryAnnulled(seq=2, reason="误登"))], False, False, id="annulled"
        ),
    ],
)
def test_the_line_says_whether_items_were_added_and_somebody_signed(
    register: Register, more: list[Event], had_items: bool, was_signed: bool
) -> None:
    """As the tables of items and signatures have it, whatever became of these."""
    case_id = registered(register).id
    for one in (first(), *more):
        write(register, case_id, one)
    write(register, case_id, *more[:1])  # told again, late
    (line,) = rows(register, Request, id=case_id)
    assert (line.had_items, line.was_signed) == (had_items, was_signed)
    there = [bool(rows(register, table, case_id)) for table in (RecordItem, SignOff)]
    assert there == [had_items, was_signed]
    with register.reading() as session:
        facts = facts_of(session, [case_id])[case_id]
    assert (facts.had_items, facts.was_signed) == (had_items, was_signed)
    assert verify(register).holds


def test_a_fee_is_noticed_and_paid(register: Register) -> None:
    case_id = registered(register).id
    notice = f.FeeNoticeSent(
        standard="page",
        amount=Decimal("270.00"),
        ground="页数过多",
        how_to_pay="柜台",
    )
    write(register, case_id, first(), event(2, notice))
    write(register, case_id, event(3, f.FeePaid(amount=Decimal("270.00"))))
    (fee,) = rows(register, FeeRow, case_id)
    assert (str(fee.amount), fee.paid_on, fee.lapsed_on) == ("270.00", office.NOW.date(), None)


def test_a_summary_without_events_is_kept(register: Register) -> None:
    case_id = registered(register).id
    write(register, case_id, first(), alarm(2))
    write(register, case_id, seq=2, tasks=(), handler=None)
    with register.reading() as session:
        assert queries.case(session, case_id).line.handler is None
        assert tasks.tasks_of(session, viewer_of(session, "li")) == []


def _without_triggers(dialect: str, session: Any) -> None:
    if dialect == "sqlite":
        session.execute(text("DROP TRIGGER case_events_no_UPDATE"))
    else:
        session.execute(text("ALTER TABLE case_events DISABLE TRIGGER USER"))
