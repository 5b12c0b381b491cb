"""One request: its line is read, the clock reckons."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from pydantic import ValidationError

from domain.calendar.model import Calendar
from domain.clock import (
    Channel,
    ClockEvent,
    Receipt,
    Reckoning,
    governing,
    reckon,
)
from domain.clock import ClockEventKind as Kind
from domain.clock.readings import Readings, readings
from domain.errors import Code, InputError
from domain.in_force import in_force
from domain.periods.period import Unit
from domain.policy import Policy
from domain.statute import Statute
from law.files import load_calendar, load_policy, load_statutes
from office.due import fields as read
from office.due.fields import Json
from office.due.in_words import in_words

FIELDS = (
    "id",
    "statute",
    "variant",
    "channel",
    "received",
    "events",
    "policy",
    "calendar",
    "as_of",
)
HOME = "cn"
"""The jurisdiction of a request that names no statute."""

_CONSULTED = (Kind.THIRD_PARTY_CONSULTED, Kind.COPRODUCER_CONSULTED, Kind.AGENCY_CONSULTED)
_ANSWERED = (Kind.THIRD_PARTY_ANSWERED, Kind.COPRODUCER_ANSWERED, Kind.AGENCY_ANSWERED)
EVENT_FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.CORRECTION_NOTICE_SENT: ("correct_by",),
    Kind.CORRECTION_RECEIVED: ("good_reason",),
    **dict.fromkeys(_CONSULTED, ("ref", "delivered")),
    Kind.AGENCY_CONSULTED: ("ref", "delivered", "secrecy"),
    **dict.fromkeys(_ANSWERED, ("ref",)),
    Kind.EXTENSION_GRANTED: ("working_days", "calendar_days", "months", "until", "shown"),
    Kind.FEE_NOTICE_SENT: ("delivered",),
    Kind.LIMIT_SET: ("until",),
    Kind.PAUSED: ("reason",),
    Kind.RESUMED: ("reason",),
    Kind.ACKNOWLEDGED: ("until",),
}
"""What an event may carry beside kind and day."""

_LENGTHS = {
    "working_days": None,  # in units of the period, whatever they are
    "calendar_days": Unit.CALENDAR_DAY,
    "months": Unit.MONTH,
}
"""How long an extension is, by the unit its name says."""


def answer(line: Json) -> dict[str, Any]:
    """The answer to a request line, without its id. Raises what the clock and the readers raise."""
    try:
        return in_words(counted(line))
    except OverflowError:  # a day after the last that a date can hold
        read.wrong("received", "date_range")


def counted(line: Json, held: Calendar | None = None) -> Readings:
    """What a request line comes to, by each reading of it; `held`: the calendar an office has, in
    the place of the packaged one of its name. Raises what the clock and the readers raise;
    OverflowError for a day after the last."""
    read.only(line, FIELDS)
    channel = read.word(Channel, read.needed(line, "channel"), "channel")
    received = read.day_or_instant(read.needed(line, "received"), "received")
    events = _events(line.get("events"))
    policy = _policy(line.get("policy"))
    named = _named_statute(line.get("statute"), received)
    receipt = _receipt(channel, received, named)
    last = events[-1].at if events else receipt.arrived
    as_of = read.day(line["as_of"], "as_of") if line.get("as_of") is not None else last
    given = line.get("calendar")
    calendar = None if given is None else read.calendar(given, "calendar")
    asked = line.get("variant")
    variant = None if asked is None else read.words(asked, "variant")
    packaged = partial(_calendar, held)
    return readings(
        lambda choice: _reckon(
            named, calendar or packaged, choice, receipt, events, as_of, variant
        ),
        policy,
    )


def _calendar(held: Calendar | None, name: str) -> Calendar:
    return held if held is not None and held.name == name else load_calendar(name)


def _reckon(
    named: Statute | str,
    days: Calendar | Callable[[str], Calendar],
    policy: Policy,
    receipt: Receipt,
    events: Sequence[ClockEvent],
    as_of: date,
    variant: str | None,
) -> Reckoning:
    """The receipt day is worked out under the law in force on arrival; its law governs."""
    statutes = load_statutes()
    if isinstance(named, str):
        arrived_under = in_force(statutes, named, receipt.arrived)
        calendar = _of(days, arrived_under)
        statute = governing(statutes, named, calendar, policy, receipt, events)
    else:
        statute = arrived_under = named
        for other in statutes:
            if other.jurisdiction == named.jurisdiction and other.in_force(receipt.arrived):
                arrived_under = other
        calendar = _of(days, named)
        if named.in_force_to is not None and receipt.arrived > named.in_force_to:
            raise InputError(Code.STATUTE_NOT_IN_FORCE, statute=named.id, day=receipt.arrived)
    return reckon(
        statute,
        calendar,
        policy,
        receipt,
        events,
        as_of,
        arrived_under=arrived_under,
        variant=variant,
    )


def _of(days: Calendar | Callable[[str], Calendar], statute: Statute) -> Calendar:
    return days if isinstance(days, Calendar) else days(statute.calendar)


def _named_statute(value: object, received: date) -> Statute | str:
    """A statute by its id, or the jurisdiction that leaves the choice to the receipt day."""
    if value is None:
        return HOME
    name = read.words(value, "statute")
    for statute in load_statutes():
        if statute.id == name:
            return statute
        if statute.jurisdiction == name:
            return name
    known = ", ".join(statute.id for statute in load_statutes())
    raise InputError(Code.NO_STATUTE, name=name, day=str(received)[:10], known=known)


def _receipt(channel: Channel, received: date, named: Statute | str) -> Receipt:
    """An instant arrives on the local day of the law's zone."""
    if not isinstance(received, datetime):
        return Receipt(channel=channel, arrived=received)
    home = named if isinstance(named, Statute) else _any_of(named)
    try:
        local = received.astimezone(home.tzinfo)
    except OverflowError:
        read.wrong("received", "date_range")
    return Receipt(channel=channel, arrived=local.date(), arrived_at=received)


