"""An office, a request and events for tests of the register."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from domain.case import facts as f
from domain.case.act import DeadlineChange, Event
from domain.case.facts import NewApplicant
from domain.case.people import Role
from domain.case.summary import Mover, Status, Summary, Task
from domain.clock import Receipt, Span
from domain.statute import Channel
from domain.values import OFFICE_ZONE
from register.engine import Register
from register.office_chain import Author
from register.writes.directory import Directory, load_directory
from register.writes.requests import (
    NewRequest,
    RegisteredRequest,
    Series,
    register_request,
)

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=OFFICE_ZONE)
DUE = date(2026, 3, 30)
ARTICLE = "《政府信息公开条例》第三十三条"


def _user(user: str, name: str, *roles: str, **more: Any) -> dict[str, Any]:
    held = [{"role": role, "organ": "jianning"} for role in roles]
    return {"id": user, "name": name, "roles": held, **more}


FIRST_DAY = date(2026, 3, 2)
BY = Author("admin", "command_line:desk", datetime(2026, 1, 5, 9, tzinfo=UTC))

OFFICE = Directory.model_validate(
    {
        "organs": [
            {
                "id": "jianning",
                "name": "建宁县人民政府",
                "level": "government",
                "departments": [{"id": "zfb", "name": "政府办"}, {"id": "czj", "name": "财政股"}],
            },
            {"id": "edu", "name": "建宁县教育局", "level": "department"},
        ],
        "users": [
            _user("wang", "王芳", "intake", email="wang@example.gov.cn"),
            _user("li", "李明", "handler", email="li@example.gov.cn"),
            _user("zhao", "赵静", "reviewer", "handler"),
            _user("qian", "钱进", "leader_in_charge"),
            _user("sun", "孙立", "principal_leader", "supervisor"),
            _user("zhou", "周宏", "supervisor", language="en"),
            _user("wu", "吴敏", "disclosure_head"),
        ],
    }
)


def new_request(command_id: str = "c-1", **other: Any) -> NewRequest:
    """A request by post of 2026-03-02."""
    values: dict[str, Any] = {
        "command_id": command_id,
        "person": "wang",
        "organ": "jianning",
        "channel": "mail_signed",
        "arrived": date(2026, 3, 2),
        "registered_on": date(2026, 3, 2),
        "statute": "cn-2019",
        "applicant": NewApplicant(name="张玥", contact="建宁县城关"),
        "subject": "2025年度部门预算",
        "start_input": {"organ": "jianning"},
    }
    return NewRequest(**{**values, **other})


def registered(register: Register, command_id: str = "c-1", **other: Any) -> RegisteredRequest:
    """A registered request in `register`."""
    with register.writing() as session:
        return put_in_the_book(session, new_request(command_id, **other))


def put_in_the_book(session: Session, new: NewRequest) -> RegisteredRequest:
    """`new` under the next number of its series, its words as they are."""
    series = Series(training=new.training, year=new.registered_on.year)
    return register_request(session, series, new.command_id, lambda case: new)


def with_office(register: Register) -> Register:
    """`register` with the office loaded."""
    with register.writing() as session:
        load_directory(session, OFFICE, FIRST_DAY, BY)
    return register


def event(seq: int, what: f.Fact, person: str = "li", **other: Any) -> Event:
    """Event `seq`, a minute after the one before."""
    role = Role.SYSTEM if person == "system" else Role.HANDLER
    values: dict[str, Any] = {
        "seq": seq,
        "at": NOW + timedelta(minutes=seq),
        "effective_on": NOW.date(),
        "person": person,
        "role": role,
        "command_id": None if person == "system" else f"act-{seq}",
        "what": what,
    }
    return Event(**{**values, **other})


def deadline(due: date | None = DUE, **other: Any) -> DeadlineChange:
    """The reply limit, set or moved to `due`."""
    values: dict[str, Any] = {
        "name": "reply",
        "base": date(2026, 3, 2),
        "due": due,
        "article": ARTICLE,
        "why": "registered",
        "calendar_version": "2026-1",
        "cause": "arrived",
        "own": True,
        "ledger": (Span(date(2026, 3, 3), DUE, 20, "working_day", ARTICLE),),
    }
    return DeadlineChange(**{**values, **other})


def first(**other: Any) -> Event:
    """The registration, with the limit of the reply."""
    receipt = Receipt(channel=Channel.MAIL_SIGNED, arrived=date(2026, 3, 2))
    return event(1, f.Registered(receipt=receipt), "wang", **{"deadlines": (deadline(),), **other})


def assigned(seq: int = 2, handler: str = "li", **other: Any) -> Event:
    """The case goes to `handler`."""
    return event(seq, f.Assigned(department="zfb", handler=handler), "wang", **other)


def alarm(seq: int, step: str = "reminder_3", to: str = "handler", **other: Any) -> Event:
    """A delivered step of the reply's ladder."""
    fields: dict[str, Any] = {
        "limit": "reply",
        "step": step,
        "due": DUE,
        "instant": datetime(2026, 3, 25, 9, tzinfo=OFFICE_ZONE),
        "to": to,
        "delivery": f.Delivery.DELIVERED,
    }
    return event(seq, f.AlarmRaised(**{**fields, **other}), "system")


def summary(seq: int, **other: Any) -> Summary:
    """A case in hand of li, due on DUE."""
    values: dict[str, Any] = {
        "seq": seq,
        "status": Status.IN_HAND,
        "mover": Mover.OFFICE,
        "clock_state": "running",
        "receipt_day": date(2026, 3, 2),
        "department": "zfb",
        "handler": "li",
        "due": DUE,
        "due_at": datetime(2026, 3, 31, tzinfo=OFFICE_ZONE),
        "provisional": False,
        "reply_kind": None,
        "dispatch": None,
        "ending": None,
        "next_alarm": datetime(2026, 3, 23, 1, tzinfo=UTC),
        "tasks": (
            Task(kind="reply_drafted", role=Role.HANDLER, person="li", department="zfb", due=DUE),
        ),
    }
    return Summary(**{**values, **other})


def notes(begin: int, count: int) -> Iterator[Event]:
    """`count` remarks from event `begin` on."""
    return (event(begin + i, f.Noted(text=f"第{begin + i}条")) for i in range(count))
