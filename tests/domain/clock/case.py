"""A short way to write a case down: what arrived, what happened, on which day it is looked at."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.clock import Channel, ClockEvent, LimitName, Receipt, Reckoning, governing, reckon
from domain.clock import ClockEventKind as Kind
from domain.errors import YishenError
from domain.policy import Policy
from law.files import load_calendar, load_statutes

CN = load_calendar("cn")
STATUTES = {statute.id: statute for statute in load_statutes()}


def d(text: str) -> date:
    """A date; `03-29` stands in 2023."""
    return date.fromisoformat(text if len(text) == 10 else f"2023-{text}")


def e(kind: str, at: str, **more: Any) -> ClockEvent:
    """An event."""
    dates = {"delivered", "correct_by", "until"}
    fields: dict[str, Any] = {
        name: d(value) if name in dates else value for name, value in more.items()
    }
    return ClockEvent(Kind(kind), d(at), **fields)


def case(
    *events: ClockEvent,
    received: str = "03-01",
    channel: str = "in_person",
    statute: str | None = None,
    as_of: str | None = None,
    policy: Mapping[str, Any] | None = None,
) -> Reckoning:
    """Reckon a case of the home law; by default one handed in on 2023-03-01, due 03-29."""
    receipt = Receipt(channel=Channel(channel), arrived=d(received))
    settings = Policy(**(policy or {}))
    law = (
        STATUTES[statute]
        if statute
        else governing(tuple(STATUTES.values()), "cn", CN, settings, receipt, events)
    )
    last = events[-1].at if events else receipt.arrived
    return reckon(law, CN, settings, receipt, events, d(as_of) if as_of else last)


def limits(reckoning: Reckoning) -> dict[str, str | None]:
    """The limits by name, with their days."""
    found = {}
    for name in LimitName:
        limit = reckoning.limit(name)
        if limit is not None:
            found[name.value] = limit.due.isoformat() if limit.due else None
    return found


def refusal(*events: ClockEvent, **how: Any) -> str:
    """The code the case is refused with."""
    try:
        case(*events, **how)
    except YishenError as error:
        return error.code.value
    return "accepted"