def _any_of(jurisdiction: str) -> Statute:
    return next(s for s in load_statutes() if s.jurisdiction == jurisdiction)


def _policy(value: object) -> Policy:
    """The default settings with those of the line."""
    if value is None:
        return load_policy()
    given = dict(read.mapping(value, "policy"))
    read.only(given, Policy.model_fields, "policy.")
    if given.get("committed_working_days") == "none":
        given["committed_working_days"] = None
    try:
        return Policy(**{**dict(load_policy()), **given})
    except ValidationError as error:
        read.refuse(error, "policy", depth=1)


def _events(value: object) -> list[ClockEvent]:
    if value is None:
        return []
    listed = read.sequence(value, "events")
    return [read_event(entry, f"events[{i}]") for i, entry in enumerate(listed)]


def read_event(value: object, at: str) -> ClockEvent:
    """An event of a line. Raises bad_field with the place of what is wrong."""
    entry = read.mapping(value, at)
    kind = read.word(Kind, read.needed(entry, "kind", f"{at}."), f"{at}.kind")
    day = read.day(read.needed(entry, "at", f"{at}."), f"{at}.at")
    if len(entry) == 2:
        if kind in (Kind.EXTENSION_GRANTED, Kind.LIMIT_SET):
            read.wrong(f"{at}.{EVENT_FIELDS[kind][0]}", "missing")
        return ClockEvent(kind, day)
    allowed = EVENT_FIELDS.get(kind, ())
    read.only(entry, ("kind", "at", *allowed), f"{at}.")
    more = {
        name: _READERS[name](entry[name], f"{at}.{name}")
        for name in allowed
        if entry.get(name) is not None
    }
    if kind is Kind.EXTENSION_GRANTED:
        _only_one_length(more, at)
        for name, unit in _LENGTHS.items():
            if name in more:
                more["working_days"] = more.pop(name)
                more["unit"] = unit
    elif kind is Kind.LIMIT_SET and not more:
        read.wrong(f"{at}.until", "missing")
    return ClockEvent(kind, day, **more)


def _only_one_length(more: Mapping[str, Any], at: str) -> None:
    lengths = [name for name in more if name != "shown"]
    if len(lengths) != 1:
        name = lengths[1] if lengths else "working_days"
        read.wrong(f"{at}.{name}", "one_length" if lengths else "missing")


_READERS: Mapping[str, Any] = {
    "ref": read.words,
    "delivered": read.day,
    "secrecy": read.truth,
    "correct_by": read.day,
    "good_reason": read.truth,
    **dict.fromkeys(_LENGTHS, lambda value, field: read.integer(value, field, least=1)),
    "until": read.day,
    "shown": read.day,
    "reason": read.words,
}
