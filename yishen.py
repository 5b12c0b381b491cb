"""`yishen`, also as `python -m starter`: the root of the command line.

`due` must start fast: it imports no engine, no register
and no command-line framework."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from starter.exit import leave, prepare_streams

if TYPE_CHECKING:
    from office.settings import Settings

TAKE_A_VALUE = ("--lang", "--data")


def command_at(arguments: Sequence[str]) -> int | None:
    """Where the command stands after the options that may come before it; None without one."""
    index = 0
    while index < len(arguments):
        if not arguments[index].startswith("-"):
            return index
        index += 2 if arguments[index] in TAKE_A_VALUE else 1
    return None


async def _run_worker(settings: "Settings") -> None:
    import worker

    await worker.run(settings)


async def _run_web(settings: "Settings") -> None:
    from starter.engine.client import connect
    from web.serving import serve

    await serve(settings, connect)


def main() -> NoReturn:
    """Run the command of this process and leave."""
    prepare_streams()
    os.umask(0o077)  # whatever a command makes is for its own account only
    arguments = sys.argv[1:]
    at = command_at(arguments)
    if at is not None and arguments[at] == "due":
        from cli.due.command import run

        leave(run([*arguments[:at], *arguments[at + 1 :]]))
    from cli.frame import hooks
    from cli.frame.app import run as run_command

    hooks.hand_over(worker=_run_worker, web=_run_web)
    leave(run_command(arguments))


if __name__ == "__main__":
    main()
