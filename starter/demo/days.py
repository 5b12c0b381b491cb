"""Days of a script that are named from today, so that it is true on any day.

`wd:-4` is the fourth working day before today (`wd:0` today), `open:20` the twentieth
working day from the first one that a coming notice may still change, or from today if later.
"""

from datetime import date, timedelta
from typing import Any

from domain.calendar.model import Calendar


def placed(node: Any, calendar: Calendar, today: date) -> Any:
    """`node` (of a JSON file) with every named day as an ISO date."""
    if isinstance(node, dict):
        return {key: placed(value, calendar, today) for key, value in node.items()}
    if isinstance(node, list):
        return [placed(value, calendar, today) for value in node]
    if isinstance(node, str):
        name, _, number = node.partition(":")
        if name in ("wd", "open"):
            day = today
            if name == "open" and calendar.open_from is not None:
                day = max(today, calendar.open_from - timedelta(days=1))
            return calendar.add_working_days(day, int(number)).isoformat()
    return node
