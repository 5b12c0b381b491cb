"""Correcting what was recorded: from a few words of a person to the whole fact as it was."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, get_origin

from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from domain.case.act import Event
from domain.case.facts import EntryAmended, FeeNoticeSent, PlainFact, Registered
from domain.case.happening import as_they_stand
from domain.case.people import Role
from domain.case.state import CaseState
from domain.clock import ClockEvent, ClockEventKind, Receipt, governing
from domain.errors import Code, InputError, Refusal
from law import files as lawfiles
from law.files import JURISDICTION
from office.acts.fees import repriced
from office.acts.forms.meanings import WITHIN as INNER
from office.desk import Desk
from register.reads import queries
from register.reads.calendars import held_days
from register.reads.states import state_of
from register.reads.touched import slice_for
from register.reads.words import opened
from texts.problems import problems

PLAIN: TypeAdapter[PlainFact] = TypeAdapter(PlainFact)
WITHIN = {name: (outer, *at) for outer, fields in INNER.items() for name, at in fields.items()}
"""Options of a registration, and where their values stand in its fact."""


async def amendment(
    desk: Desk, case: str, seq: int, values: Sequence[str], on: date | None, reason: str
) -> EntryAmended:
    """Entry `seq` with other values (each NAME=VALUE, named as in its act) or on another day; that
    of a registration is the day of arrival.

    InputError(no_such_entry, bad_field, unknown_case), Refusal(amends_nothing).
    """

    def query(session: Session) -> EntryAmended:
        event, stands = standing(session, case, seq)
        given, day = list(values), on
        if isinstance(stands, Registered) and on is not None:
            given, day = [*given, f"received={on}"], None
        return _put_right(session, case, event, stands, _with(stands, given), day, reason)

    return await desk.read(query)


def _put_right(
    session: Session,
    case: str,
    event: Event,
    stands: PlainFact,
    given: dict[str, Any],
    day: date | None,
    reason: str,
) -> EntryAmended:
    try:
        what = PLAIN.validate_python(given)
    except ValidationError as error:
        raise InputError(Code.BAD_FIELD, problems=problems(error)) from error
    if what == stands and day in (None, event.effective_on):
        raise Refusal(Code.AMENDS_NOTHING, seq=event.seq)
    if isinstance(what, FeeNoticeSent) and isinstance(stands, FeeNoticeSent):
        what = repriced(session, case, stands, what, day or event.effective_on)
    return _amended(session, case, event.seq, what, day, reason)


async def amended_as(
    desk: Desk, case: str, seq: int, given: Mapping[str, Any], on: date | None, reason: str
) -> EntryAmended:
    """Entry `seq` with those fields as they were, None where there was nothing; all else as it
    stands. Of a registration its own day of arrival is meant, no other. Raises as `amendment`."""

    def query(session: Session) -> EntryAmended:
        event, stands = standing(session, case, seq)
        day = None if isinstance(stands, Registered) else on
        return _put_right(
            session, case, event, stands, merged(stands.model_dump(), given), day, reason
        )

    return await desk.read(query)


def merged(stands: dict[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """What stands, with what is given in its place, field by field."""
    found = dict(stands)
    for name, value in given.items():
        inner = found.get(name)
        within = isinstance(value, Mapping) and isinstance(inner, dict)
        found[name] = merged(inner or {}, value) if within else value
    return found


async def right_receipt(
    desk: Desk, case: str, receipt: Receipt, confirmed_on: date | None, reason: str
) -> EntryAmended:
    """The registration with the receipt as it was. InputError(bad_field, unknown_case),
    Refusal(amends_nothing)."""

    def query(session: Session) -> EntryAmended:
        _, stands = standing(session, case, 1)
        what = stands.changed(receipt=receipt, confirmed_on=confirmed_on)
        if what == stands:
            raise Refusal(Code.AMENDS_NOTHING, seq=1)
        return _amended(session, case, 1, what, None, reason)

    return await desk.read(query)


def standing(session: Session, case: str, seq: int) -> tuple[Event, PlainFact]:
    """The entry as it stands, and its fact as it was stated: without what the case filled in.
    InputError(no_such_entry, unknown_case)."""
    events = as_they_stand(queries.events(session, case))
    event = opened(session, events.get(seq))
    if event is None or event.role is Role.SYSTEM:
        raise InputError(Code.NO_SUCH_ENTRY, seq=seq, last=len(events))
    try:
        stated = event.what.model_dump(exclude=set(event.filled))
        return event, PLAIN.validate_python(stated)
    except ValidationError as error:
        raise InputError(Code.BAD_FIELD, problems=problems(error)) from error


def _amended(
    session: Session, case: str, seq: int, what: PlainFact, on: date | None, reason: str
) -> EntryAmended:
    try:
        fact = EntryAmended(seq=seq, what=what, on=on, reason=reason)
    except ValidationError as error:
        raise InputError(Code.BAD_FIELD, problems=problems(error)) from error
    return _pinned(session, case, fact)


def _with(stands: PlainFact, values: Sequence[str]) -> dict[str, Any]:
    """What stands, with the values given: each named like the option of its act."""
    found, fields = stands.model_dump(), type(stands).model_fields
    known = [name for name in fields if name not in ("kind", "receipt")]
    if "receipt" in fields:
        known = sorted({*known, *WITHIN})
    for pair in values:
        name, equals, value = pair.partition("=")
        name = name.strip().lstrip("-").replace("-", "_")
        if not equals or name not in known:
            options = ", ".join(known)
            raise InputError(Code.BAD_FIELD, field=name, detail="one_of", known=options)
        if name in WITHIN and "receipt" in fields:
            given = _at(WITHIN[name], value)
            if name == "received":
                given["receipt"] |= {"arrived_at": None}
            found = merged(found, given)
        elif get_origin(fields[name].annotation) is tuple:
            found[name] = [part.strip() for part in value.split(",")]
        else:
            found[name] = value
    return found


def _at(place: Sequence[str], value: str) -> dict[str, Any]:
    """The value at its place."""
    outer, *inner = place
    return {outer: _at(inner, value) if inner else value}


def _pinned(session: Session, case: str, fact: EntryAmended) -> EntryAmended:
    """Of a registration: with the statute, the calendar years and the policy that its receipt
    asks for, where the case has others."""
    if not isinstance(fact.what, Registered):
        return fact
    state, receipt = state_of(session, case), fact.what.receipt
    calendar = held_days(session).calendar or lawfiles.load_calendar(JURISDICTION)
    confirmed = _confirmations(state, fact.what)
    statute = governing(
        lawfiles.load_statutes(), JURISDICTION, calendar, state.law.policy, receipt, confirmed
    )
    years = [receipt.arrived.year, *state.law.calendar.years]
    listed = receipt.arrived.year in state.law.calendar.years
    other = statute.id != state.law.statute.id
    return fact.changed(
        statute=statute.pinned() if other else None,
        calendar=None if listed else slice_for(calendar, years, max(years)),
    )


def _confirmations(state: CaseState, fact: Registered) -> tuple[ClockEvent, ...]:
    days = [e.effective_on for e in state.happened if e.kind == "receipt_confirmed"]
    first = fact.confirmed_on or (days[0] if days else None)
    return () if first is None else (ClockEvent(ClockEventKind.RECEIPT_CONFIRMED, first),)
