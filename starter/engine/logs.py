"""Log files of our children: one per start, the one before kept beside it."""

from pathlib import Path


def turn(log: Path) -> Path:
    """Put the log of the last start aside as `NAME.1` (replacing an older one); a new `log`."""
    if log.exists():
        log.replace(log.with_name(f"{log.name}.1"))
    log.touch(mode=0o600)
    return log
