"""One sample of everything a fact may say: every kind, each value of each closed set, every field
left out and filled."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from domain.calendar.model import Calendar
from domain.case import facts as f
from domain.case.act import Consequences, DeadlineChange, Event, Evidence
from domain.case.facts.correcting import CORRECTIONS
from domain.case.people import Role
from domain.ladder import Ladder
from domain.periods.ledger import Span
from domain.policy import Policy
from domain.remedies.law import RemedyLaw
from domain.statute import Statute
from domain.values import OFFICE_ZONE
from law.files import load_calendar, load_ladder, load_policy, load_statutes
from law.remedy_law import load_remedy_law

WORDS = "文字 words 䶮"
BY_NAME = {
    "limit": "reply",
    "step": "overdue",
    "to": "handler",
    "name": "reply",
    "why": "noted",
    "handler": "li",
    "department": "zfb",
}
"""Plain text that is a code."""


def _given() -> dict[type, Any]:
    remedies = load_remedy_law()
    span = Span(date(2026, 3, 3), date(2026, 3, 30), 20, "working_day", "art 33(2)")
    statute = load_statutes()[-1]
    laws: dict[type, Any] = {Statute: statute, Policy: load_policy(), Calendar: load_calendar("cn")}
    return {**laws, Ladder: load_ladder(), RemedyLaw: remedies, Span: span}


GIVEN = _given()


def kinds() -> list[type[BaseModel]]:
    """The model of every fact there is."""
    return list(_members(f.Fact))


def _members(union: Any) -> Iterator[type[BaseModel]]:
    for part in get_args(union):
        if isinstance(part, type) and issubclass(part, BaseModel):
            yield part
        elif get_origin(part) in (Annotated, Union, UnionType):
            yield from _members(part)


def samples(model: type[BaseModel]) -> Iterator[Any]:
    """With its required fields alone; with all; then with each further value of each field."""
    fields = {name: field for name, field in model.model_fields.items() if name != "kind"}
    every = {name: list(_values(name, field)) for name, field in fields.items()}
    first = {name: values[0] for name, values in every.items()}
    yield model(**{name: first[name] for name, field in fields.items() if field.is_required()})
    yield model(**first)
    for name, values in every.items():
        for value in values[1:]:
            yield model(**{**first, name: value})


def _values(name: str, field: FieldInfo) -> Iterator[Any]:
    yield from _of(name, field.annotation, field.metadata)


def _of(name: str, hint: Any, metadata: Any = ()) -> Iterator[Any]:
    origin = get_origin(hint)
    if hint in GIVEN:
        yield GIVEN[hint]
    elif origin is Annotated:
        inner, *more = get_args(hint)
        yield from _of(name, inner, (*metadata, *more))
    elif origin in (Union, UnionType):
        for part in get_args(hint):
            if part is not NoneType:
                yield from _of(name, part, metadata)
    elif origin is tuple:
        item = get_args(hint)[0]
        yield from ((value,) for value in _of(name, item))
    elif origin is Mapping:
        yield {}
    elif origin is Literal:
        yield from get_args(hint)
    elif hint is bool:
        yield from (True, False)
    elif issubclass(hint, Enum):
        yield from hint
    elif issubclass(hint, BaseModel) and name == "what":
        yield next(samples(hint))  # each has its samples of its own
    elif issubclass(hint, BaseModel):
        yield from samples(hint)
    elif issubclass(hint, datetime):
        yield datetime(2026, 3, 9, 9, 30, tzinfo=OFFICE_ZONE)
        yield datetime(2026, 3, 9, 1, 30, 0, 123456, tzinfo=UTC)
    elif hint is date:
        yield date(2026, 3, 9)
    elif hint is Decimal:
        yield from (Decimal("1200.50"), Decimal("7"))
    elif hint is int:
        yield from [n for n in (1, 30, 2026) if _fits(hint, metadata, n)][:2]
    elif hint is str:
        yield next(value for value in _texts(name) if _fits(hint, metadata, value))
    else:
        raise NotImplementedError(f"{name}: {hint}")


def _texts(name: str) -> Iterator[str]:
    yield from (BY_NAME.get(name, WORDS), "r1", "ab" * 32)


def _fits(hint: Any, metadata: Any, value: Any) -> bool:
    from pydantic import TypeAdapter

    try:
        TypeAdapter(Annotated[hint, *metadata] if metadata else hint).validate_python(value)
    except ValidationError:
        return False
    return True


def every_event() -> list[Event]:
    """Numbered from 1: an event of every sample of every fact, each in full."""
    evidence = tuple(samples(Evidence))
    moved = next(d for d in samples(DeadlineChange) if d.base and d.due)
    deadlines = (moved.changed(was=date(2026, 3, 6)),)
    receipt = next(fact for fact in samples(f.Registered))
    facts = [receipt, *(fact for kind in kinds() for fact in samples(kind))]
    events = []
    for seq, fact in enumerate(facts, 1):
        new = fact.kind in ("item_added", "consultation_sent")
        system = fact.kind in {k.model_fields["kind"].default for k in _members(f.SystemFact)}
        events.append(
            Event(
                seq=seq,
                at=datetime(2026, 3, 2, 10, 0, seq % 60, tzinfo=OFFICE_ZONE),
                effective_on=date(2026, 3, 2),
                person="system" if system else "wang",
                role=Role.SYSTEM if system else Role.HANDLER,
                command_id=None if system else f"c{seq}",
                digest=None if system else "ab" * 8,
                what=fact.changed(ref=f"r{seq}") if new else fact,
                consequences=Consequences() if fact.kind in CORRECTIONS else None,
                evidence=evidence if seq % 2 else (),
                warnings=("statute_transition",) if seq % 3 == 0 else (),
                clock_state="running" if seq % 3 == 1 else None,
                receipt_day=date(2026, 3, 2) if seq % 5 == 0 else None,
                deadlines=deadlines,
            )
        )
    return events
