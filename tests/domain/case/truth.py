"""What became of a case: its record for people to read, and whether two cases are alike."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from domain.case.act import Event
from domain.case.state import CaseState, Validity
from tests.domain.case.desk import Desk, noon
from tests.walk.orders import differences, outcome


class Recorded(Protocol):
    """A case and its whole record."""

    @property
    def state(self) -> CaseState: ...

    @property
    def events(self) -> Sequence[Event]: ...


def page(desk: Recorded) -> list[str]:
    """Every entry but alarms in the order of recording: day, kind, and what became of it."""
    return [
        f"{entry.effective_on:%m-%d} {entry.kind}{_mark(desk, entry.seq)}"
        for entry in desk.state.timeline
        if entry.kind != "alarm_raised"
    ]


def _mark(desk: Recorded, seq: int) -> str:
    entry = desk.state.entry(seq)
    words = ["found late"] if desk.events[seq - 1].found_by is not None else []
    if entry.kept:
        words.append("kept")
    elif entry.validity is not Validity.COUNTS:
        words.append(entry.validity.replace("_", " "))
    return f" ({', '.join(words)})" if words else ""


def alarms(desk: Recorded, limit: str, validity: Validity = Validity.COUNTS) -> list[str]:
    """The steps of that limit that came and have that validity."""
    return [
        f"{entry.effective_on:%m-%d} {entry.what.step}"
        for entry in desk.state.timeline
        if entry.what.kind == "alarm_raised"
        and entry.what.limit == limit
        and entry.validity is validity
    ]


def limits(desk: Recorded) -> dict[str, date]:
    """The last day of every limit that runs and can be missed."""
    return {d.name: d.due for d in desk.state.deadlines if d.name != "correction_notice"}


def same(desk: Desk, right: Desk) -> None:
    """The case is as if it had been recorded right in the first place, by its state and by its
    record alone."""
    assert desk.day == right.day
    found = [outcome(d.state, noon(d.day)) for d in (desk, right)]
    assert list(differences(*found)) == []
    assert desk.refolded() == desk.state
