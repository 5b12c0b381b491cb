"""What other rooms warn of while a command runs: in the reader's words, on standard error."""

import logging

from cli.frame import show
from cli.frame.words import say


class _Told(logging.Handler):
    """`key` of a record names its text in the catalogue, its arguments fill it; what has none is
    said as it came."""

    def emit(self, record: logging.LogRecord) -> None:
        key = getattr(record, "key", None)
        values = record.args if isinstance(record.args, dict) else {}
        show.note(say(f"warned.{key}", **values) if key else record.getMessage())


def listen() -> None:
    """From now on, once for a process."""
    root = logging.getLogger()
    if not any(isinstance(handler, _Told) for handler in root.handlers):
        root.addHandler(_Told(logging.WARNING))
