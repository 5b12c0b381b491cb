"""A command with somebody at the terminal who answers its question."""

import asyncio
import os
import pty
import subprocess
import sys

from tests.starter.command_line import ROOT, Answer, CommandLine


async def answered(line: CommandLine, reply: str, *words: object, lang: str = "en") -> Answer:
    """Run one command line on a terminal and type `reply`; `out` is all the terminal showed."""

    def run() -> Answer:
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "starter", *map(str, words)],
            cwd=ROOT,
            env=line.environment_of(lang),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        os.write(ours, f"{reply}\n".encode())
        shown = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
        os.close(ours)
        return Answer(process.wait(), shown.decode(), "")

    return await asyncio.to_thread(run)
