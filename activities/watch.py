"""Reminding those who keep the calendar that a year's notice is missing."""

from datetime import datetime

from temporalio import activity

from activities.failures import told_to_temporal
from activities.register import RegisterActivities
from domain.calendar.model import Calendar
from domain.calendar.watch import is_time, missing, next_look
from domain.values import legal_day
from register.reads.calendars import newest_calendar
from register.writes.reminders import remind_of_year
from workflows.activity_names import WATCH_CALENDAR


class WatchActivities:
    """Made once by the worker. `fallback`: the calendar while none was loaded."""

    def __init__(self, office: RegisterActivities, fallback: Calendar) -> None:
        self._office = office
        self._fallback = fallback

    @activity.defn(name=WATCH_CALENDAR, no_thread_cancel_exception=True)
    def watch_calendar(self, now: datetime) -> datetime:
        """Remind where a year is missed, once a day however often asked; the next instant."""
        with told_to_temporal():
            with self._office.register.reading() as session:
                calendar = newest_calendar(session) or self._fallback
            day = legal_day(now)
            year = missing(calendar, day)
            if year is not None and is_time(calendar, now):
                with self._office.register.writing() as session:
                    remind_of_year(session, year, day)
                self._office.deliver(None)
            return next_look(calendar, now)
