"""The receipt day: day 0 of everything, worked out under the law in force on arrival."""

from collections.abc import Iterable, Sequence
from datetime import date

from domain.calendars import Calendar
from domain.clock.model import ClockEvent, ClockEventKind, Receipt
from domain.errors import Code, InputError
from domain.policy import Policy
from domain.statute import ChannelGroup, DayZero, ReceiptRule, Statute, in_force


def receipt_rule(statute: Statute, receipt: Receipt) -> ReceiptRule:
    """The statute's rule for the channel. Raises bad_field when it knows none."""
    rule = statute.receipt.get(receipt.channel)
    if rule is None:
        known = ", ".join(statute.receipt)
        raise InputError(Code.BAD_FIELD, field="channel", detail=f"{statute.id}: {known}")
    return rule


def needs_confirmation(rule: ReceiptRule, policy: Policy) -> bool:
    """Whether the period waits for both sides to confirm; by the setting electronic_receipt
    = submission an electronic request does not (guiding case 26)."""
    by_submission = (
        rule.group is ChannelGroup.ELECTRONIC and policy.electronic_receipt == "submission"
    )
    return rule.day_zero is DayZero.CONFIRMATION and not by_submission


def receipt_day(
    rule: ReceiptRule,
    policy: Policy,
    calendar: Calendar,
    receipt: Receipt,
    confirmed: date | None,
) -> date | None:
    """Day 0, or None while a confirmation is awaited. Raises calendar_missing."""
    if needs_confirmation(rule, policy):
        return confirmed
    rolls = {
        ChannelGroup.ELECTRONIC: policy.rest_day_electronic_receipt,
        ChannelGroup.POST: policy.rest_day_post_receipt,
    }
    if rolls.get(rule.group) == "next_working_day":
        return calendar.roll(receipt.arrived)
    return receipt.arrived


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
    day = receipt_day(
        receipt_rule(on_arrival, receipt), policy, calendar, receipt, first_confirmation(events)
    )
    return on_arrival if day is None else in_force(statutes, jurisdiction, day)
