"""`yishen`, also as `python -m starter`: the root of the command line.

`due` must start fast: it imports no engine, no register
and no command-line framework."""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING, NoReturn

from starter.exit import leave, prepare_streams

if TYPE_CHECKING:
    from office.settings import Settings
    from starter.announcement import Say

TAKE_A_VALUE = ("--lang", "--data")


def command_at(arguments: Sequence[str]) -> int | None:
    """Where the command stands after the options that may come before it; None without one."""
    index = 0
    while index < len(arguments):
        if not arguments[index].startswith("-"):
            return index
        index += 2 if arguments[index] in TAKE_A_VALUE else 1
    return None


async def _run_worker(settings: "Settings", say: "Say") -> None:
    import worker

    del say  # it has a log
    await worker.run(settings)


async def _run_web(settings: "Settings", say: "Say") -> None:
    gc.disable()  # looking for garbage while modules load is a seventh of the start

    from starter.engine.later import connect
    from starter.logs import configure_late
    from starter.web.pages import Pages, serve_several
    from starter.web.place import prepared_place
    from web.serving import serve

    configure_late(settings.log)
    place = prepared_place(settings)
    with closing(Pages(place)) as pages:
        pages.check(settings)
        if settings.web_processes > 1:
            await serve_several(settings, pages, say)
        else:
            await serve(settings, connect, place, pages.socket, lambda: pages.tell(say))


def main() -> NoReturn:
    """Run the command of this process and leave."""
    prepare_streams()
    # Most of what a command makes are modules and models, which stay: looking for garbage among
    # them at Python's own pace takes a tenth of a short command.
    gc.set_threshold(50_000, 20, 50)
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
