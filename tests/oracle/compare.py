"""The product's answers against the oracle's. No other module here knows the product."""

import json
from datetime import date
from typing import Any

from domain.errors import YishenError
from office.due.line import answer as product_says
from tests.oracle import periods
from tests.oracle.answer import answer
from tests.oracle.counting import Line
from tests.oracle.days import days
from tests.oracle.statutes import UnsettledError

KEYS = (
    "error",
    "statute",
    "receipt_day",
    "state",
    "due",
    "due_before_extension",
    "due_if_answered",
    "due_at_latest",
    "working_days_left",
    "overdue",
    "reply_in_time",
    "provisional",
    "limits",
    "superseded",
    "warnings",
)

PERIOD = ("error", "start", "raw", "due", "provisional")


def product(line: Line) -> Line:
    """What `yishen due` says; a limit without a day is as good as none."""
    try:
        said = product_says(line)
    except YishenError as error:
        return {"error": str(error.code)}
    if "period" in line:
        return said
    limits = {name: day for name, day in said["limits"].items() if day}
    if said["state"] in ("lapsed", "withdrawn"):
        limits.pop("committed", None)  # nothing is left of it
    return {**said, "limits": limits, "warnings": sorted(said["warnings"])}


def difference(line: Line) -> dict[str, tuple[Any, Any]]:
    """What the two say differently, the product first."""
    ours = product(line)
    if "period" in line:
        theirs = _plain(periods.answer(line, days()))
        return {k: (ours.get(k), theirs.get(k)) for k in PERIOD if ours.get(k) != theirs.get(k)}
    try:
        theirs = _plain(answer(line))
    except UnsettledError:
        return {}
    found = {k: (ours.get(k), theirs.get(k)) for k in KEYS if ours.get(k) != theirs.get(k)}
    if not found and "counted" in theirs:
        found |= _spans(ours["ledger"], theirs["counted"])
    return found


def _spans(ledger: list[Line], counted: list[str]) -> dict[str, tuple[Any, Any]]:
    """The spans that count other days than the walk did."""
    found = {}
    for span in ledger:
        days = [day for day in counted if span["from"] <= day <= span["to"]]
        if len(days) != span["counted"]:
            found[f"ledger {span['from']}"] = (span, days)
    return found


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=date.isoformat))


def command(line: Line) -> str:
    """The question as a command line."""
    if "period" in line:
        return f"echo '{json.dumps({'id': 1, **line})}' | yishen due"
    words = ["yishen due --json", f"--received {line['received']}", f"--channel {line['channel']}"]
    if "statute" in line:
        words.append(f"--statute {line['statute']}")
    for event in line["events"]:
        more = [f",{k}={str(v).lower() if isinstance(v, bool) else v}" for k, v in event.items()][
            2:
        ]
        words.append(f"--event {event['kind']}={event['at']}{''.join(more)}")
    words += [
        f"--policy {k}={str(v).lower() if v in (True, False) else v}"
        for k, v in line["policy"].items()
    ]
    return " ".join([*words, f"--as-of {line['as_of']}"])
