"""Running `yishen` as people do: another process, with an environment of its own."""

import asyncio
import json
import os
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


@dataclass(frozen=True)
class CommandLine:
    """One data folder, spoken to in one language."""

    data: Path
    environment: dict[str, str]

    async def __call__(self, *words: object, lang: str = "en", stdin: str = "") -> Answer:
        """Run one command line."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("TEMPORAL_", "YISHEN_"))}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "starter",
            *map(str, words),
            cwd=ROOT,
            env={
                **kept,
                "TEMPORAL_CONFIG_FILE": os.devnull,
                "YISHEN_DATA": str(self.data),
                "YISHEN_LANG": lang,
                "PYTHONUTF8": "1",
                **self.environment,
            },
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate(stdin.encode())
        return Answer(process.returncode or 0, out.decode(), err.decode())
