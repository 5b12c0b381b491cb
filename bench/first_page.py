"""`yishen web` as a process: from its start to the first page, on a folder that was set up before;
beside it, in turn, an interpreter that does nothing."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Any

from bench import million
from bench.cpu import child_seconds
from office.people.directory_file import example_office, load_office, read_office
from office.running.key_store import register_at
from office.running.making_ready import make_ready

ROUNDS = 5
WITHIN = 30.0
AGAIN = 0.002
"""Seconds between two tries to reach who doesn't listen yet."""


def run() -> dict[str, Any]:
    """Seconds by the clock and of the processor, medians."""
    with TemporaryDirectory(prefix="yishen-bench-") as name:
        folder = Path(name)
        _set_up(folder)
        taken = [(_nothing(), _once(folder)) for _ in range(ROUNDS)]
    pages = [page for _, page in taken]
    return {
        "first_page_s": round(median(clock for clock, _ in pages), 2),
        "first_page_processor_s": round(median(used for _, used in pages), 2),
        "worst_s": round(max(clock for clock, _ in pages), 2),
        "interpreter_s": round(median(nothing for nothing, _ in taken), 3),
    }


def _set_up(folder: Path) -> None:
    of = million.settings(folder)
    make_ready(of)
    path = folder / "office.toml"
    path.write_text(example_office(), encoding="utf-8")
    register = register_at(of)
    with register.writing() as session:
        load_office(session, read_office(path))
    register.close()


def _nothing() -> float:
    begun = perf_counter()
    subprocess.run((sys.executable, "-c", "pass"), check=True)
    return perf_counter() - begun


def _once(folder: Path) -> tuple[float, float]:
    port = _free()
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("TEMPORAL_", "YISHEN_"))
    }
    environment |= {"YISHEN_DATA": str(folder), "YISHEN_WEB_LISTEN": f"127.0.0.1:{port}"}
    command: Sequence[str] = (sys.executable, "-m", "starter", "web")
    begun = perf_counter()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet)
    try:
        _page(port, begun + WITHIN)
        return perf_counter() - begun, child_seconds(process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _page(port: int, until: float) -> None:
    """Ask for the page of signing in until it comes."""
    while perf_counter() < until:
        with suppress(OSError):
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=WITHIN)
            asked.request("GET", "/sign-in")
            answer = asked.getresponse()
            page = answer.read()
            assert answer.status == 200, answer.status
            assert b"<form" in page
            return
        sleep(AGAIN)
    raise AssertionError("no page came")


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


if __name__ == "__main__":
    print(json.dumps(run()))
