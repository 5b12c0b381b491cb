"""`yishen due` as a process: 2,000 lines in one go, start-up included, and start-up alone."""

import json
import random
import subprocess
import sys
import time
from datetime import date, timedelta
from typing import Any

LINES = 2000
ROUNDS = 3
ACTS: dict[str, dict[str, object]] = {
    "third_party_consulted": {},
    "agency_consulted": {},
    "correction_notice_sent": {},
    "extension_granted": {"working_days": 10},
}


def lines() -> bytes:
    """Cases of many years, a third of them without events, the same at every run."""
    dice = random.Random(1)
    found = []
    for number in range(LINES):
        day = date(2010, 1, 1) + timedelta(days=dice.randrange(5800))
        line: dict[str, Any] = {
            "id": number,
            "channel": "in_person",
            "received": day.isoformat(),
            "events": [],
        }
        for kind in dice.sample(sorted(ACTS), dice.randrange(4)):
            day += timedelta(days=dice.randrange(4))
            line["events"].append({"kind": kind, "at": day.isoformat(), **ACTS[kind]})
        found.append(json.dumps(line))
    return "\n".join(found).encode() + b"\n"


def seconds(given: bytes) -> tuple[float, int]:
    """Wall time of one process, best of several, and the answers that were ok."""
    best, ok = float("inf"), 0
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        command = [sys.executable, "-m", "starter", "due"]
        done = subprocess.run(command, input=given, capture_output=True, check=False)
        best = min(best, time.perf_counter() - begun)
        ok = done.stdout.count(b'"ok": true')
    return best, ok


def run() -> dict[str, Any]:
    """Seconds for the batch and for nothing at all."""
    batch, ok = seconds(lines())
    alone, _ = seconds(b"")
    return {
        "lines": LINES,
        "ok": ok,
        "batch_s": round(batch, 3),
        "start_up_s": round(alone, 3),
        "us_a_line": round((batch - alone) / LINES * 1e6),
    }
