"""Days, instants, amounts and numbers as people write them, read by one function each for every
way in: full-width figures, 2026.3.7, 2026年3月7日, 10月30日, 3/7, 下午2点半, 1,200元."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from domain.errors import Code, InputError
from domain.values import OFFICE_ZONE

_NEAR = {
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? +|\(?(?:周|星期|礼拜).\)?$", re.I)
_FULL = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?")
_TIGHT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SHORT = re.compile(r"(\d{1,2})[-./月](\d{1,2})[日号]?")
_ENGLISH = re.compile(r"(\d{1,2}) ?([a-z]{3})[a-z]*(?:,? ?(\d{4}))?", re.I)
_TIME = re.compile(
    r"[t ]*(早上|上午|中午|下午|晚上|am|pm)? ?(\d{1,2})(?::|点|时)(\d{1,2}|半)?分?$", re.I
)
_AFTERNOON = ("下午", "晚上", "pm")
_UNITS = r"(?:个工作日|个自然日|个月|工作日|元|页|件|个|份|日|天|月)?"
_COUNT = re.compile(rf"\d+(?={_UNITS}$)")
_AMOUNT = re.compile(r"[¥￥]?(\d[\d,]*(?:\.\d*)?)元?")
_LONGEST = 12
"""Figures of a number before its point; what is longer is a slip."""


def plain(written: str) -> str:
    """The same without full-width letters and figures, and without space around it."""
    return unicodedata.normalize("NFKC", written).strip()


def written_day(written: str, today: date, *, ahead: bool | None = None) -> date:
    """The day that somebody wrote. One without a year is the nearest to `today`; `ahead`: the next
    one (True), the last one (False). InputError(bad_date)."""
    text = _WEEKDAY.sub("", plain(written)).strip()
    if text.lower() in _NEAR:
        return today + timedelta(days=_NEAR[text.lower()])
    tight = re.sub(r"\s*([-./年月日号])\s*", r"\1", text)
    found = _FULL.fullmatch(tight) or _TIGHT.fullmatch(tight)
    try:
        if found is not None:
            return date(*map(int, found.groups()))
        return _of_a_year(*_month_and_day(tight), today, ahead)
    except ValueError as error:
        raise InputError(Code.BAD_DATE, given=written) from error


def _month_and_day(text: str) -> tuple[int | None, int, int]:
    """Year, where it is said, month and day. ValueError for what is no day."""
    found = _SHORT.fullmatch(text)
    if found is not None:
        return None, int(found[1]), int(found[2])
    found = _ENGLISH.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return int(found[3]) if found[3] else None, _MONTHS.index(found[2].lower()) + 1, int(found[1])


def _of_a_year(year: int | None, month: int, day: int, today: date, ahead: bool | None) -> date:
    if year is not None:
        return date(year, month, day)
    found = []
    for near in range(today.year - 4, today.year + 5):  # 29 February comes every four years
        try:
            found.append(date(near, month, day))
        except ValueError:
            continue
    if ahead is not None:
        found = [d for d in found if (d >= today if ahead else d <= today)]
    return min(found, key=lambda d: abs(d - today))


def written_moment(written: str, today: date) -> datetime:
    """The instant that somebody wrote, in the office's zone unless it carries another offset.
    InputError(bad_date)."""
    text = plain(written)
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        at = _TIME.search(text)
        if at is None:
            raise InputError(Code.BAD_DATE, given=written) from None
        day = written_day(text[: at.start()] or "今天", today)
        try:
            read = datetime.combine(day, _time(*at.groups()))
        except ValueError as error:
            raise InputError(Code.BAD_DATE, given=written) from error
    found = read if read.tzinfo else read.replace(tzinfo=OFFICE_ZONE)
    try:
        found.astimezone(UTC).astimezone(OFFICE_ZONE)
    except OverflowError as error:  # at either end of the years there are, its day lies outside
        raise InputError(Code.BAD_DATE, given=written) from error
    return found


def _time(half: str | None, hour: str, minute: str | None) -> time:
    h = int(hour)
    if half is not None and half.lower() in _AFTERNOON and h < 12:
        h += 12
    return time(h, 30 if minute == "半" else int(minute or 0))


def written_count(written: str) -> int | None:
    """The whole number that somebody wrote, its unit behind it or not; None: it is none."""
    found = _COUNT.match(plain(written).replace(" ", ""))
    return int(found[0]) if found and len(found[0]) <= _LONGEST else None


def written_amount(written: str) -> Decimal | None:
    """The yuan that somebody wrote; None: it is no amount."""
    found = _AMOUNT.fullmatch(plain(written).replace(" ", ""))
    figures = found[1].replace(",", "") if found else ""
    whole = figures.partition(".")[0]
    return Decimal(figures) if whole and len(whole) <= _LONGEST else None
