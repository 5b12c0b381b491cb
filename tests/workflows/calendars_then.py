"""Calendars as they were before a notice changed them at short notice, and the notices as files.

What was off and worked before is said in law/calendars/cn.json under `changed_at_short_notice`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from domain.calendar.file import CalendarFile, amended
from domain.calendar.model import Calendar
from domain.values import OFFICE_ZONE
from law.files import load_calendar as packaged
from register.engine import Register
from register.writes.calendars import load_calendar
from tests.register.office import BY


@dataclass(frozen=True)
class Change:
    """A notice issued at short notice: what it says, and how to take it back."""

    issued: date
    notice: str
    says: str
    back: dict[str, list[str]]

    def before(self) -> Calendar:
        """The calendar of the day before."""
        file = CalendarFile.model_validate(
            {
                "kind": "change",
                "issued": self.issued - timedelta(days=1),
                "version": f"before-{uuid4().hex[:12]}",
                "notice": "the notice of the year",
                **self.back,
            }
        )
        return amended(packaged("cn"), file)

    def loaded_before(self, register: Register) -> None:
        """Make the calendar of the day before the newest."""
        with register.writing() as session:
            load_calendar(session, self.before(), BY)

    def file(self, folder: Path) -> Path:
        """The notice as an admin would write it down; a version of its own each time."""
        path = folder / f"{self.issued}.toml"
        path.write_text(
            f'kind = "change"\nissued = {self.issued}\nnotice = "{self.notice}"\n'
            f'version = "{self.issued}-{uuid4().hex[:8]}"\n{self.says}\n',
            encoding="utf-8",
        )
        return path


VICTORY_DAY = Change(
    date(2015, 5, 13),
    "http://www.gov.cn/zhengce/zhengceku/2015-05/13/content_9742.htm",
    "off = [2015-09-03, 2015-09-04]\nwork = [2015-09-06]",
    {"normal": ["2015-09-03", "2015-09-04", "2015-09-06"]},
)
"""70 years: 09-03 and 09-04 off, Sunday 09-06 worked. Before: plain days."""

LABOUR_DAY = Change(
    date(2019, 3, 22),
    "http://www.gov.cn/zhengce/zhengceku/2019-03/22/content_5375877.htm",
    "off = [2019-05-02, 2019-05-03]\nwork = [2019-04-28, 2019-05-05]",
    {"normal": ["2019-05-02", "2019-05-03", "2019-04-28", "2019-05-05"]},
)
"""05-01 to 05-04 off, Sundays 04-28 and 05-05 worked. Before: only 05-01 off."""

SPRING_FESTIVAL = Change(
    date(2020, 1, 26),
    "http://www.gov.cn/zhengce/zhengceku/2020-01/27/content_5472352.htm",
    "off = [2020-01-31]\nnormal = [2020-02-01]",
    {"normal": ["2020-01-31"], "work": ["2020-02-01"]},
)
"""Prolonged to 02-02. Before: off to 01-30, 01-31 and Saturday 02-01 worked."""


def offset_to(then: datetime) -> timedelta:
    """The clock offset that makes now `then` (aware)."""
    return then - datetime.now(OFFICE_ZONE)
