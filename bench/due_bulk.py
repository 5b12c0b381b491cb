"""A million due dates at once: the index, looked up in bulk, against `numpy.busday_offset`.

numpy knows no worked weekend; it is handed the same days off. Both begin with what a caller has:
Python dates for us, an array of days for numpy (the time to make that array is given beside it).
The ledger of one case is timed too: the whole proof, from statute and receipt to the spans.
"""

import gc
import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np

from domain.clock import Channel, Receipt, reckon
from domain.periods.bulk import due_days
from domain.policy import Policy
from law.files import load_calendar, load_statutes

DATES = 1_000_000
N = 20
ROUNDS = 5


def seconds(*works: Callable[[], object]) -> list[float]:
    """The best of rounds taken in turn: other processes only ever add time."""
    best = [float("inf")] * len(works)
    gc.collect()
    for _ in range(ROUNDS):
        for i, work in enumerate(works):
            begun = time.perf_counter()
            work()
            best[i] = min(best[i], time.perf_counter() - begun)
    return best


def run() -> dict[str, Any]:
    """Speed of both and how often each is right."""
    calendar = load_calendar("cn")
    dice = random.Random(1)
    first = date(2009, 1, 1)
    days = [first + timedelta(days=dice.randrange(6100)) for _ in range(DATES)]
    off = [day for year in calendar.years.values() for day in year.off]
    busdays = np.busdaycalendar(holidays=off)
    array = np.array(days, dtype="datetime64[D]")

    def ours() -> list[date]:
        return due_days(calendar, days, N)

    def numpys() -> Any:
        return np.busday_offset(array, N, roll="backward", busdaycal=busdays)

    mine, theirs, with_array = seconds(
        ours, numpys, lambda: (np.array(days, dtype="datetime64[D]"), numpys())
    )
    right = [calendar.add_working_days(day, N) for day in days]
    wrong = sum(a != b for a, b in zip(numpys().tolist(), right, strict=True))
    return {
        "dates": DATES,
        "yishen_s": round(mine, 3),
        "numpy_s": round(theirs, 3),
        "times_the_time_of_numpy": round(mine / theirs, 2),
        "numpy_with_making_its_array_s": round(with_array, 3),
        "wrong_yishen": sum(a != b for a, b in zip(ours(), right, strict=True)),
        "wrong_numpy": wrong,
        "ledger_of_one_case_us": round(ledger_us(), 1),
    }


def ledger_us() -> float:
    """Microseconds of one case: receipt to due day with the whole ledger."""
    law = next(law for law in load_statutes() if law.id == "cn-2019")
    calendar, policy = load_calendar("cn"), Policy()
    receipt = Receipt(channel=Channel.MAIL_SIGNED, arrived=date(2022, 9, 30))
    calls = 500

    def work() -> None:
        for _ in range(calls):
            found = reckon(law, calendar, policy, receipt, (), receipt.arrived)
            assert found.ledger

    return seconds(work)[0] / calls * 1e6
