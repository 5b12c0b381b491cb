"""Commands as processes that need no starting: one process has read the program, and each command
runs in a fork of it, with an environment and streams of its own.

Starting Python and reading the program takes a second of processor time, a command itself a tenth;
the tests run some hundreds. What happens at the start of a real process is tested with real ones
(lived.py, terminal.py).
"""

import atexit
import functools
import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from typing import NoReturn

from sqlalchemy.orm import configure_mappers

import texts

ROOT = Path(__file__).parents[2]
PROGRAM = ("texts", "law", "domain", "register", "papers", "workflows", "office", "cli")
"""Rooms whose modules every command may need."""
NOT_READ = ("register.migrations",)
DOOR = "door"
STREAMS = ("in", "out", "err")


def run(
    words: Sequence[str], environment: Mapping[str, str], typed: str = ""
) -> tuple[int, str, str]:
    """Run one command line to its end: exit code, standard output, standard error."""
    with TemporaryDirectory(prefix="yishen-command-") as name:
        folder = Path(name)
        (folder / "in").write_text(typed, encoding="utf-8")
        asked = [list(words), dict(environment), name]
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(_door())
            line.sendall(json.dumps(asked).encode())
            line.shutdown(socket.SHUT_WR)
            code = line.recv(8)
        out, err = ((folder / x).read_text(encoding="utf-8") for x in ("out", "err"))
    if not code:
        raise RuntimeError(f"no exit code of {words}: {out}{err}")
    return int(code), out, err


@functools.cache
def _door() -> str:
    """Where the process listens; it is started by the first command and ends with this one."""
    folder = TemporaryDirectory(prefix="yishen-forks-")
    door = str(Path(folder.name) / DOOR)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.starter.forks", door],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    if process.stdout.readline() != b"listening\n":
        raise RuntimeError("no process to fork commands from")
    atexit.register(folder.cleanup)
    return door


def serve(door: str) -> NoReturn:
    """Read the program, then fork for each command that comes in."""
    for room in PROGRAM:
        for module in pkgutil.walk_packages([str(ROOT / room)], f"{room}."):
            if not module.name.startswith(NOT_READ):
                importlib.import_module(module.name)
    configure_mappers()
    for language in texts.LANGUAGES:
        texts.catalogue(language)
    gc.freeze()  # else looking for garbage copies all of it to each fork
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(door)
        listening.listen()
        print("listening", flush=True)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who answer
        while True:
            if sys.stdin in select([listening, sys.stdin], [], [])[0]:
                sys.exit()  # who started us is gone
            line, _ = listening.accept()
            with line:
                if os.fork() == 0:
                    listening.close()
                    _answer(line)


def _answer(line: socket.socket) -> NoReturn:
    """Run what is asked in another fork, and tell its exit code."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with line.makefile("rb") as asking:
        words, environment, folder = json.load(asking)
    command = os.fork()
    if command == 0:
        line.close()
        _command(words, environment, Path(folder))
    _, status = os.waitpid(command, 0)
    line.sendall(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _command(words: list[str], environment: dict[str, str], folder: Path) -> NoReturn:
    """As `yishen` begins, but for what was read before."""
    for number, name in enumerate(STREAMS):
        end = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(end, number)
        os.close(end)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["yishen", *words]
    from yishen import main

    try:
        main()
    except BaseException:  # as the interpreter would end it
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
    os._exit(1)


if __name__ == "__main__":
    serve(sys.argv[1])
