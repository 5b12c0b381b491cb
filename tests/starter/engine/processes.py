"""Start a parent process and wait on conditions about it and its children."""

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).parents[3]


def wait_until(condition: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Poll `condition`; AssertionError naming `what` when it isn't met in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.02)


def children_of(pid: int) -> list[int]:
    """Processes whose parent it is, whichever of its threads started them."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for each in lists for child in each.read_text().split()]


class Parent:
    """A started parent; its lines as they come."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines: queue.Queue[str] = queue.Queue()
        self.seen: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.rstrip())
        self._lines.put("<end>")

    def wait_for(self, word: str, seconds: float = 60) -> str:
        """The next line that begins with `word`."""
        end = time.monotonic() + seconds
        while True:
            line = self._lines.get(timeout=max(0.01, end - time.monotonic()))
            self.seen.append(line)
            if line.startswith(word):
                return line
            assert line != "<end>", f"ended before {word!r}: {self.seen}"


@contextmanager
def parent(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Iterator[Parent]:
    """Run tests.starter.engine.parent; killed at the end if it still runs."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("TEMPORAL_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.starter.engine.parent", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=REPOSITORY,
        env={**inherited, "TEMPORAL_CONFIG_FILE": os.devnull, **(env or {})},
    )
    try:
        yield Parent(process)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
