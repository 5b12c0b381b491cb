"""The dates of the contested case, counted by hand on the wall calendars of 2024 and 2025.

Rest days: 4-04 to 4-06 (4-07 worked), 5-01 to 5-05 (4-28, 5-11 worked), 6-08 to 6-10, 9-15 to 9-17
(9-14 worked), 10-01 to 10-07 (9-29, 10-12 worked), weekends. Periods in days count them too and end
on a working day.
"""

from datetime import date

from starter.demo.expected import Alarm, ExpectedLimit


def _day(month: int, day: int) -> date:
    return date(2024, month, day)


LIMITS = (
    # received Monday 3-04, 20 working days:
    # 3-05..3-08 (4) 3-11..3-15 (9) 3-18..3-22 (14) 3-25..3-29 (19) 4-01 (20)
    ExpectedLimit("reply", _day(3, 4), _day(4, 1)),
    # a correction notice within 7: 3-05..3-08 (4) 3-11, 3-12, 3-13 (7)
    ExpectedLimit("correction_notice", _day(3, 4), _day(3, 13)),
    # refused 3-20, its slip asked for after 15: 3-21, 3-22 (2) 3-25..3-29 (7) 4-01..4-03 (10)
    # 4-07..4-11 (15); until it is there only the five years run
    ExpectedLimit("delivery_check", _day(3, 20), _day(4, 11)),
    ExpectedLimit("remedy_reconsideration_longest", _day(3, 20), date(2029, 3, 20)),
    # it arrived 3-22: 9 in March, 30 in April (39), 21 in May: Tuesday 5-21
    ExpectedLimit("remedy_reconsideration", _day(3, 22), _day(5, 21)),
    # copy 5-14, our answer within 10 working days: 5-15..5-17 (3) 5-20..5-24 (8) 5-27, 5-28 (10)
    ExpectedLimit("reconsideration_answer", _day(5, 14), _day(5, 28)),
    # accepted 5-09, decided within 60 days: 22 in May, 30 in June (52), 8 in July: Monday 7-08
    ExpectedLimit("reconsideration_decision", _day(5, 9), _day(7, 8)),
    # annulled, served 6-25: 15 days to sue over it: 5 in June, 10 in July
    ExpectedLimit("remedy_lawsuit", _day(6, 25), _day(7, 10)),
    # and 15 days to reply anew, from the same day
    ExpectedLimit("reply", _day(6, 25), _day(7, 10)),
    # the new reply left 7-05: 7-08..7-12 (5) 7-15..7-19 (10) 7-22..7-26 (15)
    ExpectedLimit("delivery_check", _day(7, 5), _day(7, 26)),
    ExpectedLimit("remedy_reconsideration_longest", _day(7, 5), date(2029, 7, 5)),
    # it arrived 7-08: 60 days: 23 in July, 31 in August (54), 6 in September
    ExpectedLimit("remedy_reconsideration", _day(7, 8), _day(9, 6)),
    # copy of the complaint 8-12, 15 days: 8-27
    ExpectedLimit("litigation_defence", _day(8, 12), _day(8, 27)),
    # the court called it for 9-24
    ExpectedLimit("hearing", _day(8, 12), _day(9, 24)),
    # judgment 11-08, 15 days to appeal: Saturday 11-23, so Monday 11-25; for both, while the day
    # of the other side is not known
    ExpectedLimit("appeal", _day(11, 8), _day(11, 25)),
    ExpectedLimit("appeal_other", _day(11, 8), _day(11, 25)),
    # it reached the other side 11-12: Wednesday 11-27
    ExpectedLimit("appeal_other", _day(11, 12), _day(11, 27)),
    # copy of the appeal 12-03, 15 days: 12-18
    ExpectedLimit("litigation_defence", _day(12, 3), _day(12, 18)),
    # affirmed, served 2025-02-11: six months to apply for a retrial, Monday 8-11
    ExpectedLimit("remedy_retrial", date(2025, 2, 11), date(2025, 8, 11)),
)

ALARMS = (
    # 5 and 3 before 5-28: 5-27, 5-24, 5-23, 5-22, 5-21; answered 5-24
    Alarm("2024-05-21 09:00", "reconsideration_answer", "reminder_5", "legal"),
    Alarm("2024-05-23 09:00", "reconsideration_answer", "reminder_3", "legal"),
    # 5 before 7-10: 7-09, 7-08, 7-05, 7-04, 7-03; signed the day before, to be drafted
    Alarm("2024-07-03 09:00", "reply", "reminder_5", "handler"),
    # approved the evening before, to be sent
    Alarm("2024-07-05 09:00", "reply", "reminder_3", "handler"),
    # 5 before 8-27: 8-26, 8-23, 8-22, 8-21, 8-20; answered 8-21
    Alarm("2024-08-20 09:00", "litigation_defence", "reminder_5", "legal"),
    # 3 and 1 before the hearing, and its day: 9-23, 9-20, 9-19
    Alarm("2024-09-19 09:00", "hearing", "reminder_3", "legal"),
    Alarm("2024-09-23 09:00", "hearing", "reminder_1", "legal"),
    Alarm("2024-09-24 09:00", "hearing", "last_day", "legal"),
    # won on 11-08: of our own period to appeal nobody is reminded
    # 5 before 12-18: 12-17, 12-16, 12-13, 12-12, 12-11; answered 12-12
    Alarm("2024-12-11 09:00", "litigation_defence", "reminder_5", "legal"),
)

PROVED = (
    ("reconsideration_answer", 10),
    ("reply", 15),
    ("litigation_defence", 15),
)
"""Limits whose last setting is printed day by day, and the days counted in it."""

FIGURES = {
    # new, carried over; upheld, corrected, other, pending, total
    2024: {
        "reconsideration": (1, 0, 0, 1, 0, 0, 1),
        "litigation_direct": (1, 0, 0, 0, 0, 1, 1),
        "litigation_after": (0, 0, 0, 0, 0, 0, 0),
    },
    # the second instance ended it on 2025-02-11
    2025: {
        "reconsideration": (0, 0, 0, 0, 0, 0, 0),
        "litigation_direct": (0, 1, 1, 0, 0, 0, 1),
        "litigation_after": (0, 0, 0, 0, 0, 0, 0),
    },
}
"""The yearly table of results: one suit over two instances, pending at the end of 2024."""
