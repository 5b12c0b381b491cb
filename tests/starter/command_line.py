"""Running `yishen` as people do: another process, with an environment of its own."""

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Answer:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)

    @property
    def done(self) -> Any:
        """The answer of a command that must have succeeded."""
        assert self.code == 0, self.out + self.err
        return self.json


@dataclass(frozen=True)
class CommandLine:
    """One data folder, spoken to in one language."""

    data: Path
    environment: dict[str, str]

    async def __call__(self, *words: object, lang: str = "en", stdin: str = "") -> Answer:
        """Run one command line."""
        # In a thread, not with asyncio's own streams: these may be collected in the middle of a
        # workflow's turn, which the test's worker runs in this process.
        done = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "starter", *map(str, words)],
            cwd=ROOT,
            env=self.environment_of(lang),
            input=stdin,
            capture_output=True,
            encoding="utf-8",
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def environment_of(self, lang: str) -> dict[str, str]:
        """The environment a command of this office runs in."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("TEMPORAL_", "YISHEN_"))}
        return {
            **kept,
            "TEMPORAL_CONFIG_FILE": os.devnull,
            "YISHEN_DATA": str(self.data),
            "YISHEN_LANG": lang,
            "PYTHONUTF8": "1",
            **self.environment,
        }
