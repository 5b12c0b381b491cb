"""Run as a process by the tests: an engine or a whole `up`, told by its arguments.

python -m tests.starter.engine.parent engine FOLDER [TETHER]
python -m tests.starter.engine.parent up FOLDER WORKER_SCRIPT
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from domain.errors import YishenError
from starter.engine.running import running


async def engine(folder: Path, tether: str) -> None:
    """Start an engine, say so, hold it."""
    choice = "pipe" if tether == "pipe" else "deathsig"
    async with running(folder, tether=choice):
        print("ready", flush=True)
        await asyncio.Event().wait()


async def whole(folder: Path, worker: str) -> None:
    """`up` with a stand-in worker."""
    from office.running.making_ready import migrate
    from office.settings import Settings
    from starter.announcement import Announcement
    from starter.up import up

    def say(event: Announcement) -> None:
        print(event.key, *event.values.values(), flush=True)

    def prepare(settings: Settings) -> None:
        print("migrated", settings.register, flush=True)
        migrate(settings)

    await up(
        Settings(data=folder),
        say=say,
        worker_command=[sys.executable, worker],
        prepare=prepare,
    )


def main() -> int:
    """The exit code is the error's, as in the command line."""
    what, folder, *more = sys.argv[1:]
    # A shell that runs the tests in its background has them ignore it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        if what == "engine":
            asyncio.run(engine(Path(folder), *(more or ["deathsig"])))
        else:
            asyncio.run(whole(Path(folder), *more))
    except YishenError as error:
        print(error.code, error.params, flush=True)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)
