"""Who hears of what: a rule, as who may do what is one.

A notice carries the limit and its dates, and no free text: reasons and subjects may name the
applicant. Who holds a role, and where a notice reaches them, is looked up in the register.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.case import facts as f
from domain.case.act import Event
from domain.case.people import Role
from domain.case.revising import Flag
from domain.case.second_person import second
from domain.case.summary import Summary

NOTICED = (
    "assigned",
    "reassigned",
    "entry_amended",
    "entry_annulled",
    "entry_proposed",
    "entry_refused",
    "withdrawn",
    "voided",
    "correction_received",
    "late_correction_accepted",
    "reinstated",
    "limit_set",
    "extension_granted",
    "extension_refused",
    "returned",
    "reply_approved",
    "reply_returned",
    "lapsed",
    "consultation_silent",
    "law_revised",
    "inaction_opened",
    "case_reopened",
    "reconsideration_received",
    "lawsuit_received",
    "complaint_received",
    "judgment_effective",
)
"""Events whose next mover is told, beside the delivered alarms; a revision where it moved a day."""

UNFOUNDED = "alarm_unfounded"
"""The kind of the notice that takes back what an alarm said."""

INSTEAD = (Role.SUPERVISOR, Role.ADMIN)
"""Who hears when nobody holds the role that should."""

_LEGAL_HEARS = (
    f.ReconsiderationReceived,
    f.LawsuitReceived,
    f.ComplaintReceived,
    f.JudgmentEffective,
)
"""News of proceedings for `legal`."""

_NEWS_AT_ONCE = (f.AlarmRaised, f.Assigned, f.Reassigned, f.InactionOpened)

_DAYS_BEFORE = "reminder_"


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing to tell: its kind, to which person or else role, and the words it needs."""

    kind: str
    role: Role
    person: str | None
    payload: dict[str, Any] = field(default_factory=dict)


def is_notice(event: Event) -> bool:
    """Whether somebody is to hear of the event by a notice."""
    fact = event.what
    if isinstance(fact, f.AlarmRaised):
        return fact.delivery is f.Delivery.DELIVERED
    if isinstance(fact, f.LawRevised):
        return any(d.was is not None and d.due not in (None, d.was) for d in event.deadlines)
    return fact.kind in NOTICED


def tellings(event: Event, summary: Summary, registered_at: datetime | None) -> tuple[Telling, ...]:
    """Whom `event` is told to, and what; `summary` as of after it, `registered_at` the instant at
    which the case was registered.

    What was recorded at that instant is the past of a case that moved in: of it only who has the
    case now, the step of an overdue limit, and silence, is news; of a case that came here finished
    nothing, as nobody has anything to do.
    """
    if not is_notice(event):
        return ()
    if event.at == registered_at:
        finished = summary.ending is not None and not summary.tasks
        if finished or not isinstance(event.what, _NEWS_AT_ONCE):
            return ()
    return tuple(_told(event, summary))


def _told(event: Event, summary: Summary) -> Iterator[Telling]:
    fact = event.what
    if isinstance(fact, f.AlarmRaised):
        yield alarm_told(fact)
    elif isinstance(fact, f.InactionOpened):
        yield Telling(fact.kind, Role.LEGAL, None, {})
        yield Telling(fact.kind, Role.SUPERVISOR, None, {})
    elif isinstance(fact, _LEGAL_HEARS):
        yield Telling(fact.kind, Role.LEGAL, None, {})
    elif isinstance(fact, f.Assigned | f.Reassigned):
        if fact.handler == summary.handler and fact.handler != event.person:
            yield Telling(fact.kind, Role.HANDLER, fact.handler, _due(summary))
    elif isinstance(fact, f.LawRevised):
        yield from _moved(event, summary)
    elif isinstance(fact, f.EntryProposed):
        yield Telling(fact.kind, second(event.role), None, {})
    elif isinstance(fact, f.EntryRefused):
        yield Telling(fact.kind, Role.HANDLER, fact.proposer, {})
    elif summary.handler not in (None, event.person):
        yield Telling(fact.kind, Role.HANDLER, summary.handler, _due(summary))


def _moved(event: Event, summary: Summary) -> Iterator[Telling]:
    """Whoever works on the case hears of the limit that matters most; the supervisors hear that
    what they were told was overdue is not."""
    moved = [d for d in event.deadlines if d.due is not None and d.was not in (None, d.due)]
    first = min(moved, key=lambda d: (d.name != "reply", d.name != "committed"))
    payload = {
        "limit": first.name,
        "ref": first.ref,
        "was": first.was.isoformat() if first.was else None,
        "due": first.due.isoformat() if first.due else None,
        "article": first.article,
        **({"provisional": True} if first.provisional else {}),
    }
    role = Role.HANDLER if summary.handler else Role.INTAKE
    yield Telling(event.what.kind, role, summary.handler, payload)
    if Flag.NO_LONGER_OVERDUE in event.warnings:
        yield Telling(Flag.NO_LONGER_OVERDUE, Role.SUPERVISOR, None, payload)


def alarm_told(fact: f.AlarmRaised) -> Telling:
    """What a delivered step of a ladder tells, and whom."""
    kind = "reminder" if fact.step.startswith(_DAYS_BEFORE) else fact.step
    days = fact.step.removeprefix(_DAYS_BEFORE)
    payload = {
        "limit": fact.limit,
        "ref": fact.ref,
        "due": fact.due.isoformat(),
        "left": int(days) if days.isdigit() else 0,
        "late": fact.late,
    }
    role = Role(fact.to) if fact.to in set(Role) else Role.SUPERVISOR
    return Telling(kind, role, fact.person, payload)


def _due(summary: Summary) -> dict[str, Any]:
    due = {"due": summary.due.isoformat() if summary.due else None}
    return due | ({"provisional": True} if summary.provisional else {})
