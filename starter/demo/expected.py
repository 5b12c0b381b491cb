"""The dates of the story, counted by hand on the wall calendar of 2024.

Rest days: 9-15 to 9-17 (Mid-Autumn), 10-01 to 10-07 (National Day), weekends.
Worked weekend days: Saturday 9-14, Sunday 9-29, Saturday 10-12.
"""

from datetime import date
from typing import NamedTuple

from domain.case.act import Event
from domain.case.facts import AlarmRaised
from domain.values import OFFICE_ZONE
from register.reads.queries import DeadlineLine


class ExpectedLimit(NamedTuple):
    """One setting of a limit: its day 0, its last day."""

    name: str
    base: date
    due: date


class Alarm(NamedTuple):
    """A step of the ladder: when (office time), which limit, which step, to whom."""

    at: str
    limit: str
    step: str
    to: str


def _day(month: int, day: int) -> date:
    return date(2024, month, day)


LIMITS = (
    # received Monday 8-26, 20 working days:
    # 8-27..8-30 (4) 9-02..9-06 (9) 9-09..9-14 (15) 9-18..9-20 (18) 9-23, 9-24 (20)
    ExpectedLimit("reply", _day(8, 26), _day(9, 24)),
    # the notice within 7: 8-27..8-30 (4) 9-02, 9-03, 9-04 (7)
    ExpectedLimit("correction_notice", _day(8, 26), _day(9, 4)),
    # the office's own 15: ... 9-09..9-14 (15), the last of them a worked Saturday
    ExpectedLimit("committed", _day(8, 26), _day(9, 14)),
    # notice 8-27, the applicant has 15: 8-28..8-30 (3) 9-02..9-06 (8) 9-09..9-14 (14) 9-18 (15)
    ExpectedLimit("correction", _day(8, 27), _day(9, 18)),
    # corrected 9-05, anew: 9-06 (1) 9-09..9-14 (7) 9-18..9-20 (10) 9-23..9-27 (15) 9-29, 9-30 (17)
    # 10-08, 10-09, 10-10 (20)
    ExpectedLimit("reply", _day(9, 5), _day(10, 10)),
    # 15: ... 9-23..9-27 (15)
    ExpectedLimit("committed", _day(9, 5), _day(9, 27)),
    # letter sent 9-23, for want of a delivery day the 15 run from there:
    # 9-24..9-27 (4) 9-29, 9-30 (6) 10-08..10-12 (11) 10-14..10-17 (15)
    ExpectedLimit("third_party_answer", _day(9, 23), _day(10, 17)),
    # it arrived 9-24: one day later
    ExpectedLimit("third_party_answer", _day(9, 24), _day(10, 18)),
    # answered 10-14: 9-24 to 10-14 are out; 11 were used up to 9-23, 9 are left:
    # 10-15..10-18 (15) 10-21..10-25 (20)
    ExpectedLimit("reply", _day(9, 5), _day(10, 25)),
    # 4 of 15 are left: 10-15..10-18
    ExpectedLimit("committed", _day(9, 5), _day(10, 18)),
    # told 10-17 of 10 more: 10-28..11-01 (25) 11-04..11-08 (30)
    ExpectedLimit("reply", _day(9, 5), _day(11, 8)),
    # 15 + 10: 10-21..10-25 (20) 10-28..11-01 (25)
    ExpectedLimit("committed", _day(9, 5), _day(11, 1)),
    # sent 11-07: its slip is asked for after 15: 11-08 (1) 11-11..11-15 (6) 11-18..11-22 (11)
    # 11-25..11-28 (15); until it is there only the five years run
    ExpectedLimit("delivery_check", _day(11, 7), _day(11, 28)),
    ExpectedLimit("remedy_reconsideration_longest", _day(11, 7), date(2029, 11, 7)),
    # it arrived 11-11: 60 days, 19 in November, 31 in December (50), 10 in January
    ExpectedLimit("remedy_reconsideration", _day(11, 11), date(2025, 1, 10)),
)

REPLY = ("partly_granted", _day(11, 7), True)
"""Kind, day of dispatch, in time: one working day before the last."""

LEDGER_DAYS = 30
"""20 of the period and 10 of the extension."""

ALARMS = (
    # 5 before 10-18: 10-17, 10-16, 10-15, 10-14, and the worked Saturday 10-12
    Alarm("2024-10-12 09:00", "third_party_answer", "reminder_5", "handler"),
    # 5 before 11-08: 11-07, 11-06, 11-05, 11-04, 11-01; the reviewer has the two items
    Alarm("2024-11-01 09:00", "reply", "reminder_5", "reviewer"),
    # the promise ran out with 11-01
    Alarm("2024-11-02 00:00", "committed", "overdue", "supervisor"),
    # 3 before; the reviewer is done, now the leader must sign
    Alarm("2024-11-05 09:00", "reply", "reminder_3", "leader_in_charge"),
    # 1 before; approved the evening before, to be sent
    Alarm("2024-11-07 09:00", "reply", "reminder_1", "handler"),
)


def limits(deadlines: list[DeadlineLine]) -> tuple[ExpectedLimit, ...]:
    """The settings on record, in order."""
    return tuple(ExpectedLimit(d.name, d.base, d.due) for d in deadlines if d.base and d.due)


def alarms(events: list[Event]) -> tuple[Alarm, ...]:
    """The alarms on record, in order."""
    found = [e.what for e in events if isinstance(e.what, AlarmRaised)]
    return tuple(
        Alarm(f"{a.instant.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}", a.limit, a.step, a.to)
        for a in found
    )
