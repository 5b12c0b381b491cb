"""Before the tests: the engine in the cache, PostgreSQL on the machine.

    python -m tests.prepare

Exit code 1 where something is missing that the tests can't do without: the engine, and with
CI=true PostgreSQL too.
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
from starter.engine.running import running
from starter.engine.ways import Progress
from tests.postgres_fixture import find_programs
from texts import language, text


def show(progress: Progress) -> None:
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


def postgres() -> bool:
    """Make sure of PostgreSQL where we may install it; whether it is there."""
    if find_programs() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("PostgreSQL: installing", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "--no-install-recommends", "postgresql"]
        for command in (["apt-get", "update"], install):
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
            if done.returncode != 0:
                print(f"{' '.join(command)}: {done.stderr[-500:]}", file=sys.stderr)
                break
    programs = find_programs()
    if programs is None:
        print("PostgreSQL missing: its tests will be skipped (install its server)", flush=True)
        return False
    print(f"PostgreSQL: {programs}", flush=True)
    return True


def main() -> int:
    """Both, so that one run names all that is missing."""
    has_engine, has_postgres = asyncio.run(engine()), postgres()
    if not has_engine:
        return 1
    return 1 if os.environ.get("CI") == "true" and not has_postgres else 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # the SDK may abort at interpreter exit
