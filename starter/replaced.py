"""Whether the program was replaced under what runs: an update, or another state of a checkout."""

from datetime import UTC, datetime
from pathlib import Path

from starter.engine.record import find_running

ROOT = Path(__file__).parents[1]
ROOMS = (
    *("activities", "cli", "domain", "law", "office", "papers", "register", "starter"),
    *("texts", "workflows", "worker.py"),
)


def replaced(data: Path) -> bool:
    """Whether a file of the program is newer than the start of what runs on the data folder: its
    worker then speaks as the program did before."""
    running = find_running(data)
    return running is not None and newest() > running.started.astimezone(UTC)


def newest() -> datetime:
    """When a file of the program was last written."""
    written = max(
        file.stat().st_mtime
        for room in ROOMS
        for file in (ROOT / room, *(ROOT / room).rglob("*"))
        if file.suffix in (".py", ".toml")
    )
    return datetime.fromtimestamp(written, UTC)
