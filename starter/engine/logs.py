"""Log files of our children: one per start, the one before kept beside it."""

import json
import re
from pathlib import Path


def turn(log: Path) -> Path:
    """Put the log of the last start aside as `NAME.1` (replacing an older one); a new `log`."""
    if log.exists():
        log.replace(log.with_name(f"{log.name}.1"))
    log.touch(mode=0o600)
    return log


def log_tail(log: Path, lines: int = 5) -> str:
    """The last lines of a log, shortened; empty when there is none."""
    try:
        text = log.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    tail = [_line(line) for line in text.splitlines()[-lines:]]
    return " | ".join(tail)


def _line(line: str) -> str:
    """What a line says: of the server's own, which are JSON, the message and the error."""
    try:
        said = json.loads(line)
        line = ": ".join(filter(None, (said.get("msg") or said.get("event"), said.get("error"))))
    except (ValueError, AttributeError, TypeError):
        pass
    return re.sub(r"\s+", " ", line)[:400]
