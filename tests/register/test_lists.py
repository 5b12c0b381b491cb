"""Lists and tasks: who sees what, in which order, and what is never overdue."""

from datetime import date, datetime
from typing import Any

import pytest

from domain.case.people import Role
from domain.case.summary import Mover, Status, Task
from domain.errors import Code, InputError, Refusal
from domain.values import OFFICE_ZONE, midnight
from register.engine import Register
from register.reads import lists, queries, roster, tasks
from register.reads.filter import Filter
from register.reads.visible import viewer_of
from register.writes.calendars import load_calendar
from register.writes.directory import Directory, load_directory
from register.writes.record import record
from tests.register import office
from tests.register.office import first, registered

AT = datetime(2026, 3, 31, tzinfo=OFFICE_ZONE)


def opened(register: Register, command_id: str, request: dict[str, Any], **other: Any) -> str:
    case_id = registered(register, command_id, **request).id
    with register.writing() as session:
        record(session, case_id, (first(),), office.summary(1, **other))
    return case_id


def ids(register: Register, **wanted: Any) -> list[str]:
    with register.reading() as session:
        return [line.id for line in lists.case_lines(session, Filter(**wanted))]


def test_overdue_begins_at_midnight_after_the_last_day(register: Register) -> None:
    case_id = opened(register, "1", {})
    with register.reading() as session:
        assert (
            lists.overdue_cases(session, datetime(2026, 3, 30, 23, 59, 59, tzinfo=OFFICE_ZONE))
            == []
        )
        assert [c.id for c in lists.overdue_cases(session, AT)] == [case_id]


def test_a_waiting_or_answered_case_is_never_overdue(register: Register) -> None:
    waiting = {"mover": Mover.APPLICANT, "status": Status.CORRECTING, "due": None, "due_at": None}
    opened(register, "1", {}, **waiting)
    opened(register, "2", {}, status=Status.DISPATCHED)
    assert ids(register, overdue_at=AT) == []


def test_lists_go_by_due_instant_with_cases_at_rest_last(register: Register) -> None:
    rest = opened(register, "1", {}, due=None, due_at=None)
    later = opened(register, "2", {}, due_at=datetime(2026, 5, 1, tzinfo=OFFICE_ZONE))
    sooner = opened(register, "3", {})
    assert ids(register) == [sooner, later, rest]


def test_filters(register: Register) -> None:
    one = opened(register, "1", {})
    later = {"due": date(2026, 4, 9), "due_at": midnight(date(2026, 4, 10))}
    two = opened(
        register,
        "2",
        {"organ": "edu"},
        department="czj",
        handler="zhao",
        mover="applicant",
        **later,
    )
    assert ids(register, organ="edu") == [two]
    assert ids(register, department="zfb") == [one]
    assert ids(register, handler="zhao") == [two]
    assert ids(register, due_by=date(2026, 3, 30)) == [one]
    assert ids(register, due_from=date(2026, 4, 1), due_by=date(2026, 4, 30)) == [two]
    assert ids(register, status=[Status.CLOSED]) == []
    assert ids(register, statute="cn-2019") == [one, two]
    assert ids(register, mover="applicant") == [two]
    assert ids(register, channel="fax") == []
    assert ids(register, received_by=date(2026, 3, 1)) == []
    assert ids(register, received_from=date(2026, 3, 2)) == [one, two]
    assert ids(register, dispatched_from=date(2026, 3, 2)) == []
    with register.reading() as session:
        assert lists.count_cases(session, Filter(limit=1)) == 2


def test_training_cases_are_shown_only_when_asked_for(register: Register) -> None:
    case_id = opened(register, "1", {"training": True, "clock_offset": -60})
    assert ids(register) == []
    assert ids(register, training=True) == [case_id]
    with register.reading() as session:
        li = viewer_of(session, "li")
        assert tasks.tasks_of(session, li) == []
        assert len(tasks.tasks_of(session, li, training=True)) == 1


def test_tasks_reach_those_who_hold_the_role_there(register: Register) -> None:
    review = Task(kind="item_reviewed", role=Role.REVIEWER, department="czj", ref="1")
    sign = Task(kind="signed", role=Role.LEADER_IN_CHARGE, due=office.DUE)
    opened(register, "1", {}, tasks=(review, sign))
    opened(register, "2", {"organ": "edu"}, tasks=(sign,))
    people = office.OFFICE.model_dump(mode="json")
    people["users"][2]["roles"] = [
        {"role": "reviewer", "organ": "jianning", "department": "zfb"},
    ]
    with register.writing() as session:
        load_directory(session, Directory.model_validate(people), office.FIRST_DAY, office.BY)
    with register.reading() as session:

        def waiting(user: str) -> list[tuple[str, str]]:
            who = viewer_of(session, user)
            return [(t.case_id, t.kind) for t in tasks.tasks_of(session, who)]

        assert waiting("zhao") == []
        assert waiting("qian") == [("2026-0001", "signed")]


def test_people_and_organs(register: Register) -> None:
    with register.reading() as session:
        who = roster.actor(session, "sun")
        assert [g.role for g in who.grants] == [Role.PRINCIPAL_LEADER, Role.SUPERVISOR]
        assert roster.people(session)["li"] == "李明"
        assert [(o.id, list(o.departments)) for o in roster.organs(session)] == [
            ("jianning", ["zfb", "czj"]),
            ("edu", []),
        ]
        with pytest.raises(Refusal) as refused:
            roster.actor(session, "nobody")
        assert refused.value.code is Code.UNKNOWN_USER
        with pytest.raises(InputError) as unknown:
            queries.case(session, "2026-0404")
        assert unknown.value.code is Code.UNKNOWN_CASE


def test_loading_the_office_again_changes_nothing(register: Register) -> None:
    with register.writing() as session:
        load_directory(session, office.OFFICE, office.FIRST_DAY, office.BY)
    with register.reading() as session:
        assert len(roster.actor(session, "zhao").grants) == 2


def test_a_calendar_version_is_kept_once(register: Register) -> None:
    from law.files import load_calendar as read
    from register.reads.calendars import newest_calendar

    calendar = read("cn")
    with register.writing() as session:
        assert load_calendar(session, calendar, office.BY) is True
        assert load_calendar(session, calendar, office.BY) is False
        other = calendar.model_copy(update={"open_from": None, "__dict__": {}})
        changed = type(calendar)(**{**other.model_dump(), "weekend": ("sun",)})
        with pytest.raises(InputError) as refused:
            load_calendar(session, changed, office.BY)
        assert refused.value.code is Code.CALENDAR_VERSION_TAKEN
        assert newest_calendar(session) == calendar
