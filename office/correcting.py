"""Correcting what was recorded: from a few words of a person to the whole fact as it was."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, get_origin

from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from domain.case.facts import EntryAmended, PlainFact, Registered
from domain.case.happening import as_they_stand
from domain.case.people import Role
from domain.case.state import CaseState
from domain.clock import ClockEvent, ClockEventKind, Receipt, governing
from domain.errors import Code, InputError, Refusal
from law import files as lawfiles
from office.desk import Desk
from register.reads import queries
from register.reads.calendars import held_days
from register.reads.states import state_of
from register.reads.touched import slice_for
from texts.problems import problems

PLAIN: TypeAdapter[PlainFact] = TypeAdapter(PlainFact)
JURISDICTION = "cn"

WITHIN = {
    "channel": ("receipt", "channel"),
    "received": ("receipt", "arrived"),
    "applicant": ("applicant", "name"),
    "applicant_kind": ("applicant", "kind"),
    "contact": ("applicant", "contact"),
}
"""Options of a registration, and where their values stand in its fact."""


async def amendment(
    desk: Desk, case: str, seq: int, values: Sequence[str], on: date | None, reason: str
) -> EntryAmended:
    """Entry `seq` with other values (each NAME=VALUE, named as in its act) or on another day; that
    of a registration is the day of arrival.

    InputError(no_such_entry, bad_field, unknown_case), Refusal(amends_nothing).
    """

    def query(session: Session) -> EntryAmended:
        events = as_they_stand(queries.events(session, case))
        event = events.get(seq)
        if event is None or event.role is Role.SYSTEM:
            raise InputError(Code.NO_SUCH_ENTRY, seq=seq, last=len(events))
        given, day = list(values), on
        if isinstance(event.what, Registered) and on is not None:
            given, day = [*given, f"received={on}"], None
        stated = event.what.model_dump(exclude=set(event.filled))
        try:
            stands = PLAIN.validate_python(stated)
            what = PLAIN.validate_python(_with(stated, type(event.what).model_fields, given))
            fact = EntryAmended(seq=seq, what=what, on=day, reason=reason)
        except ValidationError as error:
            raise InputError(Code.BAD_FIELD, problems=problems(error)) from error
        if what == stands and day in (None, event.effective_on):
            raise Refusal(Code.AMENDS_NOTHING, seq=seq)
        return _pinned(session, case, fact)

    return await desk.read(query)


async def right_receipt(
    desk: Desk, case: str, receipt: Receipt, confirmed_on: date | None, reason: str
) -> EntryAmended:
    """The registration with the receipt as it was. InputError(bad_field, unknown_case),
    Refusal(amends_nothing)."""

    def query(session: Session) -> EntryAmended:
        stands = as_they_stand(queries.events(session, case)).get(1)
        if stands is None or not isinstance(stands.what, Registered):
            raise InputError(Code.NO_SUCH_ENTRY, seq=1, last=0)
        what = stands.what.changed(receipt=receipt, confirmed_on=confirmed_on)
        if what == stands.what:
            raise Refusal(Code.AMENDS_NOTHING, seq=1)
        return _pinned(session, case, EntryAmended(seq=1, what=what, reason=reason))

    return await desk.read(query)


def _with(
    stated: dict[str, Any], fields: Mapping[str, Any], values: Sequence[str]
) -> dict[str, Any]:
    """What is stated, with the values given: each named like the option of its act."""
    found = dict(stated)
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
            outer, inner = WITHIN[name]
            found[outer] = (found.get(outer) or {}) | {inner: value}
            if inner == "arrived":
                found[outer] |= {"arrived_at": None}
        elif get_origin(fields[name].annotation) is tuple:
            found[name] = [part.strip() for part in value.split(",")]
        else:
            found[name] = value
    return found


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
        statute=statute if other else None,
        calendar=None if listed else slice_for(calendar, years, max(years)),
    )


def _confirmations(state: CaseState, fact: Registered) -> tuple[ClockEvent, ...]:
    days = [e.effective_on for e in state.happened if e.kind == "receipt_confirmed"]
    first = fact.confirmed_on or (days[0] if days else None)
    return () if first is None else (ClockEvent(ClockEventKind.RECEIPT_CONFIRMED, first),)
