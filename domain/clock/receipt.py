"""The receipt day: day 0 of everything, worked out under the law in force on arrival."""

from collections.abc import Iterable, Sequence
from datetime import date

from domain.calendar.model import Calendar
from domain.clock.model import ClockEvent, ClockEventKind, Receipt
from domain.errors import Code, InputError
from domain.in_force import in_force
from domain.periods.gauge import end
from domain.policy import Policy
from domain.statute import ChannelGroup, DayZero, ReceiptRule, Statute

_ROLLED = (ChannelGroup.ELECTRONIC, ChannelGroup.POST)
"""What may reach the office on a rest day; how it is read then is a setting."""


def receipt_rule(statute: Statute, receipt: Receipt) -> ReceiptRule:
    """The statute's rule for the channel. Raises bad_field when it knows none."""
    rule = statute.receipt.get(receipt.channel)
    if rule is None:
        known = ", ".join(statute.receipt)
        raise InputError(Code.BAD_FIELD, field="channel", detail="one_of", known=known)
    return rule


def needs_confirmation(rule: ReceiptRule, policy: Policy) -> bool:
    """Whether the period waits for both sides to confirm; by the setting electronic_receipt
    = submission an electronic request does not (guiding case 26)."""
    if rule.day_zero is not DayZero.CONFIRMATION:
        return False
    return rule.group is not ChannelGroup.ELECTRONIC or policy.electronic_receipt != "submission"


def receipt_day(
    statute: Statute,
    rule: ReceiptRule,
    policy: Policy,
    calendar: Calendar,
    receipt: Receipt,
    confirmed: date | None,
) -> date | None:
    """Day 0 under `statute`, or None while a confirmation is awaited. Raises calendar_missing."""
    if needs_confirmation(rule, policy):
        return confirmed
    arrived = _by_cut_off(statute, calendar, receipt)
    if rule.group not in _ROLLED or _worked(calendar, arrived):
        return arrived
    electronic = rule.group is ChannelGroup.ELECTRONIC
    by = policy.rest_day_electronic_receipt if electronic else policy.rest_day_post_receipt
    return calendar.roll(arrived) if by == "next_working_day" else arrived


def _worked(calendar: Calendar, day: date) -> bool:
    """Not in a year that nobody listed: what is asked of its days is missing, not assumed."""
    try:
        return calendar.is_working_day(day)
    except InputError:
        return False


def _by_cut_off(statute: Statute, calendar: Calendar, receipt: Receipt) -> date:
    """The day of arrival; the next working day after the cut-off or on a rest day, where the
    statute knows a cut-off."""
    if statute.cut_off is None:
        return receipt.arrived
    if receipt.arrived_at is not None:
        local = receipt.arrived_at.astimezone(statute.tzinfo)
        if local.time() > statute.cut_off.time:
            return calendar.add_working_days(receipt.arrived, 1)
    return calendar.roll(receipt.arrived)


def by_component(
    statute: Statute, calendar: Calendar, day_zero: date, events: Iterable[ClockEvent]
) -> date:
    """Day 0 where the proper component got the request later than the office: that day, but no
    later than the statute allows. Raises calendar_missing."""
    if statute.component is None:
        return day_zero
    for event in events:
        if event.kind is ClockEventKind.COMPONENT_RECEIVED:
            return min(event.at, end(statute.component, day_zero, calendar))
    return day_zero


def first_confirmation(events: Iterable[ClockEvent]) -> date | None:
    """The day both sides confirmed, if they did; a request withdrawn before never is."""
    for event in events:
        if event.kind is ClockEventKind.RECEIPT_CONFIRMED:
            return event.at
        if event.kind is ClockEventKind.WITHDRAWN:
            return None
    return None


def governing(
    statutes: Sequence[Statute],
    jurisdiction: str,
    calendar: Calendar,
    policy: Policy,
    receipt: Receipt,
    events: Iterable[ClockEvent] = (),
) -> Statute:
    """The statute that governs a request: the one in force on its receipt day; while unconfirmed,
    the one in force on arrival. Raises no_statute."""
    on_arrival = in_force(statutes, jurisdiction, receipt.arrived)
    rule = receipt_rule(on_arrival, receipt)
    day = receipt_day(on_arrival, rule, policy, calendar, receipt, first_confirmation(events))
    return on_arrival if day is None else in_force(statutes, jurisdiction, day)
