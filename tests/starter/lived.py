"""A whole installation as a stranger makes one: `yishen init`, `yishen up`, commands, Ctrl-C."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from office.people.directory_file import example_office
from starter.engine.record import find_running
from tests.starter.command_line import READER, Answer
from tests.starter.engine.processes import wait_until

OPEN_UMASK = 0o022
"""What most accounts have: files are readable by all unless somebody takes care."""


@dataclass(frozen=True)
class Installation:
    """One data folder and the command line on it, used from the folder around it, under an open
    umask."""

    data: Path
    more: dict[str, str]

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("TEMPORAL_", "YISHEN_"))}
        own = {"YISHEN_DATA": str(self.data), "YISHEN_LANG": "en", "PYTHONUTF8": "1"}
        own |= {"YISHEN_USER": READER}
        return {**kept, "TEMPORAL_CONFIG_FILE": os.devnull, **own, **self.more}

    def start(self, *words: object) -> "subprocess.Popen[str]":
        """A command that goes on; standard error comes with standard output."""
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "starter", *map(str, words)],
            cwd=self.data.parent,
            env=self.environment,
            umask=OPEN_UMASK,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __call__(self, *words: object, stdin: str = "") -> Answer:
        """Run one command line to its end."""
        done = subprocess.run(
            [sys.executable, "-P", "-m", "starter", *map(str, words)],
            cwd=self.data.parent,
            env=self.environment,
            umask=OPEN_UMASK,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def init(self) -> None:
        """Register and example office."""
        file = self.data.parent / "office.toml"
        file.write_text(example_office(), encoding="utf-8")
        done = self("init", file)
        assert done.code == 0, done.err

    @contextmanager
    def up(self) -> Iterator["subprocess.Popen[str]"]:
        """`yishen up`, ready; ended by Ctrl-C."""
        process = self.start("up")
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if "ready" in line:
                    break
            assert find_running(self.data) is not None
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
        wait_until(lambda: find_running(self.data) is None, "all stopped")
