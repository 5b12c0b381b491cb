"""Before the tests: the engine in the cache, PostgreSQL, a browser, what papers need on the
machine, and walls for what is drawn.

    python -m tests.prepare

Exit code 1 where something is missing that the tests can't do without: the engine, and with
CI=true all of it.
"""

import asyncio
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.errors import YishenError
from office.showing.walls import BUILDER, PACKAGE, lacking
from papers.pdf import PACKAGES
from starter.engine.making import MakingProgress
from starter.engine.running import running
from tests.browser_fixture import find_chromium
from tests.device_fixture import find_module
from tests.postgres_fixture import find_programs
from texts import language, text


def show(progress: MakingProgress) -> None:
    """One line a stage; compiling every hundredth package."""
    if progress.stage == "compile" and progress.done % 100 != 1:
        return
    if progress.stage == "modules":
        return
    total = progress.total if progress.total is not None else "?"
    values = {"done": progress.done, "total": total, "detail": progress.detail}
    print(text(language(), f"engine.progress.{progress.stage}", **values), flush=True)


async def engine() -> bool:
    """Start an engine as the tests will, building it if need be; whether that went well."""
    begun = time.monotonic()
    try:
        with TemporaryDirectory() as folder:
            async with running(
                Path(folder), isolated=True, time_skipping=True, on_progress=show
            ) as started:
                print(f"engine: {started.way}, {time.monotonic() - begun:.1f} s", flush=True)
    except YishenError as error:
        print(text(language(), f"errors.{error.code}", **error.params), file=sys.stderr)
        return False
    return True


def _install(what: str, *packages: str) -> None:
    """Debian packages, where we may."""
    print(f"{what}: installing", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    for command in (["apt-get", "update"], install):
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            print(f"{' '.join(command)}: {done.stderr[-500:]}", file=sys.stderr)
            break


def papers() -> bool:
    """Make sure of fonts and libraries for PDF where we may install them; whether they are there.
    Asked in a process of its own: a library that was missing at first stays missing in this one."""
    look = "import tests.paper_fixture as p; print(p.missing() or '', end='')"

    def lacking() -> str:
        done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True)
        return done.stdout or ("" if done.returncode == 0 else done.stderr[-500:])

    if lacking() and os.geteuid() == 0 and shutil.which("apt-get"):
        _install("PDF", *PACKAGES.split(), "poppler-utils")
    found = lacking()
    print(f"PDF: {found or 'ok'}" + (" (its tests will be skipped)" if found else ""), flush=True)
    return not found


def postgres() -> bool:
    """Make sure of PostgreSQL where we may install it; whether it is there."""
    if find_programs() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install("PostgreSQL", "postgresql")
    programs = find_programs()
    if programs is None:
        print("PostgreSQL missing: its tests will be skipped (install its server)", flush=True)
        return False
    print(f"PostgreSQL: {programs}", flush=True)
    return True


def device() -> bool:
    """Make sure of a token in software where we may install it; whether it is there."""
    if not find_module() and os.geteuid() == 0 and shutil.which("apt-get"):
        _install("SoftHSM", "softhsm2")
    module = find_module()
    print(f"SoftHSM: {module or 'missing: its tests will be skipped'}", flush=True)
    return bool(module)


def browser() -> bool:
    """Make sure of Chromium and a Chinese font where we may install them; whether it is there."""
    if not find_chromium() and os.geteuid() == 0 and shutil.which("apt-get"):
        _install("Chromium", "chromium", "fonts-noto-cjk")
    program = find_chromium()
    print(f"Chromium: {program or 'missing: its tests will be skipped'}", flush=True)
    return program is not None


def walls() -> bool:
    """Make sure of the walls behind which files are drawn; whether they can be built."""
    if shutil.which(BUILDER) is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install("walls", PACKAGE)
    found = lacking()
    print(
        f"walls: {found or 'ok'}" + (" (their tests will be skipped)" if found else ""), flush=True
    )
    return found is None


def main() -> int:
    """All, so that one run names all that is missing."""
    has_engine, others = asyncio.run(engine()), (postgres(), papers(), device(), browser(), walls())
    if not has_engine:
        return 1
    return 1 if os.environ.get("CI") == "true" and not all(others) else 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # the SDK may abort at interpreter exit
