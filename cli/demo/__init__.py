"""The demonstration as it is told on the terminal; what it plays on is in `starter.demo`.

`yishen demo` calls `run`; nothing heavy is imported before.
"""

from pathlib import Path


def run(folder: Path | None = None) -> int:
    """Run the whole demonstration in `folder` (None: the user's cache); the exit code.

    0: every cell and every date is as expected; 1: one differs. Raises YishenError.
    """
    from cli.demo.main import demonstrate

    return demonstrate(folder)
