"""Commands on a terminal: what they show there, and somebody who answers their question."""

import asyncio
import os
import pty
import subprocess
import sys
from collections.abc import Mapping

from tests.starter.command_line import ROOT, Answer, CommandLine


def on_terminal(
    words: tuple[object, ...], environment: Mapping[str, str], typed: str = ""
) -> Answer:
    """Run a command on a terminal where `typed` was typed; `out` is all the terminal showed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "starter", *map(str, words)],
        cwd=ROOT,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    os.write(ours, typed.encode())
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    return Answer(process.wait(), shown.decode(), "")


async def answered(line: CommandLine, reply: str, *words: object, lang: str = "en") -> Answer:
    """Run one command line on a terminal and type `reply`."""
    return await asyncio.to_thread(on_terminal, words, line.environment_of(lang), f"{reply}\n")
