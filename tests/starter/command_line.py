"""Running `yishen` as people do: another process, with an environment of its own."""

import asyncio
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.starter.forks import ROOT, run

__all__ = ["ROOT", "Answer", "CommandLine"]

READER = "sun"
"""Who looks at cases where a line names nobody: the auditor, who may do nothing else."""


@dataclass(frozen=True)
class Answer:
    """What a command said, whatever it was: never a sealed word. What is sealed is opened for
    whoever may see it, or not shown."""

    code: int
    out: str
    err: str

    def __post_init__(self) -> None:
        assert "sealed:" not in self.out + self.err, self.out + self.err

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
        # In a thread: this process runs the test's worker meanwhile.
        return Answer(
            *await asyncio.to_thread(run, [str(w) for w in words], self.environment_of(lang), stdin)
        )

    def environment_of(self, lang: str) -> dict[str, str]:
        """The environment a command of this office runs in."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("TEMPORAL_", "YISHEN_"))}
        return {
            **kept,
            "TEMPORAL_CONFIG_FILE": os.devnull,
            "YISHEN_DATA": str(self.data),
            "YISHEN_LANG": lang,
            "YISHEN_USER": READER,
            "PYTHONUTF8": "1",
            **self.environment,
        }
