"""Options by standard input or a file, so that no name or reason stands in the list of processes.

`--words -` reads one JSON object of options as the line would have them: `{"applicant": "…"}`. From
there on they are the line: the same names, the same checks.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from cli.frame.words import say
from domain.errors import Code, InputError
from office.files import text_of


def unfolded(source: str) -> list[str]:
    """The words of a line that the object in `source` means; `-`: standard input.
    InputError(usage, file_unreadable, file_too_large)."""
    try:
        text = sys.stdin.read() if source == "-" else text_of(Path(source))
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _wrong() from error
    if not isinstance(found, dict):
        raise _wrong()
    return [word for name, value in found.items() for word in _words(name, value)]


def _words(name: str, value: object) -> Iterator[str]:
    """One option: a text or number; several of them; true for one that takes no value."""
    for one in value if isinstance(value, list) else [value]:
        if one is True:
            yield f"--{name}"
        elif isinstance(one, str | int | float) and one is not False:
            yield f"--{name}={one}"
        else:
            raise _wrong()


def _wrong() -> InputError:
    return InputError(Code.USAGE, detail=say("usage.words"), help="yishen --help")
