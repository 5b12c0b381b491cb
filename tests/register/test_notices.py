"""Who hears of what: once, in their language, and never nobody."""

from datetime import UTC, date, datetime

import pytest

import texts
from domain.case import facts as f
from domain.case.act import Consequences, Event
from domain.case.notices import NOTICED, UNFOUNDED
from register.engine import Register
from register.reads import queries
from register.reads.queries import NoticeLine
from register.writes.directory import Directory, load_directory
from register.writes.outbox import mark_sent, pending_notices
from register.writes.record import record
from tests.register import office
from tests.register.office import alarm, assigned, deadline, event, first, registered


def told(register: Register, *events: Event) -> list[NoticeLine]:
    case_id = registered(register).id
    with register.writing() as session:
        record(session, case_id, events, office.summary(events[-1].seq))
    with register.reading() as session:
        return queries.notices(session, case_id=case_id)


def test_the_new_handler_hears_of_the_case(register: Register) -> None:
    (notice,) = told(register, first(), assigned())
    assert (notice.recipient, notice.kind, notice.state) == ("li", "assigned", "pending")
    assert notice.address == "li@example.gov.cn"
    assert notice.payload == {"number": "依申〔2026〕1号", "case": "2026-0001", "due": "2026-03-30"}


def test_an_alarm_goes_to_the_person_where_there_is_one(register: Register) -> None:
    (notice,) = told(register, first(), alarm(2, person="li"))
    assert (notice.recipient, notice.kind) == ("li", "reminder")
    assert notice.payload["left"] == 3
    assert notice.payload["article"] == office.ARTICLE


def test_an_alarm_to_a_role_goes_to_all_who_hold_it(register: Register) -> None:
    notices = told(register, first(), alarm(2, "overdue", "supervisor", late=1))
    assert [n.recipient for n in notices] == ["sun", "zhou"]
    assert {n.payload["late"] for n in notices} == {1}


def test_whoever_was_told_for_nothing_hears_it_once(register: Register) -> None:
    late = event(4, f.EntryAnnulled(seq=1, reason="误记（虚构）"))
    taken_back = late.changed(consequences=Consequences(unfounded=(2, 3)))
    notices = told(
        register,
        first(),
        alarm(2, person="li"),
        alarm(3, "overdue", "supervisor", late=1),
        taken_back,
    )
    back = [(n.recipient, n.payload["limit"]) for n in notices if n.kind == UNFOUNDED]
    assert sorted(back) == [("li", "reply"), ("sun", "reply"), ("zhou", "reply")]


def test_a_person_with_two_grants_of_the_role_hears_once(register: Register) -> None:
    twice = office.OFFICE.model_dump(mode="json")
    grants = [{"organ": "jianning"}, {"organ": "jianning", "department": "zfb"}]
    twice["users"][1] |= {"id": "both", "roles": [{"role": "legal", **g} for g in grants]}
    with register.writing() as session:
        load_directory(session, Directory.model_validate(twice), office.FIRST_DAY, office.BY)
    notices = told(register, first(), alarm(2, to="legal"))
    assert [n.recipient for n in notices] == ["both"]


@pytest.mark.parametrize("delivery", [f.Delivery.OUTRANKED, f.Delivery.PASSED])
def test_an_alarm_that_was_not_delivered_tells_nobody(
    register: Register, delivery: f.Delivery
) -> None:
    assert told(register, first(), alarm(2, delivery=delivery)) == []


def test_where_nobody_holds_the_role_the_supervisors_hear(register: Register) -> None:
    notices = told(register, first(), alarm(2, to="legal"))
    assert [n.recipient for n in notices] == ["sun", "zhou"]


def test_a_notice_for_nobody_stays_visible(register: Register) -> None:
    away = office.OFFICE.model_dump(mode="json")
    for user in away["users"]:
        user["active"] = False
    with register.writing() as session:
        load_directory(session, Directory.model_validate(away), office.FIRST_DAY, office.BY)
    (notice,) = told(register, first(), alarm(2, to="legal"))
    assert (notice.recipient, notice.address) == ("role:legal", None)


def test_who_acted_is_not_told_of_it(register: Register) -> None:
    own = event(2, f.Assigned(department="zfb", handler="li"), "li")
    assert told(register, first(), own) == []


def test_of_the_past_of_a_case_that_moves_in_only_its_handler_hears(register: Register) -> None:
    at = first().at
    past = [
        assigned(2, "zhao", at=at),
        event(3, f.ExtensionRefused(reason="x"), "wu", at=at),
        event(4, f.Reassigned(department="zfb", handler="li", reason="y"), "wang", at=at),
        alarm(5, "overdue", "supervisor").model_copy(update={"at": at}),
    ]
    notices = told(register, first(), *past)
    assert {(n.recipient, n.kind) for n in notices} == {
        ("li", "reassigned"),
        ("sun", "overdue"),
        ("zhou", "overdue"),
    }


def test_a_moved_day_is_told_to_the_handler_with_both_dates(register: Register) -> None:
    moved = deadline(date(2026, 3, 31), was=office.DUE, why="law_revised")
    kept = deadline(None, name="committed", was=office.DUE, why="law_revised")
    (notice,) = told(
        register,
        first(),
        event(2, f.LawRevised(rules=2), "system", deadlines=(kept,)),
        event(3, f.LawRevised(rules=3), "system", deadlines=(moved,)),
    )
    assert (notice.recipient, notice.seq, notice.payload["was"]) == ("li", 3, "2026-03-30")


def test_a_repeated_batch_tells_nobody_twice(register: Register) -> None:
    case_id = registered(register).id
    for _ in range(3):
        with register.writing() as session:
            record(session, case_id, (first(), assigned()), office.summary(2))
    with register.reading() as session:
        assert len(queries.notices(session, case_id=case_id)) == 1


def test_a_sent_notice_is_not_pending_any_more(register: Register) -> None:
    told(register, first(), assigned())
    with register.reading() as session:
        (waiting,) = pending_notices(session, "2026-0001")
    assert (waiting.name, waiting.language) == ("李明", "zh")
    with register.writing() as session:
        mark_sent(session, waiting.id, datetime.now(UTC), "x.eml")
    with register.reading() as session:
        assert pending_notices(session, "2026-0001") == []
        assert queries.notices(session, recipient="li")[0].attempts == 1


def test_every_kind_of_notice_has_its_text() -> None:
    steps = ("reminder", "last_day", "overdue", "overdue_again", "overdue_higher")
    for kind in (*NOTICED, *steps):
        for part in ("subject", "body"):
            assert texts.has("zh", f"notices.{kind}.{part}"), kind
