"""`yishen up` as a process: seconds from its start to the word that it is ready, on a new data
folder and again on the same one. The engine is in the cache already."""

import json
import os
import signal
import subprocess
import sys
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

ROUNDS = 3


def run() -> dict[str, Any]:
    """Seconds to ready, medians; and to the end after Ctrl-C."""
    first: list[float] = []
    again: list[float] = []
    stopped: list[float] = []
    ways: set[str] = set()
    for _ in range(ROUNDS):
        with TemporaryDirectory(prefix="yishen-bench-") as folder:
            for into in (first, again):
                ready, end, way = _once(folder)
                into.append(ready)
                stopped.append(end)
                ways.add(way)
    return {
        "way": sorted(ways),
        "new_folder_s": round(median(first), 2),
        "same_folder_s": round(median(again), 2),
        "worst_s": round(max(*first, *again), 2),
        "stop_s": round(median(stopped), 2),
    }


def _once(folder: str) -> tuple[float, float, str]:
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("TEMPORAL_", "YISHEN_"))
    }
    environment |= {"YISHEN_DATA": folder, "TEMPORAL_CONFIG_FILE": os.devnull}
    begun = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "starter", "up", "--json"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    way, ready = "", 0.0
    for line in process.stdout:
        told = json.loads(line)
        way = told.get("way", way)
        if told["event"] == "ready":
            ready = perf_counter() - begun
            break
    begun = perf_counter()
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert ready, "up ended before it was ready"
    return ready, perf_counter() - begun, way


if __name__ == "__main__":
    print(json.dumps(run()))
