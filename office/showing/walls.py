"""A program behind walls: no network, nothing of the office to read, nowhere to write; bounded in
time and in what it may say. Bubblewrap builds them out of the kernel's namespaces."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread, Timer
from typing import BinaryIO

BUILDER = "bwrap"

PACKAGE = "bubblewrap"
"""The system package that has it, by Debian's name and most others'."""

SECONDS = 30.0
"""From its start to its end, whatever it waits for."""

MOST = 32 << 20
"""Bytes that are taken of what it says."""

NOTHING = ("-c", "pass")


@dataclass(frozen=True, slots=True)
class Confined:
    """A Python program: the file or folder it stands in, where it stands `inside`, and with what
    Python is begun."""

    path: Path
    inside: str
    begun: tuple[str, ...]


class NoWallsError(Exception):
    """They can't be built here; its text says why."""


def run(program: Confined, given: bytes) -> bytes:
    """What the program, which may use installed packages, says to `given`; nothing where it fell
    over, took too long or said too much. Raises NoWallsError."""
    bound = ("--ro-bind", str(program.path), program.inside)
    said = _run([*_walls(), *bound, *_python(), *program.begun], given)
    if not said and (why := lacking()) is not None:
        raise NoWallsError(why)
    return said


def lacking() -> str | None:
    """Why no walls can be built on this machine; None: they can."""
    try:
        done = subprocess.run(
            [*_walls(), *_python(), *NOTHING],
            env={},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
        )
    except NoWallsError as error:
        return str(error)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode == 0:
        return None
    return done.stderr.strip().split("\n", 1)[0] or f"{BUILDER}: {done.returncode}"


def _run(command: Sequence[str], given: bytes) -> bytes:
    """Through pipes only: what is plain must not reach a disk."""
    try:
        process = subprocess.Popen(
            command,
            env={},
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise NoWallsError(str(error)) from error
    assert process.stdin is not None
    assert process.stdout is not None
    end = Timer(SECONDS, process.kill)
    end.start()
    Thread(target=_feed, args=(process.stdin, given), daemon=True).start()
    try:
        said = process.stdout.read(MOST + 1)
    finally:
        process.kill()  # it has said all, or too much
        process.wait()
        end.cancel()
        process.stdout.close()
    return said if len(said) <= MOST else b""


def _feed(into: BinaryIO, given: bytes) -> None:
    # Whoever has heard enough hangs up.
    with suppress(OSError):
        into.write(given)
    with suppress(OSError):
        into.close()


def _walls() -> list[str]:
    builder = shutil.which(BUILDER)
    if builder is None:
        raise NoWallsError(f"{BUILDER} ({PACKAGE})")
    return [
        builder,
        *("--unshare-all", "--die-with-parent", "--new-session", "--clearenv"),
        *("--cap-drop", "ALL", "--dev", "/dev", "--chdir", "/"),
        *_readable(),
    ]


def _readable() -> Iterator[str]:
    """The system's libraries and fonts, Python and its packages: where nobody keeps a record."""
    for path in (Path("/bin"), Path("/lib"), Path("/lib64")):
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), str(path))
    roots = dict.fromkeys((Path("/"), Path("/usr"), Path(sys.base_prefix), Path(sys.prefix)))
    parts = [root / part for root in roots for part in ("bin", "lib", "lib64")]
    parts += [Path(sys.prefix) / "pyvenv.cfg", Path("/etc/fonts")]
    parts += [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    for part in parts:
        if not (part.is_symlink() and part.parent == Path("/")):
            yield from ("--ro-bind-try", str(part), str(part))


def _python() -> list[str]:
    """By itself: no settings of the environment, no folder of its user, no caches written."""
    return [sys.executable, "-I", "-B"]
