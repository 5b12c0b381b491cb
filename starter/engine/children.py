"""Child processes that end with us: on request, on Ctrl-C, on SIGTERM and on `kill -9`."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Literal

Tether = Literal["deathsig", "pipe"]

DEFAULT_TETHER: Tether = "deathsig" if sys.platform == "linux" else "pipe"


class Child:
    """One running child process in a session of its own, so Ctrl-C reaches only us."""

    def __init__(self, name: str, process: subprocess.Popen[bytes]) -> None:
        self.name = name
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative: killed by that signal."""
        return self._process.poll()

    async def wait(self) -> int:
        """Wait for its end; its exit code."""
        return await asyncio.to_thread(self._process.wait)

    async def stop(self, grace: float = 15.0) -> int:
        """SIGTERM, then after `grace` seconds SIGKILL to its whole session; its exit code."""
        if self._process.poll() is None:
            self._process.terminate()
            waiting = asyncio.ensure_future(self.wait())
            try:
                await asyncio.wait_for(asyncio.shield(waiting), grace)
            except TimeoutError:
                self.kill()
                await waiting
            except asyncio.CancelledError:
                self.kill()
                raise
        self._close_pipe()
        return self._process.wait()

    def kill(self) -> None:
        """SIGKILL to its whole session, if it still runs."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)

    def _close_pipe(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()


def tethered(command: Sequence[str | Path], tether: Tether = DEFAULT_TETHER) -> list[str]:
    """The command line that runs `command` tied to this process (see tether.py)."""
    script = Path(__file__).with_name("tether.py")
    head = [sys.executable, "-I", "-S", str(script), tether, str(os.getpid())]
    return [*head, *map(str, command)]


def spawn(
    name: str,
    command: Sequence[str | Path],
    *,
    output: Path | IO[bytes] | None,
    env: Mapping[str, str] | None = None,
    keep_open: Sequence[int] = (),
    cwd: Path | None = None,
    tether: Tether = DEFAULT_TETHER,
) -> Child:
    """Start `command` tethered to this process; its output goes to `output` (None: to ours).

    `keep_open`: file descriptors the child inherits. Must be called from the main thread:
    on Linux the death signal is tied to the thread that forks, not to the process.
    """
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError("spawn() must run in the main thread")
    stdin = subprocess.PIPE if tether == "pipe" else subprocess.DEVNULL
    stream = output.open("wb") if isinstance(output, Path) else output
    try:
        process = subprocess.Popen(
            tethered(command, tether),
            stdin=stdin,
            stdout=stream,
            stderr=subprocess.STDOUT if stream is not None else None,
            env=dict(env) if env is not None else None,
            start_new_session=True,
            pass_fds=tuple(keep_open),
            cwd=cwd,
            umask=0o077,  # databases, logs and evidence are for this user only
        )
    finally:
        if isinstance(output, Path) and stream is not None:
            stream.close()
    return Child(name, process)
