"""The one way out of every process of ours.

A short process that used the Temporal SDK aborts at interpreter exit now and then (sdk-python
#300): flush what was said and leave without the interpreter's own tidying up.
"""

import contextlib
import os
import sys
from typing import NoReturn

NOT_SAID = 3
"""What was found out did not reach its reader."""


def prepare_streams() -> None:
    """Make the three standard streams usable whatever the caller left of them: one that is closed
    would be taken by the next file opened, and a character its encoding lacks would end us."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def leave(code: int) -> NoReturn:
    """End the process with `code`; what was written reaches its reader if that still listens. An
    answer that could not be written (a full disk) is no success."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            continue
        except (OSError, ValueError):
            code = code or NOT_SAID
    os._exit(code)
