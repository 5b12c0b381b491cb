"""One due date: the 20th working day after a day, against two packages, in the same run.

`holidays.get_nth_working_day` walks; `numpy.busday_offset` knows no worked weekend. Both are
handed calendars that are already loaded. Whole reckonings of the clock are timed beside them.
"""

import gc
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import holidays
import numpy as np

from domain.clock import Channel, ClockEvent, Receipt, reckon
from domain.clock import ClockEventKind as Kind
from domain.policy import Policy
from law.files import load_calendar, load_statutes

N = 20
YEARS = range(2009, 2026)
ROUNDS = 9


def fastest(*works: tuple[Callable[[], object], int]) -> list[float]:
    """Microseconds of one call of each work, the best of rounds taken in turn: other processes
    only ever add time."""
    best = [float("inf")] * len(works)
    gc.collect()
    for _ in range(ROUNDS):
        for i, (work, calls) in enumerate(works):
            begun = time.perf_counter()
            work()
            best[i] = min(best[i], (time.perf_counter() - begun) / calls * 1e6)
    return best


def run() -> dict[str, Any]:
    """Speed and agreement over every day of many years."""
    calendar = load_calendar("cn")
    first, last = date(YEARS[0], 1, 1), date(YEARS[-1], 11, 15)
    days = [first + timedelta(days=i) for i in range((last - first).days)]
    ours = {day: calendar.add_working_days(day, N) for day in days}

    china: Any = holidays.country_holidays("CN", years=range(2008, 2027))
    some = days[::50]
    off = [day for year in calendar.years.values() for day in year.off]
    busdays = np.busdaycalendar(holidays=off)

    def loop(call: Callable[[date, int], object], sample: Sequence[date]) -> Callable[[], None]:
        def work() -> None:
            for day in sample:
                call(day, N)

        return work

    def numpy_call(day: date, n: int) -> object:
        return np.busday_offset(day, n, roll="backward", busdaycal=busdays)

    yishen, package, array = fastest(
        (loop(calendar.add_working_days, days), len(days)),
        (loop(china.get_nth_working_day, some), len(some)),
        (loop(numpy_call, days), len(days)),
    )

    wrong_numpy = sum(numpy_call(day, N).item() != ours[day] for day in days)  # type: ignore[attr-defined]
    wrong_package = sum(china.get_nth_working_day(day, N) != ours[day] for day in some)
    walked = sum(_walk(china, day) != ours[day] for day in some)
    return {
        "yishen_us": round(yishen, 3),
        "holidays_us": round(package, 1),
        "numpy_us": round(array, 2),
        "times_as_fast_as_holidays": round(package / yishen),
        "times_as_fast_as_numpy": round(array / yishen, 1),
        "wrong_by_walk": f"{walked} of {len(some)}",
        "wrong_holidays": f"{wrong_package} of {len(some)}",
        "wrong_numpy": f"{wrong_numpy} of {len(days)}",
        **_reckonings(),
    }


def _walk(china: Any, day: date) -> date:
    """The yardstick: day by day, by what the package says of each day."""
    left = N
    while left:
        day += timedelta(days=1)
        left -= china.is_working_day(day)
    return day


def _reckonings() -> dict[str, float]:
    """Whole answers of the clock, with limits and ledger."""
    statute = next(s for s in load_statutes() if s.id == "cn-2019")
    calendar, policy = load_calendar("cn"), Policy()
    receipt = Receipt(channel=Channel.MAIL_SIGNED, arrived=date(2022, 9, 30))
    busy = (
        ClockEvent(Kind.CORRECTION_NOTICE_SENT, date(2022, 10, 10)),
        ClockEvent(Kind.CORRECTION_RECEIVED, date(2022, 10, 20)),
        ClockEvent(Kind.THIRD_PARTY_CONSULTED, date(2022, 10, 24)),
        ClockEvent(Kind.COPRODUCER_CONSULTED, date(2022, 10, 25)),
        ClockEvent(Kind.THIRD_PARTY_ANSWERED, date(2022, 10, 28)),
        ClockEvent(Kind.COPRODUCER_ANSWERED, date(2022, 11, 2)),
        ClockEvent(Kind.EXTENSION_GRANTED, date(2022, 11, 10), working_days=10),
    )

    def repeat(events: Sequence[ClockEvent]) -> Callable[[], None]:
        day = events[-1].at if events else receipt.arrived

        def work() -> None:
            for _ in range(500):
                reckon(statute, calendar, policy, receipt, events, day)

        return work

    plain, full = fastest((repeat(()), 500), (repeat(busy), 500))
    return {"plain_case_us": round(plain, 1), "busy_case_us": round(full, 1)}
